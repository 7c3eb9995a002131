"""How the store fares as it grows: with a million articles, and by articles, sources and feeds."""
