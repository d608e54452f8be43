-- The slot of a user: PostgreSQL's own hash-partition function of a bigint, modulo a power of two.
-- 8816678312871386365 is HASH_PARTITION_SEED; adding 5305509591434766563 is hash_combine64 with 0.
CREATE FUNCTION slot_of(id bigint) RETURNS integer
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (((hashint8extended(id, 8816678312871386365) & (${slots} - 1))
           + (5305509591434766563 & (${slots} - 1))) & (${slots} - 1))::integer;

-- Which shard this database is, of which cluster, as of which epoch of the map.
CREATE TABLE shard_identity (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  cluster uuid NOT NULL,
  shard integer NOT NULL CHECK (shard >= 0),
  epoch bigint NOT NULL CHECK (epoch >= 1)
);

CREATE TABLE shard_map (
  slot integer PRIMARY KEY CHECK (slot BETWEEN 0 AND ${slots} - 1),
  shard integer NOT NULL CHECK (shard >= 0)
);

CREATE TABLE users (
  id bigint PRIMARY KEY CHECK (id > 0),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
  age smallint CHECK (age BETWEEN 0 AND 150),
  email text CHECK (char_length(email) <= 254),
  -- json, not jsonb: numbers come back exactly as they were sent
  attributes json NOT NULL DEFAULT '{}' CHECK (octet_length(attributes::text) <= 16384),
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX users_email ON users (lower(email)) WHERE email IS NOT NULL;

-- The last judge of where a user lives: a write to a slot of another shard is refused here.
CREATE FUNCTION refuse_foreign_slot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  user_id bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    user_id := OLD.id;
  ELSE
    user_id := NEW.id;
  END IF;
  PERFORM FROM shard_map m, shard_identity i
    WHERE m.slot = slot_of(user_id) AND m.shard = i.shard;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'slot % is not on this shard', slot_of(user_id) USING ERRCODE = 'US001';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER refuse_foreign_slot BEFORE INSERT OR UPDATE OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION refuse_foreign_slot();

-- Answers of requests that carried an Idempotency-Key. The slot is the created user's, so that an
-- answer is always on the shard of the user it speaks of.
CREATE TABLE idempotency_key (
  operation text NOT NULL,
  key text NOT NULL,
  slot integer NOT NULL,
  request bytea NOT NULL,
  user_id bigint NOT NULL,
  answer text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (operation, key)
);
