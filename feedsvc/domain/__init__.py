"""The values that travel between the stages: frozen, typed, timezone-aware UTC, importing nothing of ours."""
