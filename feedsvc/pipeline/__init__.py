"""From record to article to feed: decisions, pure and apart from doing.

normalise (dating, figures) ─► classify (topics, regions, placing) ─► ingest stores a pass ─► assemble makes a feed
"""
