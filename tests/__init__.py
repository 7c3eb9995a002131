"""All tests of feedsvc."""
