// One step from some nodes of a label over the edges of the law: what a search for ways is made of.
// param   label: str    label of the nodes
// param   ids: list[str]  their ids
// param   day: date?    only over what held on that day; absent: at any time
// param   known: date?  as known on that day; absent: as known now
// returns at_label: str, at: str, at_name: str, relation: str, forward: bool, to_label: str, to: str, to_name: str
// returns since: str?, until: str?, closed_on: date, confidence: str?, statement: str?, source: str?
// returns authority: str?, file: str?, id: str  one row an edge and end
// order   at, id, forward
// engines bolt, embedded
// example {"label": "Body", "ids": ["spt", "grevio"]}
CALL () {
  MATCH (n:State) WHERE $label = 'State' AND n.id IN $ids RETURN n
  UNION ALL
  MATCH (n:Organisation) WHERE $label = 'Organisation' AND n.id IN $ids RETURN n
  UNION ALL
  MATCH (n:Instrument) WHERE $label = 'Instrument' AND n.id IN $ids RETURN n
  UNION ALL
  MATCH (n:Provision) WHERE $label = 'Provision' AND n.id IN $ids RETURN n
  UNION ALL
  MATCH (n:Right) WHERE $label = 'Right' AND n.id IN $ids RETURN n
  UNION ALL
  MATCH (n:Tactic) WHERE $label = 'Tactic' AND n.id IN $ids RETURN n
  UNION ALL
  MATCH (n:Body) WHERE $label = 'Body' AND n.id IN $ids RETURN n
  UNION ALL
  MATCH (n:Forum) WHERE $label = 'Forum' AND n.id IN $ids RETURN n
}
MATCH (n)-[e:PARTY_TO|ACCEPTS|MEMBER_OF|SIGNED|RESERVES|SUCCEEDS|PART_OF|GUARANTEES|ESTABLISHES|SUPERVISES|RUNS|APPLIES|NEEDS|CLOSES|ENGAGES]-(o)
WHERE ($day IS NULL OR (e.since_lo <= $day AND e.until_hi > $day))
  AND ($known IS NULL OR e.recorded_on <= $known)
  AND e.closed_on > coalesce($known, date('9999-12-30'))
RETURN labels(n)[0] AS at_label, n.id AS at, n.name AS at_name, type(e) AS relation,
       elementId(startNode(e)) = elementId(n) AS forward, labels(o)[0] AS to_label, o.id AS to, o.name AS to_name,
       e.since AS since, e.until AS until, e.closed_on AS closed_on, e.confidence AS confidence,
       e.statement AS statement, e.source AS source, e.authority AS authority, e.file AS file, e.id AS id
ORDER BY at, id, forward
