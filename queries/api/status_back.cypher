// Which periods of treaty status are on a page, counted from the end: who is bound by what, who has accepted which forum.
// param   states: list[str]?
// param   kind: str?            party or accepts
// param   things: list[str]?    instruments, acceptances and organisations
// param   forums: list[str]?
// param   day: date?            only what may hold on this day
// param   known: date           only what was known by this day; 9999-12-30 for all that stands
// param   order: str            date, date-desc or reported-by-desc
// param   after: int            sort value of the row before the first one
// param   after_key: str        and its key, relation:id
// param   before: int           sort value of the row behind the last one
// param   before_key: str       and its key
// param   most: int             rows at most
// returns near_label: str, near: str, sort: int, tie: str   one row per period; what it says is read by `links_by_id`
// order   sort DESC, tie DESC
// engines bolt, embedded
// example {"states": ["TUR"], "kind": "accepts", "things": null, "forums": null, "day": null, "known": "9999-12-30", "order": "date", "after": -99999999, "after_key": "", "before": 999999999, "before_key": "", "most": 3}
MATCH (s:State)-[r:PARTY_TO|ACCEPTS|MEMBER_OF]->(m:Instrument|Forum|Organisation)
WHERE ($states IS NULL OR s.id IN $states)
    AND ($kind IS NULL OR ($kind = 'accepts' AND labels(m)[0] = 'Forum') OR ($kind = 'party' AND labels(m)[0] <> 'Forum'))
    AND ($things IS NULL OR (labels(m)[0] <> 'Forum' AND m.id IN $things))
    AND ($forums IS NULL OR (labels(m)[0] = 'Forum' AND m.id IN $forums))
    AND ($day IS NULL OR (r.since_lo <= $day AND r.until_hi > $day))
    AND r.recorded_on <= $known AND r.closed_on > $known
WITH s.id AS near, CASE $order
      WHEN 'date' THEN CASE WHEN r.since IS NULL THEN 99999999
                            ELSE r.since_lo.year * 10000 + r.since_lo.month * 100 + r.since_lo.day END
      WHEN 'date-desc' THEN CASE WHEN r.since IS NULL THEN 0
                            ELSE 0 - r.since_lo.year * 10000 - r.since_lo.month * 100 - r.since_lo.day END
      ELSE CASE WHEN r.source IS NULL THEN 0 ELSE -1 END END AS sort,
     type(r) + ':' + r.id AS tie
WHERE (sort > $after OR (sort = $after AND tie > $after_key))
  AND (sort < $before OR (sort = $before AND tie < $before_key))
RETURN 'State' AS near_label, near, sort, tie
ORDER BY sort DESC, tie DESC
LIMIT $most
