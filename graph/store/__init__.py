"""The graph: an index of the ledger that can be thrown away, on an engine in the process or on a server."""
