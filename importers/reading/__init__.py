"""Reads forms and lists that nobody announced, by their words: other places' tables, bureaus' lists, in Word, Excel and text alike."""
