"""The GraphQL interface: a schema declared with Strawberry and executed level by level."""
