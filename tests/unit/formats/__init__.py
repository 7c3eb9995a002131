"""The formats: golden documents, each cure by name, and whatever a feed may hold."""
