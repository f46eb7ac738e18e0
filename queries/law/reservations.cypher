// Reservations and declarations to an instrument or clause, and who opted out of it.
// param   instrument: str  id of an instrument or clause
// param   day: date?    only those that stood on that day; absent: all
// param   known: date?  as known on that day; absent: as known now
// returns state: str, name: str, relation: str, kind: str?, excludes: str?, detail: str?, since: str?, since_lo: date
// returns until: str?, confidence: str, note: str?, statement: str, source: str, id: str
// order   state, since_lo, relation, id
// engines bolt, embedded
// example {"instrument": "iccpr-op1"}
MATCH (s:State)-[a:RESERVES|OPTS_OUT]->(:Instrument {id: $instrument})
WHERE ($day IS NULL OR (a.since_lo <= $day AND a.until_hi > $day))
  AND ($known IS NULL OR a.recorded_on <= $known)
  AND a.closed_on > coalesce($known, date('9999-12-30'))
RETURN s.id AS state, s.name AS name, type(a) AS relation, a.kind AS kind, a.excludes AS excludes,
       a.detail AS detail, a.since AS since, a.since_lo AS since_lo, a.until AS until, a.confidence AS confidence,
       a.note AS note, a.statement AS statement, a.source AS source, a.id AS id
ORDER BY state, since_lo, relation, id
