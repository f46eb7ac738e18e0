// How many links each of some nodes has.
// param   ids: list[str]
// param   kinds: list[str]      labels of these nodes
// param   types: list[str]?     relations; null for all
// param   direction: str        out, in or both, seen from these nodes
// param   far: list[str]?       labels of the other ends
// param   far_ids: list[str]?   ids of the other ends
// param   day: date?            only what may hold on this day
// param   known: date           only what was known by this day; 9999-12-30 for all that stands
// returns near_label: str, near: str, total: int   one row per node
// order   near_label, near
// engines bolt, embedded
// example {"ids": ["TUR"], "kinds": ["State"], "types": ["ACCEPTS"], "direction": "out", "far": null, "far_ids": null, "day": null, "known": "9999-12-30"}
UNWIND $ids AS wanted
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset {id: wanted})
WHERE labels(n)[0] IN $kinds
CALL (n) {
  MATCH (n)-[r:SIGNED|PARTY_TO|ACCEPTS|RESERVES|SUCCEEDS|MEMBER_OF|PART_OF|GUARANTEES
         |ESTABLISHES|SUPERVISES|RUNS|APPLIES|CLOSES|ENGAGES|OWES|OPTS_OUT|NOT_PARTY|SUSPENDED|NEEDS]-(m)
  WHERE ($types IS NULL OR type(r) IN $types)
    AND ($direction = 'both' OR ($direction = 'out' AND startNode(r) = n) OR ($direction = 'in' AND endNode(r) = n))
    AND ($far IS NULL OR labels(m)[0] IN $far)
    AND ($far_ids IS NULL OR m.id IN $far_ids)
    AND ($day IS NULL OR (r.since_lo <= $day AND r.until_hi > $day))
    AND r.recorded_on <= $known AND r.closed_on > $known
  RETURN count(r) AS total
}
RETURN labels(n)[0] AS near_label, n.id AS near, total
ORDER BY near_label, near
