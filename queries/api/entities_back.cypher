// A page of the nodes of one label, counted from the end.
// param   kind: str             a label
// param   ids: list[str]?       only these; null for all
// param   by: str               key or label: what the rows are sorted by
// param   alive: str?           only what existed on this day, YYYY-MM-DD
// param   after: str            sort value of the row before the first one
// param   after_key: str        and its id
// param   before: str?          sort value of the row behind the last one; null for no end
// param   before_key: str       and its id
// param   most: int             rows at most
// returns label_of: str, sort: str, tie: str, node: map   one row per node
// order   sort DESC, tie DESC
// engines bolt, embedded
// example {"kind": "Forum", "ids": null, "by": "key", "alive": null, "after": "", "after_key": "", "before": null, "before_key": "", "most": 3}
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset)
WHERE labels(n)[0] = $kind AND ($ids IS NULL OR n.id IN $ids)
  AND ($alive IS NULL OR ((n.since IS NULL OR n.since <= $alive) AND (n.until IS NULL OR n.until > $alive
       OR (size(n.until) < 10 AND $alive STARTS WITH n.until))))
WITH n, CASE WHEN $by = 'label' THEN toLower(n.name) ELSE n.id END AS sort
WHERE (sort > $after OR (sort = $after AND n.id > $after_key))
  AND ($before IS NULL OR sort < $before OR (sort = $before AND n.id < $before_key))
WITH n, sort
ORDER BY sort DESC, n.id DESC
LIMIT $most
RETURN labels(n)[0] AS label_of, sort, n.id AS tie,
       n {.id, .name, .kind, .since, .until, .note, .binds, .adopted, .in_force, .entry_clause,
       .withdrawal_clause, .instrument, .article, .definition, .qualification, .group, .binding,
       .region, .confidence, .publisher, .url, .licence, .sha256, .date, .as_of, .statements} AS node
ORDER BY sort DESC, tie DESC
