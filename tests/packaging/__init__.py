"""What the packages install, tried on systems of their own."""
