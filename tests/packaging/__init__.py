"""Tests of what builds and installs the program."""
