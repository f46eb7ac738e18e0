// From a statement to the record that it stands in: the source, the file's hash, the row, and what it says.
// param   statement: str  id of a statement, as every edge carries it
// returns statement: str, name: str, subject: str, relation: str, object: str, kind: str?, since: str?, until: str?
// returns deposited: str?, confidence: str?, note: str?, record: str?, seen: str?, snapshot: str?, recorded: str?
// returns closed_on: date, overruled: bool, dataset: str?, source: str, title: str, publisher: str?, url: str?
// returns licence: str?  one row, or none
// order   statement
// engines bolt, embedded
// example {"statement": "st-0009ac05949501de"}
MATCH (t:Statement {id: $statement})-[:STATED_BY]->(s:Source)
RETURN t.id AS statement, t.name AS name, t.subject AS subject, t.relation AS relation, t.object AS object,
       t.kind AS kind, t.since AS since, t.until AS until, t.deposited AS deposited, t.confidence AS confidence,
       t.note AS note, t.record AS record, t.seen AS seen, t.snapshot AS snapshot, t.recorded AS recorded,
       t.closed_on AS closed_on, t.overruled AS overruled, t.dataset AS dataset, s.id AS source, s.name AS title,
       s.publisher AS publisher, s.url AS url, s.licence AS licence
ORDER BY statement
