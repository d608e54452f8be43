"""The judges find what is false, and nothing in what is true: `python3 -m unittest discover .ci/outage`."""
import os
import pathlib
import tempfile
import unittest

from record import ABSENT, Record, User, verdict
from scene import longest_pause, span

ADA = User("Ada", "ada@example.org", number=7)


def body(sequence, **other):
    return {"id": 7, "name": "Ada", "email": "ada@example.org", "age": sequence % 150,
            "attributes": {"sequence": sequence}} | other


class VerdictTest(unittest.TestCase):

    def test_user_is_true(self):
        self.assertIsNone(verdict(ADA, 200, body(5)))

    def test_user_may_not_be_there(self):
        self.assertIsNone(verdict(ADA, 404, {}))

    def test_answer_without_a_sequence_is_invented(self):
        self.assertIn("is none", verdict(ADA, 200, body(5, attributes={})))

    def test_parts_of_two_writes_are_torn(self):
        self.assertIn("two writes", verdict(ADA, 200, body(5, age=4)))

    def test_somebody_else_is_wrong(self):
        self.assertEqual("another user", verdict(ADA, 200, body(5, name="Grace")))


class HistoryTest(unittest.TestCase):

    def setUp(self):
        os.chdir(pathlib.Path(__file__).resolve().parents[2])
        self.record = Record()
        self.record.add_write("client-1", ADA, 0, 0, 1, "done")
        self.record.add_write("client-1", ADA, 1, 2, 3, "done")
        self.record.add_write("client-1", ADA, 2, 4, 5, "refused")
        self.record.add_read("session", "client-2", ADA, ABSENT, 4, 5, "session-lost")

    def judged(self, level, sequence):
        self.record.add_read(level, "client-1", ADA, sequence, 600_000_000, 600_000_001, "done")
        with tempfile.TemporaryDirectory() as folder:
            return "".join(self.record.judge(f"{folder}/history.ndjson"))

    def test_newest_sequence_is_true(self):
        self.assertEqual("", self.judged("strong", 1))

    def test_older_than_acknowledged_is_stale(self):
        self.assertRegex(self.judged("strong", 0), "LINEARIZABLE.*DURABLE")

    def test_older_than_the_bound_is_stale(self):
        self.assertIn("BOUNDED", self.judged("bounded=500", 0))

    def test_older_than_written_by_the_session_is_stale(self):
        self.assertIn("READ_YOUR_WRITES", self.judged("session", 0))

    def test_missing_user_is_lost(self):
        self.assertIn("DURABLE", self.judged("strong", ABSENT))

    def test_refused_write_must_not_be_seen(self):
        self.assertIn("WRITTEN", self.judged("eventual", 2))

    def test_sequence_of_the_future_is_invented(self):
        self.assertIn("WRITTEN", self.judged("eventual", 3))

    def test_acknowledged_by_a_moment_is_the_newest_by_then(self):
        self.assertEqual([{}, {"7": 0}, {"7": 1}], [self.record.acknowledged_by(moment) for moment in (0, 2, 9)])

    def test_history_that_cannot_be_judged_is_told(self):
        self.record.add_write("client-3", ADA, 1, 6, 7, "done")
        self.assertIn("not judged", self.judged("eventual", 1))


class TimesTest(unittest.TestCase):

    def test_pause_begins_with_the_strike(self):
        self.assertEqual(4.0, longest_pause([15.0, 14.0, 16.0], 10.0))

    def test_span_of_one_failure_is_nothing(self):
        self.assertEqual((0.0, 0.0, 1.5), (span([]), span([3.0]), span([3.0, 4.5])))


if __name__ == "__main__":
    unittest.main()
