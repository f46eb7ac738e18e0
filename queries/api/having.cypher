// The ids of one label whose properties are among given values: what a filter lets through.
// param   kind: str             a label
// param   kinds: list[str]?     values of `kind`
// param   binding: list[str]?   values of `binding`
// param   region: list[str]?    values of `region`
// param   group: list[str]?     values of `group`
// param   instrument: list[str]?  values of `instrument`
// returns key: str              one row per id
// order   key
// engines bolt, embedded
// example {"kind": "Forum", "kinds": null, "binding": ["binding"], "region": null, "group": null, "instrument": null}
MATCH (n:State|Organisation|Instrument|Provision|Right|Tactic|Body|Forum|Source|Dataset)
WHERE labels(n)[0] = $kind
  AND ($kinds IS NULL OR n.kind IN $kinds)
  AND ($binding IS NULL OR n.binding IN $binding)
  AND ($region IS NULL OR n.region IN $region)
  AND ($group IS NULL OR n.group IN $group)
  AND ($instrument IS NULL OR n.instrument IN $instrument)
RETURN n.id AS key
ORDER BY key
