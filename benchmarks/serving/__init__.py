"""How fast feeds are handed out, how soon an article is in them, and what many of them take of memory."""
