-- Where each timeline of this shard began. Written by the first process that sees a promoted
-- server, and replicated, so that it holds just the timelines that this database passed through.
CREATE TABLE timeline_begin (
  timeline integer PRIMARY KEY CHECK (timeline > 1),
  began_at pg_lsn NOT NULL
);

-- What consistency tokens are tagged with. One row, on shard 0, made by the first process to start.
CREATE TABLE token_key (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  key bytea NOT NULL CHECK (octet_length(key) = 32)
);
