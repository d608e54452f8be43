// All that a client does with users, by the types that openapi-typescript generates, with openapi-fetch.
//
//   fetch_client.js URL
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./user_service.js";

type User = components["schemas"]["User"];
type Problem = components["schemas"]["Problem"];
type Users = Client<paths>;

declare const process: { argv: string[] };

const ATTRIBUTES = { rank: "admiral", medals: [1, 2.5], home: { city: "New York", zip: null } };
const UNKNOWN = Number.MAX_SAFE_INTEGER;

function equal(found: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) {
    throw new Error(`${left} is not ${right}`);
  }
}

function present<T>(value: T | null | undefined, failure?: Problem): T {
  if (value === null || value === undefined) {
    throw new Error(`nothing was answered: ${JSON.stringify(failure)}`);
  }
  return value;
}

// The types promise a problem for each error; the name and the fields are what a client decides by.
function refused(
  answer: { response: Response; error?: Problem },
  status: number,
  name: string,
  fields: (string | undefined)[] = [],
): void {
  const problem = present(answer.error);
  equal([answer.response.status, problem.status, problem.type], [status, status, `/problems/${name}`]);
  equal(answer.response.headers.get("content-type"), "application/problem+json");
  equal((problem.errors ?? []).map((each) => each.field), fields);
}

async function writeOne(users: Users, email: string): Promise<{ user: User; tag: string }> {
  const body = { name: "Grace", email, attributes: ATTRIBUTES };
  const key = { "Idempotency-Key": crypto.randomUUID() };
  const created = await users.POST("/users", { params: { header: key }, body });
  const user = present(created.data, created.error);
  equal([created.response.status, created.response.headers.get("location")], [201, `/users/${user.id}`]);
  equal([user.name, user.age, user.attributes], ["Grace", null, ATTRIBUTES]);
  const repeated = await users.POST("/users", { params: { header: key }, body });
  equal([repeated.response.headers.get("idempotent-replayed"), repeated.data], ["true", user]);

  const path = { id: user.id };
  const token = present(created.response.headers.get("consistency-token"));
  const read = await users.GET("/users/{id}", { params: { path, header: { "Consistency-Token": token } } });
  equal(read.data, user);
  const tag = present(read.response.headers.get("etag"));
  const header = { "If-None-Match": tag, Consistency: "strong" };
  equal((await users.GET("/users/{id}", { params: { path, header } })).response.status, 304);
  return { user, tag };
}

async function change(users: Users, user: User, tag: string): Promise<void> {
  const path = { id: user.id };
  const answer = await users.PATCH("/users/{id}", {
    params: { path, header: { "If-Match": tag } },
    body: { age: 36, attributes: { rank: null, home: { zip: 1 } } },
    headers: { "Content-Type": "application/merge-patch+json" },
  });
  const patched = present(answer.data, answer.error);
  equal([patched.age, patched.email, patched.version], [36, user.email, 2]);
  equal(patched.attributes, { medals: [1, 2.5], home: { city: "New York", zip: 1 } });

  // What was read can be put back: nothing is lost.
  const put = await users.PUT("/users/{id}", {
    params: { path, header: { "If-Match": present(answer.response.headers.get("etag")) } },
    body: patched,
  });
  const replaced = present(put.data, put.error);
  equal([replaced.attributes, replaced.email, replaced.version], [patched.attributes, user.email, 3]);
  const removed = await users.PATCH("/users/{id}", { params: { path }, body: { age: null, attributes: null } });
  equal([removed.data?.age, removed.data?.attributes, removed.data?.name], [null, {}, user.name]);
}

async function find(users: Users, written: User[]): Promise<void> {
  const header = { Consistency: "strong" };
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? { limit: 2 } : { limit: 2, cursor };
    const answer = await users.GET("/users", { params: { query, header } });
    const page = present(answer.data, answer.error);
    seen.push(...page.items.map((user) => user.id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  equal(seen, [...seen].sort((left, right) => left - right));
  const ids = written.map((user) => user.id);
  equal(ids.filter((id) => !seen.includes(id)), []);
  const byIds = await users.GET("/users", { params: { query: { ids }, header } });
  equal(byIds.data?.items.map((user) => user.id), [...ids].sort((left, right) => left - right));
  const first = present(written[0]);
  const byEmail = await users.GET("/users", { params: { query: { email: present(first.email).toUpperCase() }, header } });
  equal(byEmail.data?.items.map((user) => user.id), [first.id]);
}

async function importAndExport(users: Users): Promise<void> {
  const imported = await users.POST("/users/import", {
    body: '{"name":"Ada","age":36}\n{"name":""}\n{"name":"Alan","attributes":{"a":1.50}}\n',
    bodySerializer: (lines) => lines,
    headers: { "Content-Type": "application/x-ndjson" },
  });
  const summary = present(imported.data, imported.error);
  equal([summary.imported, summary.rejectedCount, summary.rejected[0]?.line], [2, 1, 2]);
  const exported = await users.GET("/users/export", {
    params: { header: { Consistency: "strong" } },
    parseAs: "text",
  });
  const lines = present(exported.data, exported.error).trimEnd().split("\n");
  const names = lines.map((line) => (JSON.parse(line) as User).name);
  equal([names.includes("Ada"), names.includes("Alan")], [true, true]);
}

async function refuse(users: Users, user: User): Promise<void> {
  refused(await users.GET("/users/{id}", { params: { path: { id: UNKNOWN } } }), 404, "not-found");
  refused(
    await users.PUT("/users/{id}", {
      params: { path: { id: user.id }, header: { "If-Match": '"other"' } },
      body: { name: "No" },
    }),
    412,
    "precondition-failed",
  );
  refused(await users.POST("/users", { body: { name: "   ", age: 151 } }), 422, "invalid-value", ["age", "name"]);
  refused(await users.GET("/users/{id}", { params: { path: { id: 0 } } }), 400, "malformed-request");
}

async function lookAround(users: Users, user: User): Promise<void> {
  const path = { id: user.id };
  const header = { Consistency: "strong" };
  const short = await users.POST("/user/{id}", { params: { path }, body: { name: "Grace", age: 85 } });
  equal(short.data, { id: user.id, name: "Grace", age: 85 });
  equal((await users.GET("/user/{id}", { params: { path, header } })).data, short.data);
  const explained = await users.GET("/routing/explain", { params: { query: { id: user.id, consistency: "strong" } } });
  equal(explained.data?.servers.length, 3);
  equal(typeof present((await users.GET("/leader")).data).epoch, "number");
}

async function remove(users: Users, user: User): Promise<void> {
  const path = { id: user.id };
  const removed = await users.DELETE("/users/{id}", { params: { path } });
  equal([removed.response.status, removed.data], [204, undefined]);
  const header = { "Consistency-Token": present(removed.response.headers.get("consistency-token")) };
  refused(await users.GET("/users/{id}", { params: { path, header } }), 404, "not-found");
}

const users = createClient<paths>({ baseUrl: present(process.argv[2]) });
const { user, tag } = await writeOne(users, `${crypto.randomUUID()}@example.org`);
const other = await writeOne(users, `${crypto.randomUUID()}@example.org`);
await find(users, [user, other.user]);
await change(users, user, tag);
await importAndExport(users);
await refuse(users, user);
await lookAround(users, user);
await remove(users, user);
