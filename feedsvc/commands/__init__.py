"""What the commands print, one module a command that has something to show."""
