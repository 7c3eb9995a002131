"""Markup that acts, written into every part of an entry: what of it reaches those who read what is published."""
