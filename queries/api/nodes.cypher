// Nodes by label and id, whatever their labels.
// param   ids: list[str]
// param   kinds: list[str]      labels; an id that two of them share gives two rows
// returns label_of: str, key: str, node: map   one row per node
// order   label_of, key
// engines bolt, embedded
// example {"ids": ["TUR", "cat"], "kinds": ["State", "Instrument"]}
UNWIND $ids AS wanted
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset {id: wanted})
WHERE labels(n)[0] IN $kinds
RETURN labels(n)[0] AS label_of, n.id AS key,
       n {.id, .name, .kind, .since, .until, .note, .binds, .adopted, .in_force, .entry_clause,
       .withdrawal_clause, .instrument, .article, .definition, .qualification, .group, .binding,
       .region, .confidence, .publisher, .url, .licence, .sha256, .date, .as_of, .statements} AS node
ORDER BY label_of, key
