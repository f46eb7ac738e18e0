// What queries filter and sort by. An edge is dated by four days; the two that a day is held against are indexed.

CREATE INDEX state_kind IF NOT EXISTS FOR (n:State) ON (n.kind);
CREATE INDEX state_region IF NOT EXISTS FOR (n:State) ON (n.region);
CREATE INDEX instrument_kind IF NOT EXISTS FOR (n:Instrument) ON (n.kind);
CREATE INDEX provision_instrument IF NOT EXISTS FOR (n:Provision) ON (n.instrument);
CREATE INDEX tactic_group IF NOT EXISTS FOR (n:Tactic) ON (n.group);
CREATE INDEX forum_kind IF NOT EXISTS FOR (n:Forum) ON (n.kind);
CREATE INDEX forum_region IF NOT EXISTS FOR (n:Forum) ON (n.region);
CREATE INDEX statement_relation IF NOT EXISTS FOR (n:Statement) ON (n.relation);
CREATE INDEX statement_source IF NOT EXISTS FOR (n:Statement) ON (n.source);

CREATE INDEX party_to_since IF NOT EXISTS FOR ()-[r:PARTY_TO]-() ON (r.since_lo);
CREATE INDEX accepts_since IF NOT EXISTS FOR ()-[r:ACCEPTS]-() ON (r.since_lo);
CREATE INDEX party_to_until IF NOT EXISTS FOR ()-[r:PARTY_TO]-() ON (r.until_hi);
CREATE INDEX accepts_until IF NOT EXISTS FOR ()-[r:ACCEPTS]-() ON (r.until_hi);
CREATE INDEX owes_due IF NOT EXISTS FOR ()-[r:OWES]-() ON (r.due);
