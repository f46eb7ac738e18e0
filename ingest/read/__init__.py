"""Bytes to rows that know where they came from."""
