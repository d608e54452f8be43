"""Clients of the service: how they ask, and the load that they make together."""
import http.client
import json
import random
import threading
import time
import uuid

from record import ABSENT, Request, User, shown, verdict

DEADLINE = 20.0
PAUSE = 0.05
# The share of requests after which a client comes back with a new connection.
LEAVING = 0.05
LEVELS = ("strong", "session", "bounded=500", "eventual")


class Answer:
    """What came back; status 0 when nothing did."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def problem(self):
        """How an error is called: the last part of its type, or what broke the connection."""
        if self.status == 0:
            return self.body
        return self.body.get("type", "").rsplit("/", 1)[-1] or str(self.status)

    def shard(self):
        """Which shard answered; None when it is not told."""
        for part in self.headers.get("Served-By", "").split(";"):
            if part.strip().startswith("shard="):
                return part.split("=")[1]
        return None


class Connection:
    """One kept connection, opened anew whenever it was closed. Nothing is sent twice."""

    def __init__(self, address):
        self.address = address
        self.http = None

    def send(self, method, path, headers, body=None):
        try:
            if self.http is None:
                self.http = http.client.HTTPConnection(self.address, timeout=DEADLINE)
            content = None if body is None else json.dumps(body)
            self.http.request(method, path, content, {"Content-Type": "application/json", **headers})
            response = self.http.getresponse()
            text = response.read()
            if response.will_close:
                self.close()
            return Answer(response.status, response.headers, json.loads(text) if text else {})
        except (OSError, http.client.HTTPException, ValueError) as broken:
            self.close()
            return Answer(0, {}, f"{type(broken).__name__}: {broken}")

    def close(self):
        if self.http is not None:
            self.http.close()
            self.http = None


class Client(threading.Thread):
    """Writes its own users and reads everybody's. Every call is an event of the record's history."""

    def __init__(self, number, address, record, seed, stop):
        super().__init__(name=f"client-{number}", daemon=True)
        self.number = number
        self.connection = Connection(address)
        self.record = record
        self.random = random.Random(f"{seed}-{number}")
        self.stop = stop
        self.token = None
        self.own = []

    def run(self):
        for _ in range(4):
            self.create()
        while not self.stop.is_set():
            if self.random.random() < 0.7:
                self.read()
            elif self.random.random() < 0.2 or not self.writable():
                self.create()
            else:
                self.update()
            if self.random.random() < LEAVING:
                self.connection.close()
            self.stop.wait(PAUSE)
        self.connection.close()

    def writable(self):
        return [user for user in self.own if not user.uncertain]

    def ask(self, kind, level, user, method, path, headers, body=None, absent=False):
        if self.token is not None:
            headers["Consistency-Token"] = self.token
        begin = time.monotonic_ns()
        answer = self.connection.send(method, path, headers, body)
        end = time.monotonic_ns()
        good = answer.status // 100 == 2 or (absent and answer.status == 404)
        lost = answer.problem() == "session-lost"
        if lost:
            # A failover may have lost what this session has seen: it goes on without.
            self.token = None
        self.token = answer.headers.get("Consistency-Token", self.token)
        user.shard = answer.shard() or user.shard
        outcome = None if good else answer.problem()
        self.record.add_request(Request(begin / 1e9, end / 1e9, kind, level, user.shard, outcome))
        if not good and not lost and answer.status not in (0, 503):
            self.record.add_violation(kind, user, f"answered {answer.status} {answer.body}")
        return answer, begin, end

    def create(self):
        # Not by the seed, or a second run would be given the users of the first.
        key = uuid.uuid4().hex
        user = User(f"User {key}", f"{key}@example.org")
        user.newest = 0
        answer, begin, end = self.ask(
            "write", "create", user, "POST", "/users", {"Idempotency-Key": key}, body_of(user, 0))
        if answer.status == 201:
            user.number = answer.body["id"]
            self.record.add_write(self.name, user, 0, begin, end, "done")
            self.own.append(user)
            self.record.add_user(user)
        elif answer.problem() != "unavailable":
            self.record.uncreated.append((user, key))

    def update(self):
        user = self.random.choice(self.writable())
        user.newest += 1
        sequence = user.newest
        answer, begin, end = self.ask(
            "write", "update", user, "PUT", f"/users/{user.number}", {}, body_of(user, sequence))
        outcome = "done" if answer.status == 200 else "refused" if answer.problem() == "unavailable" else "unknown"
        user.uncertain = outcome == "unknown"
        self.record.add_write(self.name, user, sequence, begin, end, outcome)

    def read(self):
        user = self.record.some_user(self.random)
        if user is None:
            return
        level = self.random.choice(LEVELS)
        answer, begin, end = self.ask(
            "read", level.split("=")[0], user, "GET", f"/users/{user.number}", {"Consistency": level}, absent=True)
        if answer.status not in (200, 404):
            outcome = "session-lost" if answer.problem() == "session-lost" else "unanswered"
            self.record.add_read(level, self.name, user, ABSENT, begin, end, outcome)
            return
        reason = verdict(user, answer.status, answer.body)
        if reason is None:
            self.record.add_read(level, self.name, user, shown(answer), begin, end, "done")
        else:
            self.record.add_violation(f"{level} read", user, reason)


def body_of(user, sequence):
    return {"name": user.name, "email": user.email, "age": sequence % 150, "attributes": {"sequence": sequence}}


class Load:
    """A number of clients, from their start until they are settled with."""

    def __init__(self, address, record, seed, clients=8):
        self.address = address
        self.record = record
        self.stop = threading.Event()
        self.clients = [Client(number, address, record, seed, self.stop) for number in range(clients)]

    def start(self):
        for client in self.clients:
            client.start()

    def end(self):
        self.stop.set()
        for client in self.clients:
            client.join(DEADLINE * 2)

    def settle(self):
        """Reads every user once more, strongly, and repeats what was of unknown outcome. Answers how many there are."""
        connection = Connection(self.address)
        for user in self.record.users:
            answer, begin, end = patiently(connection, "GET", f"/users/{user.number}", {"Consistency": "strong"}, (200, 404))
            reason = verdict(user, answer.status, answer.body)
            if reason is None:
                self.record.add_read("strong", "settlement", user, shown(answer), begin, end, "done")
            else:
                self.record.add_violation("settlement", user, reason)
        for user, key in self.record.uncreated:
            patiently(connection, "POST", "/users", {"Idempotency-Key": key}, (201,), body_of(user, 0))
            found, _, _ = patiently(connection, "GET", f"/users?email={user.email}", {"Consistency": "strong"}, (200,))
            if len(found.body["items"]) != 1:
                self.record.add_violation("creation", user, f"made {len(found.body['items'])} times")
        connection.close()
        return len(self.record.users) + len(self.record.uncreated)


def patiently(connection, method, path, headers, statuses, body=None):
    """Asks again for two minutes; what is wanted is the truth, not how fast it is told. Answers when it was asked, too."""
    deadline = time.monotonic() + 120
    while True:
        begin = time.monotonic_ns()
        answer = connection.send(method, path, headers, body)
        if answer.status in statuses:
            return answer, begin, time.monotonic_ns()
        if time.monotonic() > deadline:
            raise AssertionError(f"{method} {path}: {answer.status} {answer.body}")
        time.sleep(0.5)
