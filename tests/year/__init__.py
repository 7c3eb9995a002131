"""A year of many sources, with time passed in: what polling costs, how fresh it is, and how deaths are found."""
