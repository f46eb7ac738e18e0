"""Cleaners: a value in, a value or None out."""
