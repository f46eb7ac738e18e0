// What a state owed on a day: each duty with the article that asks for it and what binds the state.
// param   state: str    ISO 3166-1 alpha-3
// param   day: date     the day that is asked about
// param   duty: str?    guarantee, criminalise, investigate, extradite-or-try, cooperate or report; absent: all
// param   known: date?  as known on that day; absent: as known now
// returns duty: str, provision: str, name: str, about: str, body: str?, due: str?, every_months: int?  one row a duty
// returns reserved: bool, reservation: str?, since: str?, until: str?, sure: bool, confidence: str
// returns statement: str, source: str, id: str
// order   duty, provision, id
// engines bolt, embedded
// example {"state": "SSD", "day": "2024-01-01", "duty": "report"}
MATCH (:State {id: $state})-[a:OWES]->(p:Provision)
WHERE a.since_lo <= $day AND a.until_hi > $day
  AND ($duty IS NULL OR a.duty = $duty)
  AND ($known IS NULL OR a.recorded_on <= $known)
  AND a.closed_on > coalesce($known, date('9999-12-30'))
RETURN a.duty AS duty, p.id AS provision, p.name AS name, a.about AS about, a.body AS body, a.due AS due,
       a.every_months AS every_months, a.reserved AS reserved, a.reservation AS reservation, a.since AS since,
       a.until AS until, a.since_hi <= $day AND a.until_lo > $day AS sure, a.confidence AS confidence,
       a.statement AS statement, a.source AS source, a.id AS id
ORDER BY duty, provision, id
