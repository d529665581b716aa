"""From one year to the next, and two years compared."""
