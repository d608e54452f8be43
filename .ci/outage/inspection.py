"""Whether what was installed is what the values say: slots, roles, weights, replicas, and users at home on one shard."""
import json

from clients import Connection, body_of
from record import User

SLOTS = 4096


def same(what, expected, found):
    if expected != found:
        raise AssertionError(f"{what}: expected {expected}, found {found}")


def inspect(release):
    clusters = release.clusters()
    for number, cluster in enumerate(clusters):
        primary = release.primary(cluster)
        same("slots", str(SLOTS // len(clusters)),
             release.query(primary, f"SELECT count(*) FROM shard_map WHERE shard = {number}"))
        same("rights of the roles", "users|f|f|f\nusers_migrator|f|f|f", release.query(
            primary, "SELECT rolname, rolsuper, rolcreaterole, rolreplication FROM pg_roles WHERE rolname LIKE 'users%' ORDER BY 1"))
        same("replicas", "quorum|2", release.query(
            primary, "SELECT sync_state, count(*) FROM pg_stat_replication WHERE state = 'streaming' GROUP BY 1"))
    inspect_weights(release)
    inspect_homes(release, clusters)
    print(f"inspected: {SLOTS} slots on {len(clusters)} shards, roles without privileges, weights, two replicas in each quorum, "
          "a user on the three servers of one shard", flush=True)


def inspect_weights(release):
    """The first shard's first server is to get twice as much as the others."""
    connection = Connection(release.address())
    weights = {}
    for number in range(1, 65):
        explained = connection.send("GET", f"/routing/explain?id={number}", {}).body
        weights.update({server["endpoint"]: server["weight"] for server in explained["servers"]})
    connection.close()
    same("weights", {server: 2.0 if server == "users-shard-0-1" else 1.0 for server in weights}, weights)
    same("servers", 6, len(weights))


def inspect_homes(release, clusters):
    connection = Connection(release.address())
    user = User("Inspected", "inspected@example.org")
    created = connection.send("POST", "/users", {"Idempotency-Key": "inspection"}, body_of(user, 0))
    same("status", 201, created.status)
    connection.close()
    where = f"SELECT count(*) FROM users WHERE id = {created.body['id']}"
    counts = {cluster: {release.query(pod, where) for pod in release.instances(cluster)} for cluster in clusters}
    same("servers of a shard that have the user", [{"0"}, {"1"}], sorted(counts.values(), key=min))
