// The neighbours of a node, a page at a time: each edge with its direction, its dates, its statement and its source.
// param   label: str    label of the node
// param   id: str       its id
// param   day: date?    only what held on that day; absent: everything, with its dates
// param   known: date?  as known on that day; absent: as known now
// param   relation: str?  only this type of edge; absent: all
// param   after: str    the `id` of the last row of the page before; "" for the first page
// param   first: int    rows of the page
// returns id: str, relation: str, outgoing: bool, other_label: str, other: str, other_name: str, since: str?
// returns until: str?, kind: str?, confidence: str?, statement: str?, source: str?, authority: str?, file: str?  one row an edge
// order   id
// engines bolt, embedded
// example {"label": "Forum", "id": "sadc-tribunal", "after": "", "first": 5}
CALL () {
  MATCH (n:State {id: $id}) WHERE $label = 'State' RETURN n
  UNION ALL
  MATCH (n:Organisation {id: $id}) WHERE $label = 'Organisation' RETURN n
  UNION ALL
  MATCH (n:Instrument {id: $id}) WHERE $label = 'Instrument' RETURN n
  UNION ALL
  MATCH (n:Provision {id: $id}) WHERE $label = 'Provision' RETURN n
  UNION ALL
  MATCH (n:Right {id: $id}) WHERE $label = 'Right' RETURN n
  UNION ALL
  MATCH (n:Tactic {id: $id}) WHERE $label = 'Tactic' RETURN n
  UNION ALL
  MATCH (n:Body {id: $id}) WHERE $label = 'Body' RETURN n
  UNION ALL
  MATCH (n:Forum {id: $id}) WHERE $label = 'Forum' RETURN n
  UNION ALL
  MATCH (n:Source {id: $id}) WHERE $label = 'Source' RETURN n
  UNION ALL
  MATCH (n:Dataset {id: $id}) WHERE $label = 'Dataset' RETURN n
  UNION ALL
  MATCH (n:Statement {id: $id}) WHERE $label = 'Statement' RETURN n
}
MATCH (n)-[e]-()
WHERE e.id > $after
  AND ($relation IS NULL OR type(e) = $relation)
  AND ($day IS NULL OR (e.since_lo <= $day AND e.until_hi > $day))
  AND ($known IS NULL OR e.recorded_on <= $known)
  AND e.closed_on > coalesce($known, date('9999-12-30'))
WITH n, e, e.id AS id
ORDER BY id
LIMIT $first
WITH id, e, elementId(startNode(e)) = elementId(n) AS outgoing
WITH id, e, outgoing, CASE WHEN outgoing THEN endNode(e) ELSE startNode(e) END AS o
RETURN id, type(e) AS relation, outgoing, labels(o)[0] AS other_label, o.id AS other, o.name AS other_name,
       e.since AS since, e.until AS until, e.kind AS kind, e.confidence AS confidence, e.statement AS statement,
       e.source AS source, e.authority AS authority, e.file AS file
ORDER BY id
