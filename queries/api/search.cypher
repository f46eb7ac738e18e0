// Nodes whose name, or one of whose other names, has a word that begins with a text.
// param   text: str             lower case, one blank between words
// param   kinds: list[str]      labels
// returns label_of: str, key: str, rank: int, node: map, search: str   rank 0 the whole name, 1 its beginning, 2 a word
// order   rank, label_of, key
// engines bolt, embedded
// example {"text": "turk", "kinds": ["State"]}
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset)
WHERE labels(n)[0] IN $kinds
  AND (n.search STARTS WITH $text OR n.search CONTAINS ' ' + $text OR toLower(n.id) STARTS WITH $text)
RETURN labels(n)[0] AS label_of, n.id AS key,
       CASE WHEN toLower(n.name) = $text OR toLower(n.id) = $text THEN 0
            WHEN toLower(n.name) STARTS WITH $text THEN 1 ELSE 2 END AS rank,
       n {.id, .name, .kind, .since, .until, .note, .binds, .adopted, .in_force, .entry_clause,
       .withdrawal_clause, .instrument, .article, .definition, .qualification, .group, .binding,
       .region, .confidence, .publisher, .url, .licence, .sha256, .date, .as_of, .statements} AS node,
       n.search AS search
ORDER BY rank, label_of, key
