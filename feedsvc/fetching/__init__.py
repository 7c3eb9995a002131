"""The one door out: every byte that comes in comes through here, bounded in time and size."""
