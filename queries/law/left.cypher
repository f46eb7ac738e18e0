// Who left what, and when: bonds that ended between two days, both included.
// param   begin: date   the first day of leaving
// param   finish: date  the last
// param   known: date?  as known on that day; absent: as known now
// returns left_on: date, until: str, state: str, name: str, relation: str, thing: str, thing_name: str  one row a bond
// returns since: str?, confidence: str, statement: str, source: str, id: str
// order   left_on, state, thing, id
// engines bolt, embedded
// example {"begin": "2016-01-01", "finish": "2019-12-31"}
MATCH (s:State)-[a:PARTY_TO|ACCEPTS|MEMBER_OF]->(x:Instrument|Organisation)
WHERE a.until_lo >= $begin AND a.until_lo <= $finish
  AND ($known IS NULL OR a.recorded_on <= $known)
  AND a.closed_on > coalesce($known, date('9999-12-30'))
RETURN a.until_lo AS left_on, a.until AS until, s.id AS state, s.name AS name, type(a) AS relation, x.id AS thing,
       x.name AS thing_name, a.since AS since, a.confidence AS confidence, a.statement AS statement,
       a.source AS source, a.id AS id
ORDER BY left_on, state, thing, id
