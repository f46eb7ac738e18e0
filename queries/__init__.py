"""Named graph queries, one Cypher file each; this file makes the folder ship in the wheel."""
