"""Forms that show a draft's projects in another layout than the text it is edited in."""
