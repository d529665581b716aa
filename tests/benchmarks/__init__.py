"""Speed, as medians of several runs and as ratios to floors measured in the same run: `make bench`."""
