// What bound a state on a day: instruments, clauses and organisations; procedures are in `accepted_forums`.
// param   state: str    ISO 3166-1 alpha-3
// param   day: date     the day that is asked about
// param   known: date?  as known on that day; absent: as known now
// returns relation: str, thing: str, name: str, kind: str?, since: str?, since_lo: date, until: str?  one row a bond
// returns sure: bool, confidence: str, statement: str, source: str, authority: str?, id: str
// order   relation, thing, since_lo, id
// engines bolt, embedded
// example {"state": "TUR", "day": "1953-01-01"}
MATCH (:State {id: $state})-[a:PARTY_TO|ACCEPTS|MEMBER_OF]->(x:Instrument|Organisation)
WHERE a.since_lo <= $day AND a.until_hi > $day
  AND ($known IS NULL OR a.recorded_on <= $known)
  AND a.closed_on > coalesce($known, date('9999-12-30'))
RETURN type(a) AS relation, x.id AS thing, x.name AS name, a.kind AS kind, a.since AS since, a.since_lo AS since_lo,
       a.until AS until, a.since_hi <= $day AND a.until_lo > $day AS sure, a.confidence AS confidence,
       a.statement AS statement, a.source AS source, a.authority AS authority, a.id AS id
ORDER BY relation, thing, since_lo, id
