"""Files written, and pages printed."""
