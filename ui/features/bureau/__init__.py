"""The bureau's online system."""
