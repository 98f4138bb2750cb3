/** The staff routes behind the real edge and a real identity: who may ask, and what is told. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { uuidv7 } from "@sandbank/kernel/clock";
import { type HttpServer, httpServer } from "@sandbank/kernel/http";
import {
  type Face,
  type Identity,
  identityMigrations,
  identityRole,
  openIdentity,
  type Organisation,
  type Person,
} from "@sandbank/kernel/identity";
import { type TestDatabase, testDatabase } from "@sandbank/kernel/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { staffRoutes } from "./staff.ts";

const SITE = { id: "localhost", name: "Sandbank", origins: ["http://localhost"] };
const name = (zh: string, en: string) => ({ zh, en });
const ACADEMY: Organisation = {
  ...{ id: "academy-one", kind: "institution", fictional: true },
  name: name("一号研究院（虚构）", "Academy One (fictional)"),
};
const SUPERVISOR: Organisation = {
  ...{ id: "supervisor", kind: "supervisor", fictional: true },
  name: name("监管局（虚构）", "The supervisor (fictional)"),
};
const OFFICER: Person = {
  ...{ id: uuidv7(), organisation: SUPERVISOR.id, roles: ["supervisor_officer"], lang: "zh" },
  name: name("李科", "Li Ke"),
};
const expert = (zh: string, en: string, roles: Person["roles"] = ["expert"]): Person => ({
  ...{ id: uuidv7(), organisation: ACADEMY.id, lang: "zh", roles, name: name(zh, en) },
});
const ONE = expert("周一", "Zhou Yi");
const TWO = expert("钱二", "Qian Er", ["expert", "auditor"]);
const NONE = expert("孙三", "Sun San", ["auditor"]);

describe("staff routes", () => {
  let database: TestDatabase;
  let identity: Identity;
  let server: HttpServer;

  before(async () => {
    database = await testDatabase({ migrations: [identityMigrations], roles: [identityRole] });
    const store = database.as("sandbank_identity");
    identity = openIdentity({ store, mode: "demo", site: SITE });
    for (const one of [ACADEMY, SUPERVISOR]) await identity.putOrganisation(one);
    for (const one of [OFFICER, ONE, TWO, NONE]) {
      assert.equal(await identity.putPerson(one), true);
    }
    server = await httpServer({ routes: staffRoutes(identity), identity });
  });
  after(async () => {
    await server.close();
    await database.end();
  });

  const get = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await server.inject({ url, headers: { host: "localhost", ...headers } });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  };
  /** Signed in on a face by a link, as the headers that a browser sends. */
  const signedIn = async (person: Person, face: Face) => {
    const link = await identity.issueLink({ person: person.id, purpose: "sign_in", face });
    assert.ok(!isRefusal(link));
    const answer = await server.inject({
      ...{ method: "POST", url: "/api/session/link", payload: { link: link.secret } },
      headers: { host: "localhost" },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    return { cookie: String(answer.headers["set-cookie"]).split(";")[0] ?? "" };
  };
  const codeOf = ({ body }: { readonly body: Record<string, unknown> }) => body["code"];

  test("experts are everybody with that role, with name and home, and nobody else", async () => {
    const answer = await get("/api/experts", await signedIn(OFFICER, "console"));
    assert.equal(answer.status, 200);
    const told = (one: Person) => ({
      ...{ person: one.id, name: one.name, home: ACADEMY.id, organisation: ACADEMY.name },
    });
    const { experts } = answer.body as { experts: { person: string }[] };
    const byPerson = (one: { person: string }, other: { person: string }) =>
      one.person < other.person ? -1 : 1;
    assert.deepEqual(experts.toSorted(byPerson), [ONE, TWO].map(told).toSorted(byPerson));
  });

  test("one who is gone can be appointed no more", async () => {
    const headers = await signedIn(OFFICER, "console");
    const before = await get("/api/experts", headers);
    assert.match(JSON.stringify(before.body), /Qian Er/);
    assert.equal(await identity.revokePerson(TWO.id), true);
    const now = await get("/api/experts", headers);
    assert.doesNotMatch(JSON.stringify(now.body), /Qian Er/);
  });

  test("no visitor, no key and no session of another face may ask", async () => {
    for (const path of ["/api/experts", `/api/staff/${ONE.id}`]) {
      assert.equal(codeOf(await get(path)), "not_signed_in", path);
      const till = await signedIn(NONE, "till");
      assert.equal(codeOf(await get(path, till)), "not_signed_in", path);
      const asked = { organisation: ACADEMY.id, name: "gateway", roles: ["auditor"] } as const;
      const made = await identity.createKey(asked);
      assert.ok(!isRefusal(made));
      const key = { authorization: `Bearer ${made.key}` };
      assert.equal(codeOf(await get(path, key)), "session_needed", path);
    }
  });

  test("a member of staff is told by name and home, an unknown one is absent", async () => {
    const headers = await signedIn(OFFICER, "console");
    const found = await get(`/api/staff/${NONE.id}`, headers);
    assert.deepEqual(found.body, { name: NONE.name, organisation: ACADEMY.name });
    const unknown = await get(`/api/staff/${uuidv7()}`, headers);
    assert.deepEqual([unknown.status, codeOf(unknown)], [404, "staff_member_unknown"]);
  });
});
