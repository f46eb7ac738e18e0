// For one state the single acceptances that would open a forum: all else that its procedure needs holds that day.
// param   state: str    ISO 3166-1 alpha-3
// param   day: date     the day that is asked about
// param   known: date?  as known on that day; absent: as known now
// returns thing: str, thing_name: str, thing_kind: str?, opted_out: bool, forum: str, forum_name: str  one row a forum
// order   thing, forum
// engines bolt, embedded
// example {"state": "USA", "day": "2024-01-01"}
MATCH (f:Forum)-[missing:NEEDS]->(x:Instrument|Organisation)
MATCH (f)-[other:NEEDS]->(y:Instrument|Organisation)<-[held:PARTY_TO|ACCEPTS|MEMBER_OF]-(s:State {id: $state})
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
RETURN DISTINCT x.id AS thing, x.name AS thing_name, x.kind AS thing_kind, out IS NOT NULL AS opted_out,
       f.id AS forum, f.name AS forum_name
ORDER BY thing, forum
