"""All that a client does with users, by the client that openapi-python-client generates.

    httpx_client.py URL
"""

import io
import json
import sys
import uuid
from http import HTTPStatus

from user_service import Client
from user_service.api.operations import explain_routing, get_leader
from user_service.api.short_users import get_founding, post_founding
from user_service.api.users import (
    create_user,
    delete_user,
    export_users,
    get_user,
    import_users,
    list_users,
    patch_user,
    put_user,
)
from user_service.models import (
    Attributes,
    Explanation,
    ImportSummary,
    LeaderView,
    NameAndAge,
    Problem,
    ShortUser,
    User,
    UserPage,
    UserPatch,
    UserRequest,
)
from user_service.types import UNSET, File

ATTRIBUTES = {"rank": "admiral", "medals": [1, 2.5], "home": {"city": "New York", "zip": None}}


def expect(answer, status, kind):
    assert answer.status_code == status, (answer.status_code, answer.content)
    assert isinstance(answer.parsed, kind), type(answer.parsed)
    return answer.parsed


def expect_problem(answer, status, name, fields=()):
    problem = expect(answer, status, Problem)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem.status == status and problem.type_ == "/problems/" + name, problem
    errors = [] if problem.errors is UNSET else problem.errors
    assert [each.field for each in errors] == list(fields), problem


def write_one(client, email):
    key = str(uuid.uuid4())
    attributes = Attributes.from_dict(ATTRIBUTES)
    request = UserRequest(name="Grace", email=email, attributes=attributes)
    answer = create_user.sync_detailed(client=client, body=request, idempotency_key=key)
    user = expect(answer, HTTPStatus.CREATED, User)
    assert answer.headers["location"] == f"/users/{user.id}"
    assert user.name == "Grace" and user.age is None and user.attributes.to_dict() == ATTRIBUTES
    repeated = create_user.sync_detailed(client=client, body=request, idempotency_key=key)
    assert repeated.headers["idempotent-replayed"] == "true" and repeated.parsed == user

    token = answer.headers["consistency-token"]
    answer = get_user.sync_detailed(user.id, client=client, consistency_token=token)
    assert expect(answer, HTTPStatus.OK, User) == user and "served-by" in answer.headers
    known = get_user.sync_detailed(
        user.id, client=client, if_none_match=answer.headers["etag"], consistency="strong"
    )
    assert known.status_code == HTTPStatus.NOT_MODIFIED and known.parsed is None
    return user, answer.headers["etag"]


def change(client, user, tag):
    patch = UserPatch(age=36, attributes=Attributes.from_dict({"rank": None, "home": {"zip": 1}}))
    answer = patch_user.sync_detailed(user.id, client=client, body=patch, if_match=tag)
    patched = expect(answer, HTTPStatus.OK, User)
    assert patched.age == 36 and patched.email == user.email and patched.version == 2
    assert patched.attributes.to_dict() == {"medals": [1, 2.5], "home": {"city": "New York", "zip": 1}}
    assert patched.updated_at > user.updated_at and patched.created_at == user.created_at

    # What was read can be put back: nothing is lost.
    request = UserRequest(
        name=patched.name, age=patched.age, email=patched.email, attributes=patched.attributes
    )
    answer = put_user.sync_detailed(
        user.id, client=client, body=request, if_match=answer.headers["etag"]
    )
    put = expect(answer, HTTPStatus.OK, User)
    assert put.attributes == patched.attributes and put.email == user.email and put.version == 3
    removed = patch_user.sync(user.id, client=client, body=UserPatch(age=None, attributes=None))
    assert removed.age is None and removed.attributes.to_dict() == {} and removed.name == user.name


def find(client, users):
    seen, cursor = [], UNSET
    while cursor is not UNSET or not seen:
        answer = list_users.sync_detailed(
            client=client, limit=2, cursor=cursor, consistency="strong"
        )
        page = expect(answer, HTTPStatus.OK, UserPage)
        assert len(page.items) <= 2 and ("link" in answer.headers) == (page.next_cursor is not UNSET)
        seen += [user.id for user in page.items]
        cursor = page.next_cursor
    assert seen == sorted(seen) and {user.id for user in users} <= set(seen)
    ids = [user.id for user in users]
    page = list_users.sync(client=client, ids=ids, consistency="strong")
    assert [user.id for user in page.items] == sorted(ids)
    page = list_users.sync(client=client, email=users[0].email.upper(), consistency="strong")
    assert [user.id for user in page.items] == [users[0].id]


def import_and_export(client):
    lines = b'{"name":"Ada","age":36}\n{"name":""}\n{"name":"Alan","attributes":{"a":1.50}}\n'
    summary = expect(
        import_users.sync_detailed(client=client, body=File(payload=io.BytesIO(lines))),
        HTTPStatus.OK,
        ImportSummary,
    )
    assert (summary.imported, summary.rejected_count) == (2, 1) and summary.rejected[0].line == 2
    exported = export_users.sync(client=client, consistency="strong")
    users = [User.from_dict(json.loads(line)) for line in exported.payload.read().splitlines()]
    assert {"Ada", "Alan"} <= {user.name for user in users}


def refused(client, user):
    unknown = 2**53 - 1
    expect_problem(get_user.sync_detailed(unknown, client=client), 404, "not-found")
    expect_problem(
        patch_user.sync_detailed(unknown, client=client, body=UserPatch(age=1)), 404, "not-found"
    )
    expect_problem(
        put_user.sync_detailed(
            user.id, client=client, body=UserRequest(name="No"), if_match='"other"'
        ),
        412,
        "precondition-failed",
    )
    expect_problem(
        create_user.sync_detailed(client=client, body=UserRequest(name="   ", age=151)),
        422,
        "invalid-value",
        ["age", "name"],
    )
    expect_problem(get_user.sync_detailed(0, client=client), 400, "malformed-request")
    expect_problem(
        list_users.sync_detailed(client=client, ids=[1], limit=2), 400, "malformed-request"
    )


def look_around(client, user):
    short = post_founding.sync(user.id, client=client, body=NameAndAge(name="Grace", age=85))
    assert isinstance(short, ShortUser) and short.age == 85
    assert get_founding.sync(user.id, client=client, consistency="strong") == short
    explanation = explain_routing.sync(client=client, id=user.id, consistency="strong")
    assert isinstance(explanation, Explanation) and len(explanation.servers) == 3
    assert isinstance(get_leader.sync(client=client), LeaderView)


def delete(client, user):
    answer = delete_user.sync_detailed(user.id, client=client)
    assert answer.status_code == HTTPStatus.NO_CONTENT, answer
    token = answer.headers["consistency-token"]
    expect_problem(
        get_user.sync_detailed(user.id, client=client, consistency_token=token), 404, "not-found"
    )


def main(url):
    with Client(base_url=url, raise_on_unexpected_status=True) as client:
        user, tag = write_one(client, f"{uuid.uuid4()}@example.org")
        other, _ = write_one(client, f"{uuid.uuid4()}@example.org")
        find(client, [user, other])
        change(client, user, tag)
        import_and_export(client)
        refused(client, user)
        look_around(client, user)
        delete(client, user)


main(sys.argv[1])
