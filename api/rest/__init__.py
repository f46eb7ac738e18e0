"""The ways in over HTTP, but for GraphQL."""
