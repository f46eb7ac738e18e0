// Forums whose procedure a state had accepted on a day, oldest acceptance first.
// param   state: str    ISO 3166-1 alpha-3
// param   day: date     the day that is asked about
// param   known: date?  as known on that day; absent: as known now
// returns forum: str, name: str, since: str?, since_lo: date, until: str?, sure: bool  one row for each acceptance
// returns acceptance: str, confidence: str, statement: str, source: str, id: str
// order   since_lo, forum, id
// engines bolt, embedded
// example {"state": "MEX", "day": "2021-03-04"}
MATCH (:State {id: $state})-[a:ACCEPTS]->(f:Forum)
WHERE a.since_lo <= $day AND a.until_hi > $day
  AND ($known IS NULL OR a.recorded_on <= $known)
  AND a.closed_on > coalesce($known, date('9999-12-30'))
RETURN f.id AS forum, f.name AS name, a.since AS since, a.since_lo AS since_lo, a.until AS until,
       a.since_hi <= $day AND a.until_lo > $day AS sure, a.acceptance AS acceptance,
       a.confidence AS confidence, a.statement AS statement, a.source AS source, a.id AS id
ORDER BY since_lo, forum, id
