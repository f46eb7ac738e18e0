// States that lack one single thing for a forum's procedure: they hold all else that it needs on that day.
// A state that may be bound already, on a day or a row that is not certain, is left out.
// param   forum: str    id of a forum
// param   day: date     the day that is asked about
// param   known: date?  as known on that day; absent: as known now
// returns state: str, name: str, thing: str, thing_name: str, thing_kind: str?, opted_out: bool  by accepting what
// order   state, thing
// engines bolt, embedded
// example {"forum": "un-cat-individual", "day": "1988-01-01"}
MATCH (f:Forum {id: $forum})-[missing:NEEDS]->(x:Instrument|Organisation)
MATCH (f)-[other:NEEDS]->(y:Instrument|Organisation)<-[held:PARTY_TO|ACCEPTS|MEMBER_OF]-(s:State)
WHERE other.alternative = missing.alternative AND other.id <> missing.id
  AND held.since_lo <= $day AND held.until_hi > $day
  AND ($known IS NULL OR held.recorded_on <= $known)
  AND held.closed_on > coalesce($known, date('9999-12-30'))
  AND NOT EXISTS { MATCH (s)-[c:PARTY_TO|ACCEPTS|MEMBER_OF]->(x)
                   WHERE c.since_lo <= $day AND c.until_hi > $day
                     AND ($known IS NULL OR c.recorded_on <= $known)
                     AND c.closed_on > coalesce($known, date('9999-12-30')) }
  AND NOT EXISTS { MATCH (s)-[a:ACCEPTS]->(f)
                   WHERE a.since_lo <= $day AND a.until_hi > $day
                     AND ($known IS NULL OR a.recorded_on <= $known)
                     AND a.closed_on > coalesce($known, date('9999-12-30')) }
WITH f, s, x, missing, count(DISTINCT y.id) AS met
WHERE met + 1 = missing.needed
OPTIONAL MATCH (s)-[out:OPTS_OUT]->(x)
WHERE out.since_lo <= $day AND out.until_hi > $day AND ($known IS NULL OR out.recorded_on <= $known)
  AND out.closed_on > coalesce($known, date('9999-12-30'))
RETURN DISTINCT s.id AS state, s.name AS name, x.id AS thing, x.name AS thing_name, x.kind AS thing_kind,
       out IS NOT NULL AS opted_out
ORDER BY state, thing
