/**
 * Letters going outside, on a real database with a real queue: to whom, once, again after a death,
 * given up in sight of everybody, and not at all once an address is erased.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { randomBytes } from "@sandbank/kernel/clock";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { type Asking, codeAskerOf } from "@sandbank/kernel/http/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { contactsContract, newContactContract } from "../contact/contact.contract.ts";
import { LETTERS } from "../inbox/inbox.ts";
import type { Notice, PostOffice } from "../ports.ts";
import {
  APPROVER,
  type Bed,
  CUSTOMER,
  OFFICER,
  OPERATOR,
  PILOT,
  sandboxBed,
} from "../testing/bed.ts";
import { after as afterEvent, DISPATCH_EVENTS, DISPATCH_STATES } from "./dispatch.ts";
import { TRIES_MAX } from "./attempt.ts";
import { sendLetter } from "./dispatch.jobs.ts";
import { mailOf, smsOf } from "./dispatch.words.ts";

const text = { zh: "演示用说明", en: "a text of the test" };
const PROGRAM: Principal = { ...OFFICER, kind: "key", id: "officer-key" };

test("a dispatch moves once, out of waiting", () => {
  for (const state of DISPATCH_STATES) {
    const moves = DISPATCH_EVENTS.map((event) => {
      const to = afterEvent(state, event);
      return isRefusal(to) ? to.code : to;
    });
    const settled = DISPATCH_EVENTS.map(() => "dispatch_settled");
    assert.deepEqual(moves, state === "waiting" ? ["sent", "given_up", "withdrawn"] : settled);
  }
});

test("a notice says kind, subject and link in the reader's language, in one line each", () => {
  const title = { zh: "支付\r\nBcc: x@y.example 中断", en: "x".repeat(500) };
  const link = "https://sandbank.example/zh/console/inbox";
  for (const kind of Object.keys(LETTERS) as (keyof typeof LETTERS)[]) {
    const told = { kind, pilot: PILOT, title, link, demo: true } as const;
    const zh = mailOf({ ...told, lang: "zh" });
    assert.match(zh.subject, /^\[沙岸\] .+：支付 Bcc: x@y\.example 中断$/);
    assert.ok(zh.text.includes(link) && zh.text.includes("演示"));
    const en = mailOf({ ...told, lang: "en" });
    assert.ok(en.subject.length <= 150 && !/\p{Script=Han}/u.test(en.subject + en.text));
    assert.ok(!smsOf({ ...told, lang: "zh" }).includes("支付"), "no subject in a text message");
  }
});

test("addresses are read as SMTP and telephones know them, and nothing else is", () => {
  const taken = (kind: string, address: string) =>
    newContactContract.safeParse({ kind, address, whose: "own", lang: "zh" }).success;
  for (const good of [
    "a@b.example",
    "li.wei+inbox@mail.supervisor.example",
    `${"a".repeat(64)}@b.cn`,
  ]) {
    assert.ok(taken("mail", good), good);
  }
  for (const bad of [
    ...["", "a", "@b.example", "a@b", "a@b.example\r\nRCPT TO:<c@d.example>", "a b@c.example"],
    ...[
      "<a@b.example>",
      "a@b.example,c@d.example",
      "a@-b.example",
      "甲@b.example",
      "a@b.e",
      "a@@b.cn",
    ],
    ...[`${"a".repeat(65)}@b.cn`, `a@${"b".repeat(64)}.cn`, "a@b.example ", '"a b"@c.example'],
  ]) {
    assert.ok(!taken("mail", bad), bad);
  }
  assert.ok(taken("sms", "+8613900000000"));
  for (const bad of ["13900000000", "+0139", "+86 139", "+8613900000000000", "tel:+86139"]) {
    assert.ok(!taken("sms", bad), bad);
  }
});

describe("a letter outside", () => {
  const sent: Notice[] = [];
  const roles = new Map<string, readonly Role[]>();
  /** What the post answers, perhaps later; an error where it fails. */
  let answer: "taken" | "refused" | Error | Promise<"taken"> = "taken";
  let asked = 0;
  const post: PostOffice = {
    ...{ kinds: ["mail", "sms"], demo: true, inbox: (lang) => `http://localhost/${lang}/inbox` },
    ...{ contacts: (lang) => `http://localhost/${lang}/contacts`, codeKey: randomBytes(32) },
    async send(notice) {
      asked += 1;
      const said = await answer;
      if (said instanceof Error) throw said;
      if (said === "taken") sent.push(notice);
      return said;
    },
    rolesOf: async ({ id }) => roles.get(id) ?? [],
  };
  let bed: Bed;
  let routes: ReturnType<typeof codeAskerOf>;
  before(async () => {
    bed = await sandboxBed({ post });
    routes = codeAskerOf(bed.sandbox.routes, { principal: OFFICER, lang: "zh" });
    await bed.started();
    roles.set(OFFICER.id, OFFICER.roles);
    roles.set(APPROVER.id, APPROVER.roles);
  });
  after(() => bed.end());
  beforeEach(async () => {
    answer = "taken";
    sent.length = 0;
    for (const by of [OFFICER, APPROVER, OPERATOR]) {
      for (const { id, closedAt } of (await listed(by)).contacts) {
        if (closedAt === null) await ask("POST /api/contacts/{id}/close", by, { params: { id } });
      }
    }
  });

  const ask = (name: string, principal: Principal, more: Pick<Asking, "params" | "body"> = {}) =>
    routes(name, { ...more, principal });
  const listed = async (by: Principal) =>
    contactsContract.parse(await ask("GET /api/contacts", by));
  /** Opens a contact and types in the code that came there; the code itself is not kept in `sent`. */
  const open = async (by: Principal, more: object = {}) => {
    const body = {
      kind: "mail",
      address: `${by.id}@test.example`,
      whose: "own",
      lang: "zh",
      ...more,
    };
    const opened = await ask("POST /api/contacts", by, { body });
    if (typeof opened === "string") return opened;
    const { answer: made } = opened as { answer: { contact: string } };
    await bed.jobs.drain();
    const code = /\b[0-9]{6}\b/.exec(sent.pop()?.text ?? "")?.[0];
    const proof = { params: { id: made.contact }, body: { code } };
    assert.equal(typeof (await ask("POST /api/contacts/{id}/proof", by, proof)), "object");
    return made.contact;
  };
  const incident = async () => {
    const content = { pilot: PILOT, category: "outage", title: text };
    const outcome = await bed.act("sandbox.open_incident", content, { principal: OPERATOR });
    assert.equal(outcome.kind, "accepted");
    return bed.jobs.drain();
  };
  const stateOf = async (by: Principal) => {
    const { contacts } = await listed(by);
    const { address, dispatches, failed } = contacts.findLast(({ id }) => id === latest) ?? {};
    return { address, ...dispatches, failed };
  };
  let latest = "";

  test("goes to every open contact of those who may read it, in their language, once", async () => {
    latest = await open(OFFICER, { lang: "en" });
    await open(OFFICER, { kind: "sms", address: "+8613900000000" });
    await open(APPROVER, { whose: "organisation", address: "desk@supervisor.example" });
    await open(OPERATOR, { address: "not-for-institutions@bank.example" });
    await incident();
    assert.deepEqual(sent.map(({ kind, to, lang }) => `${kind} ${to} ${lang}`).toSorted(), [
      "mail desk@supervisor.example zh",
      "mail officer-li@test.example en",
      "sms +8613900000000 zh",
    ]);
    assert.match(
      sent.find(({ lang }) => lang === "en")?.subject ?? "",
      /^\[Sandbank\] An incident/,
    );
    assert.equal(new Set(sent.map(({ id }) => id)).size, 3);
    assert.deepEqual(await bed.jobs.drain(), { done: 0, failed: 0 });
    assert.equal(sent.length, 3);
    assert.deepEqual(await stateOf(OFFICER), {
      ...{
        address: "o…@test.example",
        waiting: 0,
        sent: 1,
        givenUp: 0,
        withdrawn: 0,
        failed: null,
      },
    });
  });

  test("goes to no address that nobody has proven", async () => {
    const body = { kind: "mail", address: "unproven@test.example", whose: "own", lang: "zh" };
    assert.equal(typeof (await ask("POST /api/contacts", OFFICER, { body })), "object");
    await bed.jobs.drain();
    assert.deepEqual(
      sent.splice(0).map(({ subject }) => subject),
      ["[沙岸] 验证这个通知地址"],
    );
    await incident();
    assert.equal(sent.length, 0);
    const { contacts } = await listed(OFFICER);
    const last = contacts.at(-1);
    assert.deepEqual([last?.state, last?.dispatches.sent], ["unproven", 0]);
  });

  test("leaves no act where nobody wants to hear of it", async () => {
    const acts = () => bed.database.owner.query<{ n: number }>(ACTS);
    const [earlier] = await acts();
    await incident();
    assert.equal(sent.length, 0);
    assert.equal((await acts())[0]?.n, (earlier?.n ?? 0) + 1, "the incident itself");
  });

  test("is tried again until it is taken, and goes out once", async () => {
    latest = await open(OFFICER);
    answer = new Error("the mail server did not take it: ECONNECTION");
    const task = sendLetter({ store: bed.store, guard: bed.guard, post });
    await bed.act("sandbox.open_incident", INCIDENT, { principal: OPERATOR, id: "down-1" });
    const pair = await pending();
    for (const nth of [1, 2, 3]) {
      await assert.rejects(task.run(pair, context(nth)), /did not take it/);
    }
    assert.equal((await stateOf(OFFICER)).waiting, 1);
    answer = "taken";
    await task.run(pair, context(4));
    await task.run(pair, context(5));
    assert.equal(sent.length, 1);
    assert.equal((await stateOf(OFFICER)).sent, 1);
    await bed.jobs.drain();
    assert.equal(sent.length, 1, "the queue's own job finds it settled");
  });

  test("whose sender died before saying so goes out once more, under the same id, and no third time", async () => {
    latest = await open(OFFICER);
    await bed.act("sandbox.open_incident", INCIDENT, { principal: OPERATOR, id: "killed-1" });
    const pair = await pending();
    const dying = { act: () => Promise.reject(new Error("killed")) };
    const first = sendLetter({ store: bed.store, guard: dying, post });
    await assert.rejects(first.run(pair, context(1)), /killed/);
    await bed.jobs.drain();
    const second = sendLetter({ store: bed.store, guard: bed.guard, post });
    await second.run(pair, context(2));
    assert.equal(sent.length, 2);
    assert.equal(sent[0]?.id, sent[1]?.id);
    assert.deepEqual(sent[0], sent[1]);
    assert.equal((await stateOf(OFFICER)).sent, 1);
  });

  test("that is refused outside is given up at once, and after the last try too, for all to see", async () => {
    latest = await open(OFFICER);
    answer = "refused";
    await incident();
    const { givenUp, failed } = await stateOf(OFFICER);
    assert.deepEqual([givenUp, failed], [1, "refused_outside"]);
    answer = new Error("down");
    const ended = await incident();
    assert.equal(ended.failed, TRIES_MAX - 1);
    const later = await stateOf(OFFICER);
    assert.deepEqual([later.givenUp, later.failed], [2, "not_taken"]);
    assert.deepEqual(await bed.jobs.parked(), []);
  });

  test("is not sent to an address that was erased, nor to a person who left", async () => {
    latest = await open(OFFICER);
    answer = new Error("down");
    await bed.act("sandbox.open_incident", INCIDENT, { principal: OPERATOR, id: "erased-1" });
    const pair = await pending();
    assert.equal(typeof (await ask(CLOSE, OFFICER, { params: { id: latest } })), "object");
    answer = "taken";
    await bed.jobs.drain();
    assert.equal(sent.length, 0);
    const { address, withdrawn } = await stateOf(OFFICER);
    assert.deepEqual([address, withdrawn], [null, 1]);
    assert.ok(pair.contact === latest);

    latest = await open(APPROVER);
    roles.set(APPROVER.id, []);
    await incident();
    roles.set(APPROVER.id, APPROVER.roles);
    assert.equal(sent.length, 0);
    assert.equal((await stateOf(APPROVER)).withdrawn, 1);
  });

  test("an erased address stands nowhere: no table, no journal, no job has it", async () => {
    const address = "nobody-else-has-this@erase.example";
    latest = await open(OFFICER, { address });
    await incident();
    assert.equal(sent[0]?.to, address);
    await ask(CLOSE, OFFICER, { params: { id: latest } });
    const tables = await bed.database.owner.query<{ name: string }>(TABLES);
    assert.ok(tables.length > 40);
    for (const { name } of tables) {
      const search = statement(
        `t.${name}`,
        `select 1 from ${name} t where t::text like $1 limit 1`,
      );
      assert.deepEqual(await bed.database.owner.query(search, [`%${address}%`]), [], name);
    }
  });

  test("a contact is opened by who reads letters, and closed by whose it is", async () => {
    assert.equal(await open(CUSTOMER), "role_may_not");
    assert.equal(await open(PROGRAM), "contact_of_a_person_only");
    const own = await open(OFFICER);
    const shared = await open(OFFICER, { whose: "organisation" });
    const close = (by: Principal, id: string) => ask(CLOSE, by, { params: { id } });
    assert.equal(await close(APPROVER, own), "contact_unknown");
    assert.equal(await close(OPERATOR, shared), "contact_unknown");
    assert.ok(!(await listed(APPROVER)).contacts.some(({ id }) => id === own));
    assert.equal(typeof (await close(APPROVER, shared)), "object");
    assert.equal(await close(APPROVER, shared), "contact_unknown");
  });

  test("keeps no order of the supervisor waiting, however slow the post is", async () => {
    latest = await open(OFFICER);
    const slow = Promise.withResolvers<"taken">();
    answer = slow.promise;
    asked = 0;
    const letters = AT_ONCE + 1;
    for (let n = 0; n < letters; n++) {
      await bed.act("sandbox.open_incident", INCIDENT, { principal: OPERATOR });
    }
    bed.jobs.start();
    await until(() => asked === AT_ONCE);
    const order = { pilot: PILOT, classes: ["USE"], reason: text, notice: text, liftedWhen: text };
    const parked = await bed.act("sandbox.suspend", order);
    assert.ok(parked.kind === "parked");
    const approval = { task: parked.task };
    await bed.act("guard.approve_task", approval, { principal: APPROVER });
    bed.jobs.nudge();
    const detail = async () => (await bed.sandbox.register.detail(PILOT))?.policy;
    await until(async () => (await detail())?.classes.USE === false && (await detail())?.effective);
    assert.deepEqual([asked, sent.length], [AT_ONCE, 0]);
    slow.resolve("taken");
    await bed.jobs.drain();
    assert.equal(sent.filter(({ subject }) => subject?.includes("事件")).length, letters);
  });

  const CLOSE = "POST /api/contacts/{id}/close";
  /** What the queue of the bed runs at once. */
  const AT_ONCE = 8;

  /** Waits for what must come; whatever never does fails here. */
  async function until(come: () => unknown): Promise<void> {
    for (let tried = 0; tried < 400; tried++) {
      if ((await come()) === true) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    assert.fail("it did not come");
  }
  const INCIDENT = { pilot: PILOT, category: "outage", title: text };
  const context = (attempt: number) => ({
    ...{ id: `t-${attempt}`, partition: 0, attempt, signal: new AbortController().signal },
  });

  /** Finds the contacts of the letter just written and leaves the sending to the test. */
  async function pending() {
    const [letter] = await bed.database.owner.query<{ id: string }>(LATEST);
    const outcome = await bed.act(
      "sandbox.dispatch_letter",
      { letter: letter?.id },
      {
        principal: { kind: "system", id: "sandbox", organisation: "sandbank", roles: ["system"] },
        id: `dispatch-${letter?.id}`,
      },
    );
    assert.equal(outcome.kind, "accepted");
    return { letter: letter?.id ?? "", contact: latest };
  }
});

const ACTS = statement(
  "t.acts",
  "select count(*)::int as n from guard.journal where partition = 0",
);
const LATEST = statement(
  "t.latest_letter",
  "select id::text as id from sandbox.letter order by at desc, id desc limit 1",
);
const TABLES = statement(
  "t.tables",
  `select format('%I.%I', n.nspname, c.relname) as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
);
