// One node of any label, with what can be shown of it.
// param   label: str    label of the node
// param   id: str       its id
// returns label: str, id: str, name: str, kind: str?, since: str?, until: str?, about: str?, note: str?
// returns confidence: str?  one row, or none
// order   label, id
// engines bolt, embedded
// example {"label": "Instrument", "id": "cat-art22"}
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
RETURN labels(n)[0] AS label, n.id AS id, n.name AS name, n.kind AS kind, n.since AS since, n.until AS until,
       n.definition AS about, n.note AS note, n.confidence AS confidence
ORDER BY label, id
