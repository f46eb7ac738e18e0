"""Pages that work without scripts: rows in, HTML out."""
