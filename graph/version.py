"""The version of the program, as answers echo it."""

VERSION = "0.1.0"
