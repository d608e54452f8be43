"""All that a client does with users, by the client that openapi-generator generates for Python.

    urllib3_client.py URL
"""

import sys
import uuid

from user_service import ApiClient, Configuration, OperationsApi, ShortUsersApi, UsersApi
from user_service.exceptions import (
    ApiException,
    BadRequestException,
    NotFoundException,
    UnprocessableEntityException,
)
from user_service.models import NameAndAge, Problem, User, UserPatch, UserRequest

ATTRIBUTES = {"rank": "admiral", "medals": [1, 2.5], "home": {"city": "New York", "zip": None}}


def expect_problem(call, kind, status, name, fields=()):
    try:
        call()
    except ApiException as failure:
        assert isinstance(failure, kind) and failure.status == status, failure
        problem = failure.data
        assert isinstance(problem, Problem), problem
        assert problem.status == status and problem.type == "/problems/" + name, problem
        assert [each.var_field for each in problem.errors or []] == list(fields), problem
    else:
        raise AssertionError(f"{name} was expected")


def write_one(users, email):
    key = str(uuid.uuid4())
    request = UserRequest(name="Grace", email=email, attributes=ATTRIBUTES)
    answer = users.create_user_with_http_info(request, idempotency_key=key)
    user = answer.data
    assert answer.status_code == 201 and isinstance(user, User)
    assert answer.headers["Location"] == f"/users/{user.id}"
    assert user.name == "Grace" and user.age is None and user.attributes == ATTRIBUTES
    repeated = users.create_user_with_http_info(request, idempotency_key=key)
    assert repeated.headers["Idempotent-Replayed"] == "true" and repeated.data == user

    token = answer.headers["Consistency-Token"]
    answer = users.get_user_with_http_info(user.id, consistency_token=token)
    assert answer.data == user and "Served-By" in answer.headers
    return user, answer.headers["ETag"]


def change(users, user, tag):
    patch = UserPatch(age=36, attributes={"rank": None, "home": {"zip": 1}})
    answer = users.patch_user_with_http_info(user.id, patch, if_match=tag)
    patched = answer.data
    assert patched.age == 36 and patched.email == user.email and patched.version == 2
    assert patched.attributes == {"medals": [1, 2.5], "home": {"city": "New York", "zip": 1}}
    assert patched.updated_at > user.updated_at and patched.created_at == user.created_at

    # What was read can be put back: nothing is lost.
    request = UserRequest.from_dict(patched.to_dict())
    put = users.put_user(user.id, request, if_match=answer.headers["ETag"])
    assert put.attributes == patched.attributes and put.email == user.email and put.version == 3
    removed = users.patch_user(user.id, UserPatch(age=None, attributes=None))
    assert removed.age is None and removed.attributes == {} and removed.name == user.name


def find(users, written):
    seen, cursor = [], None
    while cursor is not None or not seen:
        page = users.list_users(limit=2, cursor=cursor, consistency="strong")
        assert len(page.items) <= 2
        seen += [user.id for user in page.items]
        cursor = page.next_cursor
    assert seen == sorted(seen) and {user.id for user in written} <= set(seen)
    ids = [user.id for user in written]
    page = users.list_users(ids=ids, consistency="strong")
    assert [user.id for user in page.items] == sorted(ids)
    page = users.list_users(email=written[0].email.upper(), consistency="strong")
    assert [user.id for user in page.items] == [written[0].id]


def import_and_export(users):
    lines = b'{"name":"Ada","age":36}\n{"name":""}\n{"name":"Alan","attributes":{"a":1.50}}\n'
    summary = users.import_users(lines)
    assert (summary.imported, summary.rejected_count) == (2, 1) and summary.rejected[0].line == 2
    exported = users.export_users(consistency="strong")
    names = {User.from_json(line.decode()).name for line in exported.splitlines()}
    assert {"Ada", "Alan"} <= names


def refused(users, user):
    unknown = 2**53 - 1
    expect_problem(lambda: users.get_user(unknown), NotFoundException, 404, "not-found")
    expect_problem(
        lambda: users.patch_user(unknown, UserPatch(age=1)), NotFoundException, 404, "not-found"
    )
    expect_problem(
        lambda: users.put_user(user.id, UserRequest(name="No"), if_match='"other"'),
        ApiException,
        412,
        "precondition-failed",
    )
    expect_problem(
        lambda: users.create_user(UserRequest(name="   ")),
        UnprocessableEntityException,
        422,
        "invalid-value",
        ["name"],
    )
    expect_problem(
        lambda: users.list_users(ids=[1], limit=2), BadRequestException, 400, "malformed-request"
    )


def look_around(client, user):
    short_users, operations = ShortUsersApi(client), OperationsApi(client)
    short = short_users.post_founding(user.id, NameAndAge(name="Grace", age=85))
    assert short.age == 85
    assert short_users.get_founding(user.id, consistency="strong") == short
    assert len(operations.explain_routing(user.id, consistency="strong").servers) == 3
    assert operations.get_leader().epoch > 0


def delete(users, user):
    answer = users.delete_user_with_http_info(user.id)
    assert answer.status_code == 204 and answer.data is None
    token = answer.headers["Consistency-Token"]
    expect_problem(
        lambda: users.get_user(user.id, consistency_token=token), NotFoundException, 404, "not-found"
    )


def main(url):
    with ApiClient(Configuration(host=url)) as client:
        users = UsersApi(client)
        user, tag = write_one(users, f"{uuid.uuid4()}@example.org")
        other, _ = write_one(users, f"{uuid.uuid4()}@example.org")
        find(users, [user, other])
        change(users, user, tag)
        import_and_export(users)
        refused(users, user)
        look_around(client, user)
        delete(users, user)


main(sys.argv[1])
