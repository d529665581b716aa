"""The official text as a tree of values: fields, addresses, numbers, codes, and the form as data."""
