"""Rules on goals: the overall one, sub-goals, projects."""
