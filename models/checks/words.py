"""Rules on wording: typing errors, doubled words, punctuation, spaces."""
