"""Where rows of the indicator table come from besides typing."""
