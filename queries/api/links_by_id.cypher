// What some links say, seen from the nodes at one of their ends.
// param   ids: list[str]        ids of nodes
// param   kinds: list[str]      labels of these nodes
// param   wanted: list[str]     relation:id of each link
// param   day: date?            only what may hold on this day
// param   known: date           only what was known by this day; 9999-12-30 for all that stands
// returns near_label: str, near: str, relation: str, forth: bool, tie: str   one row per link and node
// returns id: str, since: str?, until: str?, kind: str?, confidence: str?, source: str?, authority: str?
// returns duty: str?, about: str?, body: str?, due: str?, reserved: bool?, other_label: str, other: str, other_name: str
// order   near_label, near, tie
// engines bolt, embedded
// example {"ids": ["TUR"], "kinds": ["State"], "wanted": ["ACCEPTS:accepts:TUR:ilo-cfa:0"], "day": null, "known": "9999-12-30"}
UNWIND $ids AS wanted_id
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset {id: wanted_id})
      -[r:SIGNED|PARTY_TO|ACCEPTS|RESERVES|SUCCEEDS|MEMBER_OF|PART_OF|GUARANTEES
         |ESTABLISHES|SUPERVISES|RUNS|APPLIES|CLOSES|ENGAGES|OWES|OPTS_OUT|NOT_PARTY|SUSPENDED|NEEDS]
      -(m)
WHERE labels(n)[0] IN $kinds AND type(r) + ':' + r.id IN $wanted
    AND ($day IS NULL OR (r.since_lo <= $day AND r.until_hi > $day))
    AND r.recorded_on <= $known AND r.closed_on > $known
RETURN labels(n)[0] AS near_label, n.id AS near, type(r) AS relation, startNode(r) = n AS forth,
       type(r) + ':' + r.id AS tie,
       r.id AS id, r.since AS since, r.until AS until, r.kind AS kind, r.confidence AS confidence, r.source AS source, r.authority AS authority,
       r.duty AS duty, r.about AS about, r.body AS body, r.due AS due, r.reserved AS reserved,
       labels(m)[0] AS other_label, m.id AS other, m.name AS other_name
ORDER BY near_label, near, tie
