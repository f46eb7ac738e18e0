// The ids that some ids lead to over some relations: what a filter lets through.
// param   types: list[str]      relations
// param   kinds: list[str]      labels of the ends that are named
// param   ids: list[str]        the ends that are named
// param   far: str              label of the ends that are looked for
// param   day: date?            only what may hold on this day
// param   known: date           only what was known by this day; 9999-12-30 for all that stands
// returns key: str              one row per id
// order   key
// engines bolt, embedded
// example {"types": ["ACCEPTS"], "kinds": ["State"], "ids": ["TUR"], "far": "Forum", "day": null, "known": "9999-12-30"}
UNWIND $ids AS wanted
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset {id: wanted})
      -[r:SIGNED|PARTY_TO|ACCEPTS|RESERVES|SUCCEEDS|MEMBER_OF|PART_OF|GUARANTEES
         |ESTABLISHES|SUPERVISES|RUNS|APPLIES|CLOSES|ENGAGES|OWES|OPTS_OUT|NOT_PARTY|SUSPENDED|NEEDS]
      -(m)
WHERE labels(n)[0] IN $kinds AND type(r) IN $types AND labels(m)[0] = $far
    AND ($day IS NULL OR (r.since_lo <= $day AND r.until_hi > $day))
    AND r.recorded_on <= $known AND r.closed_on > $known
RETURN DISTINCT m.id AS key
ORDER BY key
