// The sources that speak of each of some nodes: those of its links.
// param   ids: list[str]
// param   kinds: list[str]      labels of these nodes
// param   day: date?            only what may hold on this day
// param   known: date           only what was known by this day; 9999-12-30 for all that stands
// returns near_label: str, near: str, key: str, node: map   one row per node and source
// order   near_label, near, key
// engines bolt, embedded
// example {"ids": ["TUR"], "kinds": ["State"], "day": null, "known": "9999-12-30"}
UNWIND $ids AS wanted
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset {id: wanted})
      -[r:SIGNED|PARTY_TO|ACCEPTS|RESERVES|SUCCEEDS|MEMBER_OF|PART_OF|GUARANTEES
         |ESTABLISHES|SUPERVISES|RUNS|APPLIES|CLOSES|ENGAGES|OWES|OPTS_OUT|NOT_PARTY|SUSPENDED|NEEDS]
      -(m)
WHERE labels(n)[0] IN $kinds AND r.source IS NOT NULL
    AND ($day IS NULL OR (r.since_lo <= $day AND r.until_hi > $day))
    AND r.recorded_on <= $known AND r.closed_on > $known
WITH DISTINCT labels(n)[0] AS near_label, n.id AS near, r.source AS source
MATCH (s:Source {id: source})
RETURN near_label, near, s.id AS key,
       s {.id, .name, .kind, .since, .until, .note, .binds, .adopted, .in_force, .entry_clause,
       .withdrawal_clause, .instrument, .article, .definition, .qualification, .group, .binding,
       .region, .confidence, .publisher, .url, .licence, .sha256, .date, .as_of, .statements} AS node
ORDER BY near_label, near, key
