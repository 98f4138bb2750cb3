/** The routes as a caller sees them: every answer keeps its own contract, every "no" is a refusal. */
import assert from "node:assert/strict";
import { fromIso, shanghaiYear } from "@sandbank/kernel/clock";
import { after, before, describe, test } from "node:test";
import { compileContract } from "@sandbank/kernel/http";
import { codeAskerOf } from "@sandbank/kernel/http/testing";
import { allRefusals } from "@sandbank/kernel/words";
import { APPROVER, type Bed, CUSTOMER, OFFICER, PILOT, sandboxBed } from "./testing/bed.ts";
import * as contract from "./contract.ts";

let bed: Bed;
let ask: ReturnType<typeof codeAskerOf>;

const text = { zh: "演示用说明", en: "a text of the test" };
const params = { slug: PILOT };
const suspension = {
  ...{ kind: "suspension", classes: ["OPEN"], reason: text, notice: text },
  liftedWhen: text,
};

describe("the routes", () => {
  before(async () => {
    bed = await sandboxBed();
    ask = codeAskerOf(bed.sandbox.routes, { principal: OFFICER, lang: "zh" });
    await bed.started();
  });
  after(() => bed.end());

  test("every body that a route takes can be compiled by the server's own reader", () => {
    for (const { method, path, body } of bed.sandbox.routes) {
      if (body === undefined) continue;
      assert.doesNotThrow(() => compileContract(body, "body").warm(), `${method} ${path}`);
    }
  });

  test("S2: the register, a pilot and its notices are open to everybody and keep their contracts", async () => {
    const { pilots } = contract.pilotsContract.parse(await ask("GET /api/pilots"));
    assert.deepEqual(
      pilots.map((one) => one.slug),
      [
        "item-provenance",
        "small-business-credit",
        "mortgage-credit",
        PILOT,
        "open-bank",
        "phone-pos",
      ],
    );
    const detail = contract.detailContract.parse(await ask("GET /api/pilots/{slug}", { params }));
    assert.deepEqual([detail.state, detail.policy?.version, detail.demo], ["testing", 2, true]);
    const notices = await ask("GET /api/pilots/{slug}/notices", { params });
    const { notices: listed } = contract.noticesContract.parse(notices);
    assert.equal(listed.length, 4);
    const numbers = listed.map(({ number, at }) => {
      assert.ok(number.startsWith(`${PILOT}-${yearOf(at)}-`), number);
      return number.slice(-4);
    });
    assert.deepEqual(numbers, ["0002", "0001", "0002", "0001"], "two of 2020, two of this year");
    for (const path of ["", "/limits", "/notices"]) {
      const unknown = { params: { slug: "no-such-pilot" } };
      assert.equal(await ask(`GET /api/pilots/{slug}${path}`, unknown), "pilot_unknown");
    }
  });

  test("limits show cap, use and what is left, and null where there is no one balance", async () => {
    const pay = { customer: "c1", amount: 12_300 };
    const open = { partition: 1, principal: CUSTOMER };
    assert.equal((await bed.act("tokens.open", pay, open)).kind, "accepted");
    assert.equal((await bed.act("tokens.pay", pay, open)).kind, "accepted");
    const { limits, policyVersion } = contract.limitsContract.parse(
      await ask("GET /api/pilots/{slug}/limits", { params }),
    );
    assert.equal(policyVersion, 2);
    const row = (id: string) => {
      const limit = limits.find((one) => one.id === id);
      return [limit?.cap, limit?.used, limit?.left, limit?.unit];
    };
    assert.deepEqual(row("pilot_customers"), ["180000", "1", "179999", "count"]);
    assert.deepEqual(row("pilot_outstanding_amount"), [
      "20000000000",
      "12300",
      "19999987700",
      "fen",
    ]);
    assert.deepEqual(row("customer_day_amount"), ["2000000", null, null, "fen"]);
    assert.deepEqual(row("payment_amount"), ["500000", null, null, "fen"]);
  });

  test("an order is parked, listed, and acts when another person approves it", async () => {
    const order = { params, body: suspension };
    const parked = contract.outcomeContract.parse(
      await ask("POST /api/pilots/{slug}/directives", order),
    );
    assert.ok(parked.outcome === "parked");
    const { tasks } = contract.tasksContract.parse(await ask("GET /api/tasks"));
    assert.deepEqual(
      tasks.map((one) => [one.id, one.command, one.mine]),
      [[parked.task, "sandbox.suspend", true]],
    );
    const task = { params: { id: parked.task } };
    assert.equal(await ask("POST /api/tasks/{id}/approve", task), "role_may_not");
    const approved = await ask("POST /api/tasks/{id}/approve", { ...task, principal: APPROVER });
    assert.equal(contract.outcomeContract.parse(approved).outcome, "accepted");
    await bed.jobs.drain();
    const detail = contract.detailContract.parse(await ask("GET /api/pilots/{slug}", { params }));
    assert.deepEqual([detail.state, detail.directives[0]?.status], ["restricted", "effective"]);
    assert.deepEqual(detail.policy?.classes, { OPEN: false, USE: true, SERVICE: true });
    const again = { ...task, principal: APPROVER };
    assert.equal(await ask("POST /api/tasks/{id}/reject", again), "task_decided");
  });

  test("each kind of order finds its command", async () => {
    const because = { reason: text, notice: text };
    const post = (body: object) => ask("POST /api/pilots/{slug}/directives", { params, body });
    const caps = [{ limit: "pilot_day_amount", cap: "1" }];
    const restriction = { kind: "restriction", caps, liftedWhen: text, ...because };
    assert.equal(contract.outcomeContract.parse(await post(restriction)).outcome, "parked");
    assert.equal(
      contract.outcomeContract.parse(await post({ kind: "resumption", ...because })).outcome,
      "parked",
    );
    const directive = "01890000-0000-7000-8000-000000000000";
    assert.equal(await post({ kind: "lifting", directive, ...because }), "directive_unknown");
    assert.equal(
      await ask("POST /api/pilots/{slug}/directives", { params, body: suspension }),
      "classes_already_suspended",
    );
  });

  test("staff page through the journal backwards; others may not, and no one sees whose acts they are", async () => {
    const page = async (query: object) =>
      contract.journalContract.parse(
        await ask("GET /api/pilots/{slug}/journal", { params, query }),
      );
    const first = await page({ n: "2" });
    assert.equal(first.entries.length, 2);
    const rest = await page({ n: "200", before: first.before ?? "1" });
    const seqs = [...first.entries, ...rest.entries].map((entry) => Number(entry.seq));
    assert.deepEqual(
      seqs,
      seqs.toSorted((one, other) => other - one),
    );
    assert.equal(seqs.at(-1), 1);
    assert.equal(rest.before, null);
    const columns = Object.keys(first.entries[0] ?? {}).sort();
    assert.deepEqual(columns, ["act", "at", "class", "command", "outcome", "policyVersion", "seq"]);
    const journal = "GET /api/pilots/{slug}/journal";
    assert.equal(await ask(journal, { params, principal: CUSTOMER }), "staff_of_this_pilot_only");
    assert.equal(await ask("GET /api/tasks", { principal: CUSTOMER }), "staff_of_this_pilot_only");
    assert.equal(
      await ask(journal, { params, query: { partition: "7" } }),
      "partition_not_of_this_pilot",
    );
    const unserved = await ask(journal, { params: { slug: "phone-pos" } });
    assert.deepEqual(unserved, { partition: null, entries: [], before: null });
  });
});

test("every refusal of the sandbox has its sentence and its remedy in both languages", () => {
  const own = allRefusals().filter((one) => one.part === "sandbox");
  assert.ok(own.length > 30);
  for (const { code, text: said, remedy } of own) {
    for (const sentence of [said.zh, said.en, remedy.zh, remedy.en]) {
      assert.match(sentence, /[。.]$/, code);
      assert.doesNotMatch(sentence, /请|非法|\binvalid\b/, code);
    }
    assert.match(said.zh, /\p{Script=Han}/u, code);
    assert.doesNotMatch(said.en, /\p{Script=Han}/u, code);
  }
});

/** The year in Beijing. */
function yearOf(at: string): string {
  return shanghaiYear(fromIso(at));
}
