"""Indicators to choose from: the library, the search in it, recommendations, and the values of other years."""
