"""Pictures and pages made from the graph."""
