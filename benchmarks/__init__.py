"""What feedsvc costs, measured against the plain way of doing the same, as ratios within one run."""
