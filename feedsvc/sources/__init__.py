"""The kinds of sources, one module or folder a kind: they know bytes and structure, and no language."""
