"""What clients were told of each user, and whether a later answer can be true."""
import threading
from dataclasses import dataclass, field


@dataclass
class User:
    """One user, whom one client alone writes, one write after the other."""
    name: str
    email: str
    number: int | None = None
    shard: str | None = None
    # When each sequence was acknowledged, in order.
    acknowledged: list = field(default_factory=list)
    # Sequences whose writes may or may not have happened; nothing is written after such a one.
    uncertain: set = field(default_factory=set)
    # Sequences that the service said it did not write.
    refused: set = field(default_factory=set)
    newest: int = -1

    def acknowledged_at(self, when):
        """The newest sequence that was acknowledged by then, -1 if none."""
        return max((sequence for at, sequence in self.acknowledged if at <= when), default=-1)


@dataclass(frozen=True)
class Request:
    """One request as its client saw it. The outcome is None when it succeeded."""
    start: float
    end: float
    kind: str
    level: str
    shard: str | None
    outcome: str | None


def verdict(user, floor, status, body):
    """Why this answer to a read cannot be true, or None. The floor is the oldest sequence that it may show."""
    if status == 404:
        return f"not found, though {floor} was to be seen" if floor >= 0 else None
    sequence = body.get("attributes", {}).get("sequence")
    if body.get("id") != user.number or body.get("name") != user.name or body.get("email") != user.email:
        return "another user"
    if not isinstance(sequence, int) or not 0 <= sequence <= user.newest:
        return f"sequence {sequence} was never written"
    if body.get("age") != sequence % 150:
        return f"the parts of two writes: sequence {sequence}, age {body.get('age')}"
    if sequence in user.refused:
        return f"sequence {sequence}, of which the service said that it was not written"
    if sequence < floor:
        return f"sequence {sequence}, though {floor} was to be seen"
    return None


class Record:
    """All users and requests of one load. Safe for use by many threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.users = []
        self.uncreated = []
        self.requests = []
        self.violations = []

    def add_user(self, user):
        with self.lock:
            self.users.append(user)

    def add_request(self, request):
        with self.lock:
            self.requests.append(request)

    def add_violation(self, what, user, reason):
        with self.lock:
            self.violations.append(f"{what} of user {user.number}: {reason}")

    def some_user(self, random):
        with self.lock:
            return random.choice(self.users) if self.users else None

    def acknowledge(self, user, sequence, when):
        with self.lock:
            user.acknowledged.append((when, sequence))

    def floor(self, user, when):
        with self.lock:
            return user.acknowledged_at(when)
