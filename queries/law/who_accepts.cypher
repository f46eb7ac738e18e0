// States that had accepted the procedure of a forum, or were bound by an instrument, on a day.
// param   thing: str    id of a forum, an instrument, a clause or an organisation
// param   day: date     the day that is asked about
// param   known: date?  as known on that day; absent: as known now
// returns state: str, name: str, relation: str, since: str?, since_lo: date, until: str?, sure: bool  one row a bond
// returns confidence: str, statement: str, source: str, id: str
// order   state, since_lo, id
// engines bolt, embedded
// example {"thing": "un-cerd-individual", "day": "1984-01-01"}
MATCH (s:State)-[a:PARTY_TO|ACCEPTS|MEMBER_OF]->(x:Forum|Instrument|Organisation {id: $thing})
WHERE a.since_lo <= $day AND a.until_hi > $day
  AND ($known IS NULL OR a.recorded_on <= $known)
  AND a.closed_on > coalesce($known, date('9999-12-30'))
RETURN s.id AS state, s.name AS name, type(a) AS relation, a.since AS since, a.since_lo AS since_lo,
       a.until AS until, a.since_hi <= $day AND a.until_lo > $day AS sure, a.confidence AS confidence,
       a.statement AS statement, a.source AS source, a.id AS id
ORDER BY state, since_lo, id
