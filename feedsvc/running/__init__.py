"""The processes of feedsvc: the supervisor of `feedsvc run`, the web server, and how each of them ends."""
