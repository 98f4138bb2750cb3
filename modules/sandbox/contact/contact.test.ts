/**
 * Proving an address, on a real database with a real queue: the code goes out once or again the same,
 * stands nowhere, is tried five times, and is typed in by whose address it is.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { randomBytes } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { type Asking, codeAskerOf } from "@sandbank/kernel/http/testing";
import { sendCode } from "../dispatch/code.jobs.ts";
import { TRIES_MAX } from "../dispatch/attempt.ts";
import type { Notice, PostOffice } from "../ports.ts";
import { APPROVER, type Bed, OFFICER, OPERATOR, sandboxBed } from "../testing/bed.ts";
import { contactsContract } from "./contact.contract.ts";

const BACKDATE = statement(
  "t.backdate",
  `update sandbox.contact_code set issued = issued - make_interval(secs => $1),
     expires = expires - make_interval(secs => $1)`,
);
const LATEST = statement(
  "t.latest_code",
  `select id::text as id, digest from sandbox.contact_code order by issued desc, id desc limit 1`,
);
const PROVE = statement("t.prove", "update sandbox.contact set proven_at = now() where id = $1");
const TABLES = statement(
  "t.code_tables",
  `select format('%I.%I', n.nspname, c.relname) as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
);

describe("an address", () => {
  const sent: Notice[] = [];
  let answer: "taken" | "refused" | Error = "taken";
  const post: PostOffice = {
    ...{ kinds: ["mail", "sms"], demo: true, inbox: (lang) => `http://localhost/${lang}/inbox` },
    ...{ contacts: (lang) => `http://localhost/${lang}/console/contacts` },
    codeKey: randomBytes(32),
    async send(notice) {
      if (answer instanceof Error) throw answer;
      if (answer === "taken") sent.push(notice);
      return answer;
    },
    rolesOf: async () => [],
  };
  let bed: Bed;
  let routes: ReturnType<typeof codeAskerOf>;
  before(async () => {
    bed = await sandboxBed({ post });
    routes = codeAskerOf(bed.sandbox.routes, { principal: OFFICER, lang: "zh" });
  });
  after(() => bed.end());
  beforeEach(() => {
    answer = "taken";
    sent.length = 0;
  });

  const ask = (name: string, principal: Principal, more: Omit<Asking, "principal"> = {}) =>
    routes(name, { ...more, principal });
  const open = async (by: Principal = OFFICER, more: object = {}) => {
    const body = { kind: "mail", address: "li@test.example", whose: "own", lang: "zh", ...more };
    const opened = await ask("POST /api/contacts", by, { body });
    assert.ok(typeof opened !== "string", String(opened));
    return (opened as { answer: { contact: string } }).answer.contact;
  };
  const codeOf = (notice = sent.at(-1)) => /\b[0-9]{6}\b/.exec(notice?.text ?? "")?.[0] ?? "";
  const prove = async (
    contact: string,
    code: string,
    more: { by?: Principal; id?: string } = {},
  ) => {
    const { by = OFFICER, ...named } = more;
    const asked = { params: { id: contact }, body: { code }, ...named };
    const said = await ask("POST /api/contacts/{id}/proof", by, asked);
    return typeof said === "string" ? said : "proven";
  };
  const another = async (contact: string, by: Principal = OFFICER) => {
    const said = await ask("POST /api/contacts/{id}/codes", by, { params: { id: contact } });
    return typeof said === "string" ? said : "sent";
  };
  const shown = async (contact: string, by: Principal = OFFICER) => {
    const { contacts } = contactsContract.parse(await ask("GET /api/contacts", by));
    const found = contacts.find(({ id }) => id === contact);
    assert.ok(found);
    return found;
  };
  /** Another code than that one. */
  const not = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
  const backdate = (seconds: number) => bed.database.owner.query(BACKDATE, [seconds]);

  /** Tables with a row in which this stands. */
  async function tablesWith(pattern: string): Promise<string[]> {
    const found: string[] = [];
    for (const { name } of await bed.database.owner.query<{ name: string }>(TABLES)) {
      const text = `select 1 from ${name} t where t::text ~ $1 limit 1`;
      const rows = await bed.database.owner.query(statement(`t.in.${name}`, text), [pattern]);
      if (rows.length > 0) found.push(name);
    }
    return found.toSorted();
  }

  test("gets its code with its opening, in its language, and is proven by it, once", async () => {
    const contact = await open(OFFICER, { lang: "en" });
    const { state, code } = await shown(contact);
    assert.equal(state, "unproven");
    assert.deepEqual([code?.state, code?.triesLeft], ["waiting", 5]);
    assert.ok((code?.holdsSeconds ?? 0) > 590 && (code?.pauseSeconds ?? 0) > 50);
    await bed.jobs.drain();
    const [notice] = sent;
    assert.equal(notice?.to, "li@test.example");
    assert.equal(notice.subject, "[Sandbank] Prove this address for notices");
    assert.match(notice.text, /^Code: [0-9]{6}\n/);
    assert.ok(notice.text.includes("http://localhost/en/console/contacts"));
    assert.ok(!notice.subject.includes(codeOf()), "no digits where a screen shows subjects");
    assert.equal((await shown(contact)).code?.state, "sent");
    assert.equal(await prove(contact, codeOf()), "proven");
    const proven = await shown(contact);
    assert.deepEqual([proven.state, proven.code], ["proven", null]);
    assert.ok(proven.provenAt);
    assert.equal(await prove(contact, codeOf()), "contact_already_proven");
    assert.equal(await another(contact), "contact_already_proven");
  });

  test("of a telephone gets a text message in Chinese that says what the code is for", async () => {
    const contact = await open(OFFICER, { kind: "sms", address: "+8613900000000" });
    await bed.jobs.drain();
    assert.match(sent[0]?.text ?? "", /^\[沙岸\] 验证码 [0-9]{6}，10 分钟内有效/);
    assert.equal(await prove(contact, codeOf()), "proven");
  });

  test("is tried five times, and the sixth try is refused with the code itself", async () => {
    const contact = await open();
    await bed.jobs.drain();
    const code = codeOf();
    for (const left of [4, 3, 2, 1, 0]) {
      assert.equal(await prove(contact, not(code)), "contact_code_wrong");
      assert.equal((await shown(contact)).code?.triesLeft, left);
    }
    assert.equal(await prove(contact, code), "contact_code_spent");
    await backdate(60);
    assert.equal(await another(contact), "sent");
    await bed.jobs.drain();
    assert.equal(await prove(contact, codeOf()), "proven", "with another code it is");
  });

  test("counts a wrong try once, however often the same request is sent", async () => {
    const contact = await open();
    await bed.jobs.drain();
    for (const _ of [1, 2, 3]) {
      assert.equal(await prove(contact, not(codeOf()), { id: "same-try" }), "contact_code_wrong");
    }
    assert.equal((await shown(contact)).code?.triesLeft, 4);
  });

  test("under 64 wrong tries at once counts five, and not one more is compared", async () => {
    const contact = await open();
    await bed.jobs.drain();
    const wrong = not(codeOf());
    const all = await Promise.all(Array.from({ length: 64 }, () => prove(contact, wrong)));
    assert.equal(all.filter((said) => said === "contact_code_wrong").length, 5);
    assert.equal(all.filter((said) => said === "contact_code_spent").length, 59);
  });

  test("is proven by the latest code alone, and for 600 s", async () => {
    const contact = await open();
    await bed.jobs.drain();
    const first = codeOf();
    assert.equal(await another(contact), "contact_code_too_soon");
    await backdate(60);
    assert.equal(await another(contact), "sent");
    await bed.jobs.drain();
    const second = codeOf();
    assert.equal(sent.length, 2);
    if (first !== second) assert.equal(await prove(contact, first), "contact_code_wrong");
    await backdate(600);
    assert.equal(await prove(contact, second), "contact_code_expired");
    assert.equal((await shown(contact)).code?.holdsSeconds, 0);
  });

  test("that was replaced, is over or was closed gets no code that still waited", async () => {
    answer = new Error("down");
    const contact = await open();
    await bed.database.owner.query(BACKDATE, [60]);
    assert.equal(await another(contact), "sent");
    answer = "taken";
    await bed.jobs.drain();
    assert.equal(sent.length, 1, "the latest alone");
    answer = new Error("down");
    const late = await open(OFFICER, { address: "late@test.example" });
    await backdate(600);
    const closed = await open(OFFICER, { address: "closed@test.example" });
    await ask("POST /api/contacts/{id}/close", OFFICER, { params: { id: closed } });
    answer = "taken";
    await bed.jobs.drain();
    assert.equal(sent.length, 1, "nothing more");
    assert.equal((await shown(late)).code?.state, "withdrawn");
    assert.equal(await prove(closed, "000000"), "contact_unknown");
  });

  test("whose sender died before saying so gets the same code once more, under the same id", async () => {
    const contact = await open();
    const [row] = await bed.database.owner.query<{ id: string }>(LATEST);
    const job = { code: row?.id ?? "" };
    const context = (attempt: number) => ({
      ...{ id: `t-${attempt}`, partition: 0, attempt, signal: new AbortController().signal },
    });
    const dying = { act: () => Promise.reject(new Error("killed")) };
    const first = sendCode({ store: bed.store, guard: dying, post });
    await assert.rejects(first.run(job, context(1)), /killed/);
    await bed.jobs.drain();
    await sendCode({ store: bed.store, guard: bed.guard, post }).run(job, context(3));
    assert.equal(sent.length, 2);
    assert.deepEqual(sent[0], sent[1]);
    assert.equal(await prove(contact, codeOf(sent[0])), "proven");
  });

  test("that takes no mail is said so, at once or after the last try", async () => {
    answer = "refused";
    const refused = await open(OFFICER, { address: "none@test.example" });
    await bed.jobs.drain();
    assert.equal((await shown(refused)).code?.state, "given_up");
    answer = new Error("down");
    const away = await open(OFFICER, { address: "away@test.example" });
    assert.equal((await bed.jobs.drain()).failed, TRIES_MAX - 1);
    assert.equal((await shown(away)).code?.state, "given_up");
  });

  test("is proven by whose it is: a person's by himself, an organisation's by anybody there", async () => {
    const own = await open();
    await bed.jobs.drain();
    const code = codeOf();
    for (const other of [APPROVER, OPERATOR]) {
      assert.equal(await prove(own, code, { by: other }), "contact_unknown");
      assert.equal(await another(own, other), "contact_unknown");
    }
    const shared = await open(OFFICER, { whose: "organisation" });
    await bed.jobs.drain();
    assert.equal(await prove(shared, codeOf(), { by: OPERATOR }), "contact_unknown");
    assert.equal(await prove(shared, codeOf(), { by: APPROVER }), "proven");
  });

  test("asked for twice under one id is opened once, with one code", async () => {
    const body = { kind: "mail", address: "twice@test.example", whose: "own", lang: "zh" };
    const [one, other] = await Promise.all(
      [1, 2].map(() => ask("POST /api/contacts", OFFICER, { body, id: "twice" })),
    );
    assert.deepEqual(one, other);
    await bed.jobs.drain();
    assert.equal(sent.length, 1);
  });

  test("has a code that stands nowhere: in no table, no journal, no job, but as its HMAC", async () => {
    const contact = await open(OFFICER, { address: "nowhere@test.example" });
    await bed.jobs.drain();
    const code = codeOf();
    const wrong = not(code);
    assert.equal(await prove(contact, wrong), "contact_code_wrong");
    assert.equal(await prove(contact, code), "proven");
    // Six digits by themselves, and not within a hash, an instant or a longer number.
    const alone = (what: string) => `(^|[^0-9a-f.:_-])(${what})($|[^0-9a-f.:_-])`;
    assert.deepEqual(await tablesWith(alone("nowhere@test[.]example")), ["sandbox.wording"]);
    const [row] = await bed.database.owner.query<{ digest: string }>(LATEST);
    const digest = await tablesWith(row?.digest ?? "-");
    assert.ok(digest.includes("sandbox.contact_code") && digest.includes("guard.opening"));
    assert.deepEqual(await tablesWith(alone(`${code}|${wrong}`)), []);
  });

  test("is proven by nothing but a code that was used: the database says so too", async () => {
    const contact = await open();
    await assert.rejects(bed.database.owner.query(PROVE, [contact]), /was proven by no code/);
  });
});
