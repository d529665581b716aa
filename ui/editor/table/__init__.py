"""Tables of the window: models that show values, views that edit them."""
