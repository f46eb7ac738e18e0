// Nodes whose names hold every word of a text, whole; names that begin with it come first, then short ones.
// param   text: str     words in lower case with one blank between, as graph/store/words.py gives them
// param   label: str?   only nodes of this label; absent: all but statements
// param   first: int    rows at most
// returns label: str, id: str, name: str, begins: bool, length: int
// order   begins DESC, length, label, id
// engines bolt, embedded
// example {"text": "human rights committee", "first": 5}
CALL () {
  CALL db.index.fulltext.queryNodes('state_search', $text) YIELD node RETURN 'State' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('organisation_search', $text) YIELD node RETURN 'Organisation' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('instrument_search', $text) YIELD node RETURN 'Instrument' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('provision_search', $text) YIELD node RETURN 'Provision' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('right_search', $text) YIELD node RETURN 'Right' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('tactic_search', $text) YIELD node RETURN 'Tactic' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('body_search', $text) YIELD node RETURN 'Body' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('forum_search', $text) YIELD node RETURN 'Forum' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('source_search', $text) YIELD node RETURN 'Source' AS label, node
  UNION ALL
  CALL db.index.fulltext.queryNodes('dataset_search', $text) YIELD node RETURN 'Dataset' AS label, node
}
WITH DISTINCT label, node
WHERE ($label IS NULL OR label = $label)
  AND all(word IN split($text, ' ') WHERE (' ' + node.search + ' ') CONTAINS (' ' + word + ' '))
RETURN label, node.id AS id, node.name AS name, node.search STARTS WITH $text AS begins, size(node.name) AS length
ORDER BY begins DESC, length, label, id
LIMIT $first
