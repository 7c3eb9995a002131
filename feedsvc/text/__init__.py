"""Languages as modules and data, and finding many phrases in one pass over a text."""
