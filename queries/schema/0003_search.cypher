// Full text over `search`, one index for each label: the embedded engine knows none over several.

CREATE FULLTEXT INDEX state_search IF NOT EXISTS FOR (n:State) ON EACH [n.search];
CREATE FULLTEXT INDEX organisation_search IF NOT EXISTS FOR (n:Organisation) ON EACH [n.search];
CREATE FULLTEXT INDEX instrument_search IF NOT EXISTS FOR (n:Instrument) ON EACH [n.search];
CREATE FULLTEXT INDEX provision_search IF NOT EXISTS FOR (n:Provision) ON EACH [n.search];
CREATE FULLTEXT INDEX right_search IF NOT EXISTS FOR (n:Right) ON EACH [n.search];
CREATE FULLTEXT INDEX tactic_search IF NOT EXISTS FOR (n:Tactic) ON EACH [n.search];
CREATE FULLTEXT INDEX body_search IF NOT EXISTS FOR (n:Body) ON EACH [n.search];
CREATE FULLTEXT INDEX forum_search IF NOT EXISTS FOR (n:Forum) ON EACH [n.search];
CREATE FULLTEXT INDEX source_search IF NOT EXISTS FOR (n:Source) ON EACH [n.search];
CREATE FULLTEXT INDEX dataset_search IF NOT EXISTS FOR (n:Dataset) ON EACH [n.search];
