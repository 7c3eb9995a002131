"""Tests of the kind `syndication`."""
