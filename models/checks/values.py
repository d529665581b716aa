"""Rules on indicator values and their basis, and on the same value told in two places."""
