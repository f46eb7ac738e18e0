"""One file for each picture: rows in, nodes and lines out."""
