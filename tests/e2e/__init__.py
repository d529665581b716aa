"""The program as its user meets it: a real window on a virtual display, by keyboard alone."""
