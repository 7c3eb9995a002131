"""The web, asked through Flask's own client over fakes."""
