"""The ways in: the command line, and later REST and GraphQL."""
