"""Languages and the matcher."""
