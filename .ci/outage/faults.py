"""What is done to the release while clients use it. Each fault ends when its cause is gone; health is waited for after it."""
import pathlib
import time
from dataclasses import dataclass
from typing import Callable

from cluster import await_that, run
from recovery import recover

OUTAGE = 60
POSTMASTER = "/var/lib/postgresql/data/pgdata/postmaster.pid"


@dataclass(frozen=True)
class Fault:
    """One fault, what it needs before the load begins, and what it must not cost."""
    name: str
    strike: Callable
    # The alert that comes when it lasts; each has a runbook.
    alert: str = ""
    prepare: Callable = lambda scene: None
    # Whether no request at all may fail.
    unnoticed: bool = False
    # Whether a server hangs without closing its connections, so that nobody can know what it still does, or no other takes its
    # place: a session that has seen its last writes then waits for it.
    hangs: bool = False
    # Whether Kubernetes itself may take every pod out for a while.
    unready: bool = False
    # How often pods of the service are started anew.
    restarts: int = 0
    # Whether it needs root on the node.
    on_node: bool = True
    # Whether it needs the plug-in that takes backups.
    on_backups: bool = False


def struck_primary(scene):
    """Chooses whose primary is struck, and notes when."""
    cluster = scene.random.choice(scene.release.clusters())
    primary = scene.release.primary(cluster)
    scene.strikes(cluster, primary)
    return cluster, primary


def await_promotion(scene, cluster, primary, seconds):
    """Until the operator calls another one the primary, and from then until a replica streams from it, without which no commit
    returns."""
    await_that(f"another primary than {primary}",
               lambda: scene.observer.looks[-1].primaries[cluster] != primary, seconds)
    successor = scene.observer.looks[-1].primaries[cluster]
    streaming = "SELECT count(*) > 0 FROM pg_stat_replication WHERE state = 'streaming'"
    await_that(f"a replica of {successor}", lambda: scene.release.query(successor, streaming, check=False) == "t", 60)
    scene.quorum_at = time.monotonic()


def started_at(scene, pod):
    return scene.release.get("pod", pod, ".status.containerStatuses[0].state.running.startedAt")


def delete_primary(scene):
    cluster, primary = struck_primary(scene)
    scene.release.kubectl("delete", "pod", primary, "--force", "--grace-period=0")
    await_promotion(scene, cluster, primary, 120)


def stop_postmaster(scene):
    """The operator waits for the replicas to lose a primary that still sends to them; the runbook says what to do then."""
    cluster, primary = struck_primary(scene)
    scene.release.execute(primary, "sh", "-c", f"kill -STOP $(head -n 1 {POSTMASTER})")
    time.sleep(OUTAGE)
    if scene.observer.looks[-1].primaries[cluster] == primary:
        scene.note(f"not replaced within {OUTAGE} s: pod deleted by force")
        scene.release.kubectl("delete", "pod", primary, "--force", "--grace-period=0")
    await_promotion(scene, cluster, primary, 120)


def delete_leader(scene):
    leader = scene.release.leader()
    scene.strikes(None, leader)
    scene.release.kubectl("delete", "pod", leader)
    await_that(f"another leader than {leader}", lambda: scene.release.leader() not in ("", leader), 60)


def kill_service_pod(scene):
    pod = scene.random.choice(scene.release.pods())
    scene.strikes(None, pod)
    scene.node.kill(scene.release, pod, "user-service")
    await_that(f"a new start of {pod}", lambda: scene.observer.looks[-1].restarts.get(pod, 0) > scene.restarts(pod), 60)


def cut_off_primary(scene):
    cluster, primary = struck_primary(scene)
    network = scene.node.cut(scene.release, primary, "postgres")
    try:
        await_promotion(scene, cluster, primary, 180)
    finally:
        scene.node.heal(network)


def lose_primary_without_operator(scene):
    in_system = ("kubectl", "--namespace", "cnpg-system")
    scale_operator = (*in_system, "scale", "deployment", "cnpg-controller-manager")
    try:
        run(*scale_operator, "--replicas=0")
        run(*in_system, "wait", "--for=delete", "pod", "-l", "app.kubernetes.io/name=cloudnative-pg", "--timeout=60s")
        _, primary = struck_primary(scene)
        before = started_at(scene, primary)
        scene.node.kill(scene.release, primary, "postgres")
        await_that(f"a new start of {primary}", lambda: started_at(scene, primary) not in ("", before), 60)
        await_that(f"an answer of {primary}",
                   lambda: scene.release.execute(primary, "pg_isready", check=False).endswith("accepting connections"), 120)
    finally:
        run(*scale_operator, "--replicas=1")
        run(*in_system, "rollout", "status", "deployment", "cnpg-controller-manager")


def api_server_down(scene):
    """When it is back after longer than the node monitor's grace period, Kubernetes may call every pod unready until the node
    has reported: its doing, which is counted, but only what fails before is a defect. It may do so seconds later, so the fault
    is over when the node has reported."""
    scene.strikes(None, "the API server")
    scene.node.kill_api_server()
    time.sleep(OUTAGE)
    failed = scene.failures_so_far()
    if failed:
        scene.record.violations.append(f"{failed} requests failed while the API server was down")
    scene.node.start_api_server()
    await_that("an answer of the API server", scene.observer.look, 60)
    back = scene.node.reports()
    await_that("a report of every node", lambda: not back & scene.node.reports(), 60)


def names_down(scene):
    names = ("--namespace", "kube-system", "scale", "deployment", "coredns")
    scene.strikes(None, "DNS")
    run("kubectl", *names, "--replicas=0")
    time.sleep(OUTAGE)
    run("kubectl", *names, "--replicas=1")
    run("kubectl", "--namespace", "kube-system", "rollout", "status", "deployment", "coredns")


def restart(scene):
    scene.strikes(None, "every pod")
    scene.release.kubectl("rollout", "restart", f"deployment/{scene.release.service}")
    scene.release.kubectl("rollout", "status", f"deployment/{scene.release.service}")


def back_to_base(scene):
    """A release of the first version, from which the next one is rolled out."""
    if scene.version() != "0.1.0":
        scene.release.upgrade("--set", "image.tag=0.1.0")


def roll_out(scene):
    scene.strikes(None, "every pod")
    scene.release.upgrade("--set", f"image.tag=0.1.{scene.round}")


def rolled_out(scene):
    back_to_base(scene)
    scene.revision = scene.release.revision()
    scene.release.upgrade("--set", f"image.tag=0.1.{scene.round}")


def roll_back(scene):
    scene.strikes(None, "every pod")
    scene.release.roll_back(scene.revision)
    if scene.version() != "0.1.0":
        raise AssertionError(f"rolled back to {scene.version()}")


def scale(scene):
    scene.strikes(None, "every pod")
    for replicas in (5, 2, 3):
        scene.release.upgrade("--set", f"replicas={replicas}")


def fill_volume(scene):
    cluster, primary = struck_primary(scene)
    volume = scene.release.get("pvc", primary, ".spec.volumeName")
    ballast = pathlib.Path(run("kubectl", "get", "pv", volume, "-o", "jsonpath={.spec.local.path}")) / "ballast"
    try:
        run("dd", "if=/dev/zero", f"of={ballast}", "bs=1M", check=False)
        # Until it wants a new file for its log, the server does not notice.
        log = "SELECT count(pg_logical_emit_message(false, 'ballast', repeat('x', 1000000))) FROM generate_series(1, 300)"
        scene.release.execute(primary, "psql", "-U", "postgres", "-c", log, check=False)
        time.sleep(OUTAGE / 2)
        scene.note(f"phase: {scene.release.get('clusters.postgresql.cnpg.io', cluster, '.status.phase')}")
    finally:
        ballast.unlink()


WITHOUT_PRIMARY = "UserServiceShardWithoutPrimary"
WITHOUT_LEADER = "UserServiceWithoutLeader"
UNREADY = "UserServicePodsUnready"
DISK_FILLING = "UserServiceShardDiskFilling"

FAULTS = [
    Fault("primary deleted by force", delete_primary, WITHOUT_PRIMARY, on_node=False),
    Fault("primary's postmaster stopped (SIGSTOP)", stop_postmaster, WITHOUT_PRIMARY, on_node=False),
    Fault("leading pod deleted", delete_leader, WITHOUT_LEADER, unnoticed=True, on_node=False),
    Fault("service pod killed (SIGKILL)", kill_service_pod, UNREADY, restarts=1),
    Fault("primary cut off from everything", cut_off_primary, WITHOUT_PRIMARY, hangs=True),
    Fault("primary killed while the operator is down", lose_primary_without_operator, WITHOUT_PRIMARY),
    Fault("API server down for 60 s", api_server_down, WITHOUT_LEADER, unready=True),
    Fault("DNS down for 60 s", names_down, unnoticed=True, on_node=False),
    Fault("rolling restart", restart, UNREADY, unnoticed=True, on_node=False),
    Fault("new version with a new schema", roll_out, UNREADY, back_to_base, unnoticed=True, on_node=False),
    Fault("helm rollback", roll_back, UNREADY, rolled_out, unnoticed=True, on_node=False),
    Fault("3 pods, then 5, 2 and 3", scale, UNREADY, unnoticed=True, on_node=False),
    Fault("primary's volume full", fill_volume, DISK_FILLING, hangs=True),
    Fault("recovery into a new release", recover, unnoticed=True, on_node=False, on_backups=True),
]
