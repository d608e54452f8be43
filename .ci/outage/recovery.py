"""A new release out of the backups of one that is in use."""
import pathlib
import time

from clients import Connection, patiently
from cluster import Release, await_that
from record import shown, verdict

VALUES = pathlib.Path(__file__).parent.parent / "backup/values.yaml"
# One server for each shard and one pod: whether the data is there needs no more.
SMALL = ("replicas=1", "podDisruptionBudget.enabled=false", "postgresql.cluster.instances=1",
         "postgresql.cluster.synchronous.enabled=false", "postgresql.cluster.keep=false")


def store_of(release):
    """A folder of its own in the store, for an archive must begin empty."""
    return "--set", f"postgresql.backup.objectStore.destinationPath=s3://backups/{release.namespace}/"


def give_access(release):
    """The store asks for no credentials, but the plug-in for a Secret."""
    release.kubectl("create", "secret", "generic", "object-store",
                    "--from-literal=ACCESS_KEY_ID=any", "--from-literal=ACCESS_SECRET_KEY=any")


def await_backups(release):
    phases = "jsonpath={.items[*].status.phase}"
    await_that("a base backup of each shard", lambda: release.kubectl("get", "backups", "-o", phases).split()
               == ["completed"] * len(release.clusters()), 180)


def archive(release, cluster):
    """Until the store has the log up to now."""
    primary = release.primary(cluster)
    segment = release.query(primary, "SELECT pg_walfile_name(pg_current_wal_lsn())")
    release.query(primary, "SELECT pg_switch_wal()")
    archived = f"SELECT last_archived_wal >= '{segment}' FROM pg_stat_archiver"
    await_that(f"{segment} in the store", lambda: release.query(primary, archived) == "t", 60)


def recover(scene):
    """All that was acknowledged when the log was archived is in the new release."""
    release = scene.release
    await_backups(release)
    scene.strikes(None, "a new release")
    due = time.monotonic_ns()
    for cluster in release.clusters():
        archive(release, cluster)
    restored = Release(f"{release.namespace}-restored", release.values, "restored")
    try:
        restored.make_namespace()
        give_access(restored)
        settings = ("postgresql.recovery.enabled=true", f"postgresql.recovery.release={release.name}", *SMALL)
        restored.upgrade(*store_of(release), *(option for setting in settings for option in ("--set", setting)))
        scene.note(f"restored {(time.monotonic_ns() - due) / 1e9:.0f} s after the log was asked for")
        compare(scene, restored, due)
    finally:
        restored.remove()


def compare(scene, restored, due):
    connection = Connection(restored.address())
    acknowledged = scene.record.acknowledged_by(due)
    users = [user for user in list(scene.record.users) if str(user.number) in acknowledged]
    for user in users:
        answer, _, _ = patiently(connection, "GET", f"/users/{user.number}", {"Consistency": "strong"}, (200, 404))
        reason = verdict(user, answer.status, answer.body)
        least = acknowledged[str(user.number)]
        if reason is None and shown(answer) < least:
            reason = f"sequence {shown(answer)}, though {least} was acknowledged"
        if reason is not None:
            scene.record.add_violation("recovery", user, reason)
    connection.close()
    scene.note(f"{len(users)} users compared")
