// How many edges of each type a node has, in each direction: what a page of `neighbours` is a part of.
// param   label: str    label of the node
// param   id: str       its id
// param   day: date?    only what held on that day; absent: everything
// param   known: date?  as known on that day; absent: as known now
// returns relation: str, outgoing: bool, other_label: str, count: int  one row a type, direction and label
// order   relation, outgoing, other_label
// engines bolt, embedded
// example {"label": "Forum", "id": "sadc-tribunal"}
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
MATCH (n)-[e]-(o)
WHERE ($day IS NULL OR (e.since_lo <= $day AND e.until_hi > $day))
  AND ($known IS NULL OR e.recorded_on <= $known)
  AND e.closed_on > coalesce($known, date('9999-12-30'))
WITH type(e) AS relation, elementId(startNode(e)) = elementId(n) AS outgoing, labels(o)[0] AS other_label, e
RETURN relation, outgoing, other_label, count(e) AS count
ORDER BY relation, outgoing, other_label
