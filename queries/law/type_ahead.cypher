// Nodes with a word that begins with what was typed, a few of each kind; names that begin so come first.
// param   prefix: str   words in lower case with one blank between, as graph/store/words.py gives them
// param   first: int    rows of each label
// returns label: str, id: str, name: str, begins: bool
// order   label, begins DESC, id
// engines bolt, embedded
// example {"prefix": "tortu", "first": 2}
CALL () {
  MATCH (n:State) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'State' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Organisation) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Organisation' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Instrument) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Instrument' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Provision) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Provision' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Right) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Right' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Tactic) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Tactic' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Body) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Body' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Forum) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Forum' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Source) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Source' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
  UNION ALL
  MATCH (n:Dataset) WHERE n.search STARTS WITH $prefix OR n.search CONTAINS ' ' + $prefix
  RETURN 'Dataset' AS label, n.id AS id, n.name AS name, n.search STARTS WITH $prefix AS begins
  ORDER BY begins DESC, id LIMIT $first
}
RETURN label, id, name, begins
ORDER BY label, begins DESC, id
