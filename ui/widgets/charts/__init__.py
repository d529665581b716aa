"""Charts the program paints itself, each with a name, its content in words, and keys that go from part to part."""
