// Which links of each of some nodes are on a page. What they say is read by `links_by_id`: a sort of
// bare keys is several times cheaper than one of whole links.
// param   ids: list[str]
// param   kinds: list[str]      labels of these nodes
// param   types: list[str]?     relations; null for all
// param   direction: str        out, in or both, seen from these nodes
// param   far: list[str]?       labels of the other ends
// param   far_ids: list[str]?   ids of the other ends
// param   day: date?            only what may hold on this day
// param   known: date           only what was known by this day; 9999-12-30 for all that stands
// param   order: str            date, date-desc or reported-by-desc
// param   after: int            sort value of the row before the first one
// param   after_key: str        and its key, relation:id
// param   before: int           sort value of the row behind the last one
// param   before_key: str       and its key
// param   most: int             rows of each node at most
// returns near_label: str, near: str, sort: int, tie: str   one row per link and node; tie is relation:id
// order   near_label, near, sort, tie
// engines bolt, embedded
// example {"ids": ["TUR"], "kinds": ["State"], "types": ["ACCEPTS"], "direction": "out", "far": null, "far_ids": null, "day": null, "known": "9999-12-30", "order": "date", "after": -99999999, "after_key": "", "before": 999999999, "before_key": "", "most": 3}
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
  WITH CASE $order
      WHEN 'date' THEN CASE WHEN r.since IS NULL THEN 99999999
                            ELSE r.since_lo.year * 10000 + r.since_lo.month * 100 + r.since_lo.day END
      WHEN 'date-desc' THEN CASE WHEN r.since IS NULL THEN 0
                            ELSE 0 - r.since_lo.year * 10000 - r.since_lo.month * 100 - r.since_lo.day END
      ELSE CASE WHEN r.source IS NULL THEN 0 ELSE -1 END END AS sort,
       type(r) + ':' + r.id AS tie
  WHERE (sort > $after OR (sort = $after AND tie > $after_key))
    AND (sort < $before OR (sort = $before AND tie < $before_key))
  RETURN sort, tie
  ORDER BY sort, tie
  LIMIT $most
}
RETURN labels(n)[0] AS near_label, n.id AS near, sort, tie
ORDER BY near_label, near, sort, tie
