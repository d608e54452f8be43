"""One fault under load, from the start of the clients to the judgement."""
import random
import time
from collections import Counter
from dataclasses import dataclass, field

from clients import Load
from cluster import Observer, await_that
from record import Record

CALM = 5
# Levels that need nobody to hear of the primary.
ANYWHERE = ("session", "eventual")
HEALTH = 420
HISTORIES = "target/outage/histories"


@dataclass
class Result:
    """What a fault cost. Times in seconds; None where nothing was to be measured."""
    fault: str
    seed: int
    victim: str
    requests: int = 0
    users: int = 0
    failed_writes: int = 0
    failed_reads: int = 0
    # From the first failure to the last, of reads that any server could answer and of those that are bound to the primary's
    # time: strong ones, and bounded ones, whose bound nobody can keep who hears nothing of the primary.
    reads_failing: float = 0.0
    timely_reads_failing: float = 0.0
    failures: dict = field(default_factory=dict)
    # The longest time in which no write to the struck shard was acknowledged.
    writes_paused: float | None = None
    # When the operator called another server the primary, and when a replica streamed from that.
    promotion: float | None = None
    quorum: float | None = None
    until_healthy: float = 0.0
    fewest_ready: int = 0
    notes: list = field(default_factory=list)
    defects: list = field(default_factory=list)


class Scene:
    """What a fault may use, and what it says of what it does."""

    def __init__(self, release, node, round_number, seed):
        self.release = release
        self.node = node
        self.round = round_number
        self.seed = seed
        self.random = random.Random(seed)
        self.record = Record()
        self.observer = None
        self.shard = None
        self.cluster = None
        self.victim = None
        self.struck_at = None
        self.quorum_at = None
        self.revision = None
        self.notes = []

    def strikes(self, cluster, victim):
        self.cluster, self.victim, self.struck_at = cluster, victim, time.monotonic()
        if cluster is not None:
            self.shard = cluster.rsplit("-", 1)[1]

    def failures_so_far(self):
        return sum(each.outcome is not None for each in list(self.record.requests) if each.end >= self.struck_at)

    def note(self, text):
        self.notes.append(text)

    def version(self):
        image = self.release.get("deployment", self.release.service, ".spec.template.spec.containers[0].image")
        return image.rsplit(":", 1)[1]

    def restarts(self, pod):
        return self.observer.looks[0].restarts.get(pod, 0)

    def play(self, fault):
        """Raises only when the cluster cannot be struck or does not recover; what the service does wrong is in the result."""
        fault.prepare(self)
        self.observer = Observer(self.release)
        self.observer.start()
        self.observer.await_health(HEALTH)
        load = Load(self.release.address(), self.record, f"{fault.name}-{self.seed}")
        load.start()
        try:
            time.sleep(CALM)
            fault.strike(self)
            self.observer.await_health(HEALTH)
            time.sleep(CALM)
        finally:
            load.end()
            self.observer.close()
        users = load.settle()
        homes = Homes(self.release, [user.number for user in self.record.users])
        history = f"{HISTORIES}/{fault.name.replace(' ', '-')}-{self.seed}.ndjson"
        return self.result(fault, users, homes.defects() + self.record.judge(history))

    def result(self, fault, users, defects):
        looks = self.observer.since(self.struck_at)
        requests = [each for each in self.record.requests if each.end >= self.struck_at]
        failed = [each for each in requests if each.outcome is not None]
        result = Result(fault.name, self.seed, self.victim, len(self.record.requests), users, notes=self.notes)
        result.failed_writes = sum(each.kind == "write" for each in failed)
        result.failed_reads = sum(each.kind == "read" for each in failed)
        result.reads_failing = span(each.end for each in failed if each.level in ANYWHERE)
        result.timely_reads_failing = span(each.end for each in failed if each.kind == "read" and each.level not in ANYWHERE)
        result.failures = dict(Counter(f"{each.kind} {each.level}: {each.outcome}" for each in failed))
        result.until_healthy = max((look.at for look in looks if not look.healthy), default=self.struck_at) - self.struck_at
        result.fewest_ready = min(look.ready for look in looks)
        if self.cluster is not None:
            result.writes_paused = longest_pause(
                [each.end for each in requests if each.kind == "write" and each.shard == self.shard and each.outcome is None],
                self.struck_at)
            result.promotion = self.promotion(looks)
            result.quorum = self.quorum_at and self.quorum_at - self.struck_at
        result.defects = self.record.violations + defects + self.broken_bounds(fault, result, failed)
        return result

    def promotion(self, looks):
        """When the operator called another server the primary; None if it did not."""
        later = [look.at for look in looks if look.primaries[self.cluster] != self.victim]
        return later[0] - self.struck_at if later else None

    def broken_bounds(self, fault, result, failed):
        before, after = self.observer.looks[0].restarts, self.observer.looks[-1].restarts
        restarts = sum(max(0, count - before.get(pod, 0)) for pod, count in after.items())
        bounds = [
            (restarts != fault.restarts, f"{restarts} restarts of service pods, not {fault.restarts}"),
            (fault.unnoticed and failed, f"{len(failed)} requests failed"),
            (not fault.unready and result.fewest_ready == 0, "no pod was ready"),
            (self.cluster and any(each.shard not in (None, self.shard) for each in failed), "the other shard failed"),
            (not (fault.hangs or fault.unready) and result.reads_failing > 2, f"reads failed for {result.reads_failing:.1f} s"),
            (result.quorum and result.writes_paused > result.quorum + 2,
             "writes paused for more than two seconds after a commit was possible"),
        ]
        return [text for broken, text in bounds if broken]


class Homes:
    """Where users are, asked of every server."""

    def __init__(self, release, numbers):
        self.release = release
        self.numbers = set(numbers)

    def on(self, pod):
        found = self.release.query(pod, "SELECT string_agg(id::text, ' ') FROM users")
        return self.numbers & set(map(int, found.split()))

    def defects(self):
        """Each user is on all servers of one shard, and on none of another."""
        homes = {}
        for cluster in self.release.clusters():
            at_home = self.on(self.release.primary(cluster))
            for pod in self.release.instances(cluster):
                await_that(f"{pod} has what its primary has", lambda: self.on(pod) == at_home, 30)
            for number in at_home:
                homes.setdefault(number, []).append(cluster)
        return [f"user {number} is on {homes.get(number, 'no shard')}"
                for number in self.numbers if len(homes.get(number, [])) != 1]


def span(times):
    times = list(times)
    return max(times) - min(times) if times else 0.0


def longest_pause(ends, since):
    """The longest time between two acknowledgements, or since the strike before the first."""
    ends = [since, *sorted(ends)]
    return max((later - earlier for earlier, later in zip(ends, ends[1:])), default=0.0)
