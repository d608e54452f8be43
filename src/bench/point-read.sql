\set id random(1, :highest)
SELECT id, name, age, email, attributes, version, created_at, updated_at FROM bench_users WHERE id = :id;
