-- What elections keep in each shard's database, apart from the versioned schema: the leader that
-- migrates is elected first. Run whole, in one transaction, by the first process that misses it.
SELECT pg_advisory_xact_lock(hashtext('user-service election'));

CREATE SCHEMA IF NOT EXISTS election;

-- The shard's vote: the highest epoch granted, and who holds it.
CREATE TABLE IF NOT EXISTS election.vote (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  promised bigint NOT NULL DEFAULT 0,
  holder text,
  renewals bigint NOT NULL DEFAULT 0,
  lease_millis bigint NOT NULL DEFAULT 0,
  granted_at timestamptz NOT NULL DEFAULT 'epoch'
);
INSERT INTO election.vote DEFAULT VALUES ON CONFLICT DO NOTHING;

-- The newest epoch that has acted here. Not the vote's: a grant without a majority fences nobody.
CREATE TABLE IF NOT EXISTS election.fence (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  epoch bigint NOT NULL DEFAULT 0
);
INSERT INTO election.fence DEFAULT VALUES ON CONFLICT DO NOTHING;

-- Who stands. The times are this server's own and compared with its own only.
CREATE TABLE IF NOT EXISTS election.candidate (
  identity text PRIMARY KEY,
  schema_version integer NOT NULL,
  application_version text NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  beats bigint NOT NULL DEFAULT 0,
  beaten_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A grant is of a higher epoch than any before, and of the vote as the candidate saw it.
CREATE OR REPLACE FUNCTION election.grant_vote(
  claimed bigint, claimant text, lease bigint, seen_promised bigint, seen_renewals bigint)
RETURNS SETOF election.vote LANGUAGE sql AS $$
  UPDATE election.vote
  SET promised = claimed, holder = claimant, lease_millis = lease, renewals = renewals + 1,
      granted_at = clock_timestamp()
  WHERE promised < claimed AND promised = seen_promised AND renewals = seen_renewals;
  SELECT * FROM election.vote;
$$;

-- Called by who leads by a majority: what was granted for an earlier epoch, or given back, is free.
CREATE OR REPLACE FUNCTION election.renew_vote(claimed bigint, claimant text, lease bigint)
RETURNS SETOF election.vote LANGUAGE sql AS $$
  UPDATE election.vote
  SET promised = claimed, holder = claimant, lease_millis = lease, renewals = renewals + 1,
      granted_at = CASE WHEN promised = claimed AND holder IS NOT NULL THEN granted_at
                        ELSE clock_timestamp() END
  WHERE promised < claimed
     OR (promised = claimed AND (holder IS NULL OR holder = claimant));
  SELECT * FROM election.vote;
$$;

CREATE OR REPLACE FUNCTION election.release_vote(claimed bigint, claimant text)
RETURNS SETOF election.vote LANGUAGE sql AS $$
  UPDATE election.vote SET holder = NULL, renewals = renewals + 1
  WHERE promised = claimed AND holder = claimant;
  SELECT * FROM election.vote;
$$;

-- Begins a leader's transaction: refuses an epoch older than one that has acted here, and lets no
-- newer one act here before the transaction has ended.
CREATE OR REPLACE FUNCTION election.enter(claimed bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  seen bigint;
BEGIN
  UPDATE election.fence SET epoch = claimed WHERE epoch < claimed;
  SELECT epoch INTO STRICT seen FROM election.fence FOR SHARE;
  IF seen > claimed THEN
    RAISE EXCEPTION 'epoch % is over: epoch % has acted here', claimed, seen
      USING ERRCODE = 'US002';
  END IF;
END
$$;
