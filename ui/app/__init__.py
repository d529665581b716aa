"""The program around its window: start, end, one instance, faults, the command line."""
