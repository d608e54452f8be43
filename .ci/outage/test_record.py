"""The judge finds what is false, and nothing in what is true: `python3 -m unittest discover .ci/outage`."""
import unittest

from record import Record, User, verdict
from scene import longest_pause, span


def user_with(newest, refused=()):
    user = User("Ada", "ada@example.org", number=7)
    user.newest = newest
    user.refused = set(refused)
    return user


def body(sequence, **other):
    return {"id": 7, "name": "Ada", "email": "ada@example.org", "age": sequence % 150,
            "attributes": {"sequence": sequence}} | other


class VerdictTest(unittest.TestCase):

    def test_newest_sequence_is_true(self):
        self.assertIsNone(verdict(user_with(5), 5, 200, body(5)))

    def test_unacknowledged_write_may_be_seen(self):
        self.assertIsNone(verdict(user_with(6), 5, 200, body(6)))

    def test_older_than_the_floor_is_stale(self):
        self.assertIn("5 was to be seen", verdict(user_with(5), 5, 200, body(4)))

    def test_missing_user_is_lost(self):
        self.assertIn("not found", verdict(user_with(0), 0, 404, {}))

    def test_user_may_not_be_there_yet(self):
        self.assertIsNone(verdict(user_with(0), -1, 404, {}))

    def test_refused_write_must_not_be_seen(self):
        self.assertIn("not written", verdict(user_with(6, refused=[6]), 5, 200, body(6)))

    def test_sequence_of_the_future_is_invented(self):
        self.assertIn("never written", verdict(user_with(5), 5, 200, body(6)))

    def test_answer_without_a_sequence_is_invented(self):
        self.assertIn("never written", verdict(user_with(5), -1, 200, body(5, attributes={})))

    def test_parts_of_two_writes_are_torn(self):
        self.assertIn("two writes", verdict(user_with(5), 5, 200, body(5, age=4)))

    def test_somebody_else_is_wrong(self):
        self.assertEqual("another user", verdict(user_with(5), 5, 200, body(5, name="Grace")))


class RecordTest(unittest.TestCase):

    def test_floor_is_what_was_acknowledged_by_then(self):
        record, user = Record(), user_with(2)
        for when, sequence in ((1.0, 0), (2.0, 1), (3.0, 2)):
            record.acknowledge(user, sequence, when)
        self.assertEqual([-1, 0, 1, 2], [record.floor(user, when) for when in (0.5, 1.0, 2.9, 9.0)])


class TimesTest(unittest.TestCase):

    def test_pause_begins_with_the_strike(self):
        self.assertEqual(4.0, longest_pause([15.0, 14.0, 16.0], 10.0))

    def test_span_of_one_failure_is_nothing(self):
        self.assertEqual((0.0, 0.0, 1.5), (span([]), span([3.0]), span([3.0, 4.5])))


if __name__ == "__main__":
    unittest.main()
