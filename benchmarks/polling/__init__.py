"""The benchmark of polling: how many fetches come through, what many sources cost in memory, and claims in turn."""
