// How many rows of treaty status there are.
// param   states: list[str]?
// param   kind: str?            party or accepts
// param   things: list[str]?    instruments, acceptances and organisations
// param   forums: list[str]?
// param   day: date?            only what may hold on this day
// param   known: date           only what was known by this day; 9999-12-30 for all that stands
// returns total: int            one row
// engines bolt, embedded
// example {"states": ["TUR"], "kind": "accepts", "things": null, "forums": null, "day": null, "known": "9999-12-30"}
MATCH (s:State)-[r:PARTY_TO|ACCEPTS|MEMBER_OF]->(m:Instrument|Forum|Organisation)
WHERE ($states IS NULL OR s.id IN $states)
    AND ($kind IS NULL OR ($kind = 'accepts' AND labels(m)[0] = 'Forum') OR ($kind = 'party' AND labels(m)[0] <> 'Forum'))
    AND ($things IS NULL OR (labels(m)[0] <> 'Forum' AND m.id IN $things))
    AND ($forums IS NULL OR (labels(m)[0] = 'Forum' AND m.id IN $forums))
    AND ($day IS NULL OR (r.since_lo <= $day AND r.until_hi > $day))
    AND r.recorded_on <= $known AND r.closed_on > $known
RETURN count(r) AS total
