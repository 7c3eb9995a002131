"""Whether the file stays bounded where articles are not kept for ever, and what is waited for meanwhile."""
