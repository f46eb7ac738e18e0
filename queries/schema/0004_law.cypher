// Types of edges that the law needs besides, and the node that says what the graph was built from.

CREATE CONSTRAINT build_id IF NOT EXISTS FOR (n:Build) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT suspended_id IF NOT EXISTS FOR ()-[r:SUSPENDED]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT opts_out_id IF NOT EXISTS FOR ()-[r:OPTS_OUT]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT not_party_id IF NOT EXISTS FOR ()-[r:NOT_PARTY]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT needs_id IF NOT EXISTS FOR ()-[r:NEEDS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT loaded_in_id IF NOT EXISTS FOR ()-[r:LOADED_IN]-() REQUIRE r.id IS UNIQUE;
