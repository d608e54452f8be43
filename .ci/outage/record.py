"""What clients were told of each user: a history that .ci/history judges, and what one answer shows to be false by itself."""
import json
import pathlib
import subprocess
import threading
from dataclasses import dataclass, field

# What nobody has written.
ABSENT = -1


@dataclass
class User:
    """One user, whom one client alone writes, one write after the other, each with the next sequence."""
    name: str
    email: str
    number: int | None = None
    shard: str | None = None
    newest: int = -1
    # Whether the outcome of a write is unknown; nothing is written after such a one.
    uncertain: bool = False


@dataclass(frozen=True)
class Request:
    """One request as its client saw it. The outcome is None when it succeeded."""
    start: float
    end: float
    kind: str
    level: str
    shard: str | None
    outcome: str | None


def verdict(user, status, body):
    """Why this answer to a read is false whatever else is known, or None."""
    if status == 404:
        return None
    sequence = body.get("attributes", {}).get("sequence")
    if body.get("id") != user.number or body.get("name") != user.name or body.get("email") != user.email:
        return "another user"
    if not isinstance(sequence, int):
        return f"sequence {sequence} is none"
    if body.get("age") != sequence % 150:
        return f"the parts of two writes: sequence {sequence}, age {body.get('age')}"
    return None


def shown(answer):
    """The sequence that an answer to a read shows."""
    return answer.body["attributes"]["sequence"] if answer.status == 200 else ABSENT


class Record:
    """All users and requests of one load. Safe for use by many threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.users = []
        self.uncreated = []
        self.requests = []
        self.violations = []
        self.history = []

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

    def add_write(self, session, user, sequence, begin, end, outcome):
        self.add_event(operation="write", session=session, key=str(user.number), value=sequence, begin=begin, end=end,
                       outcome=outcome)

    def add_read(self, level, session, user, sequence, begin, end, outcome):
        self.add_event(operation="read", level=level, session=session, key=str(user.number), value=sequence, begin=begin,
                       end=end, outcome=outcome)

    def add_event(self, **event):
        with self.lock:
            self.history.append(event)

    def acknowledged_by(self, moment):
        """The newest sequence of each user that was acknowledged by a moment of time.monotonic_ns."""
        with self.lock:
            newest = {}
            for event in self.history:
                if event["operation"] == "write" and event["outcome"] == "done" and event["end"] <= moment:
                    newest[event["key"]] = max(event["value"], newest.get(event["key"], ABSENT))
            return newest

    def judge(self, file):
        """Writes the history, and answers what breaks a promise in it."""
        pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
        with open(file, "w") as lines:
            for event in self.history:
                lines.write(json.dumps(event) + "\n")
        judged = subprocess.run([".ci/history", file], capture_output=True, text=True)
        *violations, summary = judged.stdout.splitlines() or [""]
        if judged.returncode != bool(violations) or "violations" not in summary:
            return [f"the history was not judged: {judged.stdout}{judged.stderr}"]
        return violations
