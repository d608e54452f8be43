"""Clients of the service: how they ask, and the load that they make together."""
import http.client
import json
import random
import threading
import time
import uuid

from record import Request, User, verdict

DEADLINE = 20.0
PAUSE = 0.05
# The share of requests after which a client comes back with a new connection.
LEAVING = 0.05
BOUND = 0.5
LEVELS = ("strong", "session", "bounded", "eventual")
HEADERS = {"strong": "strong", "session": "session", "bounded": f"bounded={int(BOUND * 1000)}", "eventual": "eventual"}


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
    """Writes its own users and reads everybody's, and holds each answer against the record."""

    def __init__(self, number, address, record, seed, stop):
        super().__init__(name=f"client-{number}", daemon=True)
        self.number = number
        self.connection = Connection(address)
        self.record = record
        self.random = random.Random(f"{seed}-{number}")
        self.stop = stop
        self.token = None
        self.seen = {}
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
        start = time.monotonic()
        answer = self.connection.send(method, path, headers, body)
        end = time.monotonic()
        good = answer.status // 100 == 2 or (absent and answer.status == 404)
        lost = answer.problem() == "session-lost"
        if lost:
            self.begin_session()
        self.token = answer.headers.get("Consistency-Token", self.token)
        user.shard = answer.shard() or user.shard
        outcome = None if good else answer.problem()
        self.record.add_request(Request(start, end, kind, level, user.shard, outcome))
        if not good and not lost and answer.status not in (0, 503):
            self.record.add_violation(kind, user, f"answered {answer.status} {answer.body}")
        return answer, start, end

    def begin_session(self):
        """A failover may have lost what this one has seen: it goes on without."""
        self.token = None
        self.seen = {}

    def create(self):
        # Not by the seed, or a second run would be given the users of the first.
        key = uuid.uuid4().hex
        user = User(f"User {key}", f"{key}@example.org")
        user.newest = 0
        answer, _, end = self.ask(
            "write", "create", user, "POST", "/users", {"Idempotency-Key": key}, body_of(user, 0))
        if answer.status == 201:
            user.number = answer.body["id"]
            self.written(user, 0, end)
            self.own.append(user)
            self.record.add_user(user)
        elif answer.problem() != "unavailable":
            self.record.uncreated.append((user, key))

    def update(self):
        user = self.random.choice(self.writable())
        user.newest += 1
        sequence = user.newest
        answer, _, end = self.ask(
            "write", "update", user, "PUT", f"/users/{user.number}", {}, body_of(user, sequence))
        if answer.status == 200:
            self.written(user, sequence, end)
        elif answer.problem() == "unavailable":
            user.refused.add(sequence)
        else:
            user.uncertain.add(sequence)

    def written(self, user, sequence, when):
        self.record.acknowledge(user, sequence, when)
        self.seen[user.number] = max(sequence, self.seen.get(user.number, -1))

    def read(self):
        user = self.record.some_user(self.random)
        if user is None:
            return
        level = self.random.choice(LEVELS)
        floor = self.floor(user, level, time.monotonic())
        answer, _, _ = self.ask(
            "read", level, user, "GET", f"/users/{user.number}", {"Consistency": HEADERS[level]}, absent=True)
        if answer.status in (200, 404):
            reason = verdict(user, floor, answer.status, answer.body)
            if reason is not None:
                self.record.add_violation(f"{level} read", user, reason)
            elif answer.status == 200:
                seen = answer.body["attributes"]["sequence"]
                self.seen[user.number] = max(seen, self.seen.get(user.number, -1))

    def floor(self, user, level, now):
        """The oldest sequence that a read of this level may show."""
        if level == "strong":
            return self.record.floor(user, now)
        if level == "session":
            return self.seen.get(user.number, -1)
        if level == "bounded":
            return self.record.floor(user, now - BOUND)
        return -1


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
            answer = patiently(connection, "GET", f"/users/{user.number}", {"Consistency": "strong"}, (200, 404))
            reason = verdict(user, self.record.floor(user, time.monotonic()), answer.status, answer.body)
            if reason is not None:
                self.record.add_violation("settlement", user, reason)
        for user, key in self.record.uncreated:
            patiently(connection, "POST", "/users", {"Idempotency-Key": key}, (201,), body_of(user, 0))
            found = patiently(connection, "GET", f"/users?email={user.email}", {"Consistency": "strong"}, (200,))
            if len(found.body["items"]) != 1:
                self.record.add_violation("creation", user, f"made {len(found.body['items'])} times")
        connection.close()
        return len(self.record.users) + len(self.record.uncreated)


def patiently(connection, method, path, headers, statuses, body=None):
    """Asks again for two minutes; what is wanted is the truth, not how fast it is told."""
    deadline = time.monotonic() + 120
    while True:
        answer = connection.send(method, path, headers, body)
        if answer.status in statuses:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{method} {path}: {answer.status} {answer.body}")
        time.sleep(0.5)
