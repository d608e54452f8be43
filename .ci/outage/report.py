"""The results of many rounds as one table: the median and the worst of each fault."""
import json
import statistics
from dataclasses import asdict

from faults import FAULTS

FILE = "results.jsonl"
COLUMNS = ("fault", "failed writes", "writes paused, s", "operator promotes after, s", "and has a replica after, s", "failed reads",
           "session and eventual reads failing, s", "all healthy after, s", "alert if it lasts")


def keep(folder, result):
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / FILE, "a") as file:
        file.write(json.dumps(asdict(result)) + "\n")


def line(result):
    """One result for whoever watches."""
    promotion = "" if result.promotion is None else f", promotion {result.promotion:.1f} s"
    promotion += "" if result.quorum is None else f", a replica streams after {result.quorum:.1f} s"
    paused = "" if result.writes_paused is None else f", writes paused {result.writes_paused:.1f} s"
    notes = "".join(f"; {note}" for note in (*result.notes, *(f"{count} {kind}" for kind, count in result.failures.items())))
    return (f"{result.fault} ({result.victim}), seed {result.seed}: {result.requests} requests, {result.users} users; failed: "
            f"{result.failed_writes} writes, {result.failed_reads} reads ({result.reads_failing:.1f} s){paused}{promotion}, "
            f"healthy after {result.until_healthy:.1f} s, at least {result.fewest_ready} pods ready{notes}")


def table(folder):
    """In Markdown, from all results in the folder."""
    results = [json.loads(row) for row in (folder / FILE).read_text().splitlines()]
    by_fault = {}
    for result in results:
        by_fault.setdefault(result["fault"], []).append(result)
    header = ["| " + " | ".join(COLUMNS) + " |", "| --- " * len(COLUMNS) + "|"]
    return "\n".join([total(results), "", *header, *(row(fault, of_fault) for fault, of_fault in by_fault.items())])


def total(results):
    count, requests, users = len(results), sum_of(results, "requests"), sum_of(results, "users")
    return f"{count} faults, {requests} requests, {users} users, {sum(len(result['defects']) for result in results)} defects"


def row(fault, results):
    cells = [fault, counts(results, "failed_writes"), seconds(results, "writes_paused"), seconds(results, "promotion"),
             seconds(results, "quorum"),
             counts(results, "failed_reads"), seconds(results, "reads_failing"), seconds(results, "until_healthy"),
             runbook(fault)]
    return "| " + " | ".join(cells) + " |"


def sum_of(results, name):
    return sum(result[name] for result in results)


def runbook(fault):
    alert = next((each.alert for each in FAULTS if each.name == fault), "")
    return f"[{alert}](runbooks/{alert}.md)" if alert else ""


def both(values, form):
    return f"{form.format(statistics.median(values))} / {form.format(max(values))}" if values else ""


def counts(results, name):
    return both([result[name] for result in results], "{:.0f}")


def seconds(results, name):
    return both([result[name] for result in results if result.get(name) is not None], "{:.1f}")
