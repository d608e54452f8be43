-- The leader lets idempotency keys expire by their age.
CREATE INDEX idempotency_key_created_at ON idempotency_key (created_at);
