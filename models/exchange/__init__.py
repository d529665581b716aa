"""What goes to colleagues and other systems: packages, workbooks to fill in, the columns of a bureau."""
