"""Decisions: dating, parts, labels, passes, feeds."""
