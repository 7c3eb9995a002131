"""Hostile HTML made safe once, on the way in."""
