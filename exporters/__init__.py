"""Writers: `build` turns a document into blocks; each writer only draws blocks."""
