"""Makes requests valid that the schemas allow and the service must refuse, where a schema cannot say so.

CONSISTENCY_TOKEN and CURSOR are values that the service gave out.
"""

import os
import re
import uuid
import zlib

import schemathesis
from schemathesis.generation import GenerationMode

OPAQUE = re.compile(r"[A-Za-z0-9_-]+")


def replace(values, name, value):
    """Replaces an opaque value that looks right; one that looks wrong stays wrong."""
    if values and isinstance(values.get(name), str) and OPAQUE.fullmatch(values[name]):
        values[name] = value


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    # Only the service knows its tokens and cursors, and one key belongs to one request.
    replace(case.headers, "Consistency-Token", os.environ["CONSISTENCY_TOKEN"])
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    # Nearly no condition holds: half of the requests go without, so that they reach what is behind it.
    for condition in ("If-Match", "If-None-Match"):
        if case.headers and zlib.crc32(str(case.headers.get(condition)).encode()) % 2:
            case.headers.pop(condition, None)
    replace(case.query, "cursor", os.environ["CURSOR"])
    # Three kinds of question, of which a request asks one.
    if case.query and "ids" in case.query:
        for other in ("cursor", "email", "limit"):
            case.query.pop(other, None)
    if case.query and "cursor" in case.query:
        case.query.pop("email", None)
    # 103.0 is a whole number to JSON Schema, and a fraction to this service.
    if isinstance(case.body, dict) and isinstance(case.body.get("age"), float):
        case.body["age"] = int(case.body["age"])


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return value if isinstance(value, bytes) else str(value).encode()
