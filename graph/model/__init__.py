"""Frozen dataclasses of the domain: dates, cases, answers. Nothing here reads a file or a clock."""
