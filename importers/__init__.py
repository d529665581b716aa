"""Readers: each turns one kind of file into blocks; `recognise` turns blocks into a document."""
