"""What a reviewer would send the form back for, found before it is sent."""
