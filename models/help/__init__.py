"""What the program says of itself: help of fields and steps, the manual, versions, licences."""
