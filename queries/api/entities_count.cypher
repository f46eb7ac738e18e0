// How many nodes of one label there are.
// param   kind: str             a label
// param   ids: list[str]?       only these; null for all
// param   alive: str?           only what existed on this day, YYYY-MM-DD
// returns total: int            one row
// engines bolt, embedded
// example {"kind": "Forum", "ids": null, "alive": null}
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset)
WHERE labels(n)[0] = $kind AND ($ids IS NULL OR n.id IN $ids)
  AND ($alive IS NULL OR ((n.since IS NULL OR n.since <= $alive) AND (n.until IS NULL OR n.until > $alive
       OR (size(n.until) < 10 AND $alive STARTS WITH n.until))))
RETURN count(n) AS total
