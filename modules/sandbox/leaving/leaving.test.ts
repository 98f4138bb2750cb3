/**
 * Whole exits through the real guard, ledger and logs: from the dry run to the public report, a
 * period that ends by the clock, kill -9 between any two steps, and what the database itself refuses.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import type { Call } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { codeAskerOf } from "@sandbank/kernel/http/testing";
import type { Refusal } from "@sandbank/kernel/words";
import { manifestHash } from "../archive/manifest.ts";
import { restoreArchive } from "../archive/write.ts";
import * as contract from "../contract.ts";
import { PUBLIC_DESK } from "../index.ts";
import {
  APPROVER,
  COMPLIANCE,
  FOREIGNER,
  type LeavingBed,
  leavingBed,
  OFFICER,
  OPERATOR,
} from "../testing/leaving.ts";
import { shippedPlans } from "../exit/plan.ts";

const SMALL = "small-business-credit";
const MORTGAGE = "mortgage-credit";
const text = { zh: "测试用说明", en: "a text of the test" };
const evidence = "a".repeat(64);
const by = (principal: Principal) => ({ principal });
const BY = { operator: by(OPERATOR), compliance: by(COMPLIANCE), supervisor: by(OFFICER) };

let bed: LeavingBed;

const ask = (route: string, slug: string) =>
  codeAskerOf(bed.sandbox.routes, { principal: OFFICER })(route, { params: { slug } });
const dryRun = async (slug: string) =>
  contract.exitDryRunContract.parse(await ask("GET /api/pilots/{slug}/exit/dry-run", slug));
const standing = async (slug: string) =>
  contract.exitContract.parse(await ask("GET /api/pilots/{slug}/exit", slug));
const livingOf = async (slug: string) => (await bed.sandbox.register.detail(slug))?.policy?.classes;

/** The steps of the plan that ships for a pilot. */
const stepsOf = (slug: string) => shippedPlans().find(({ pilot }) => pilot === slug)?.steps ?? [];

/** Closes a step as its own office: what was done, or the code of the refusal. */
const close = (slug: string, step: string, of: { items?: number; as?: Principal } = {}) => {
  const { items, as } = of;
  const office = stepsOf(slug).find(({ id }) => id === step)?.by ?? "operator";
  const content = { pilot: slug, step, evidence, ...(items === undefined ? {} : { items }) };
  return bed.said("sandbox.close_exit_step", content, as ? by(as) : BY[office]);
};
const item = (slug: string, reported: object, as: Principal = OPERATOR) =>
  bed.said("sandbox.report_exit_item", { pilot: slug, item: reported }, by(as));
const begin = (slug: string) =>
  bed.order("sandbox.begin_exit", { pilot: slug, reason: text, notice: text });
async function archived(slug: string): Promise<void> {
  await bed.publish();
  assert.equal(await bed.said("sandbox.request_archive", { pilot: slug }), "accepted");
  await bed.jobs.drain();
}

describe("S6, P2.6: a credit pilot leaves by its plan", () => {
  before(async () => {
    bed = await leavingBed();
  });
  after(() => bed.end());
  const lend = (id: string, amount: string) =>
    bed.permit(SMALL, "reserve_use", {
      ...{ id, class: "USE", customer: "c-1", currency: "CNY", amount, holdSeconds: 604_800 },
    });

  test("a dry run says what is open, until when by its terms, and whose money it is", async () => {
    assert.equal(await lend("loan-1", "100000"), "accepted");
    assert.equal(await bed.permit(SMALL, "confirm_permit", { id: "loan-1" }), "accepted");
    assert.equal(await lend("loan-2", "5000"), "accepted");
    const found = await dryRun(SMALL);
    assert.equal(found.begun, false);
    const runOff = found.steps.find(({ id }) => id === "run_off");
    assert.deepEqual(
      runOff?.open.map(({ of, unit, amount }) => [of, unit, amount]),
      [
        ["permits", "count", "1"],
        ["permits", "fen", "5000"],
        ["holds", "count", "1"],
        ["loans", "fen", "105000"],
      ],
    );
    assert.deepEqual(
      [found.costFen, found.owedByCustomersFen, found.inFlightFen],
      ["0", "105000", "5000"],
    );
    assert.equal(found.endsByTerms, "2041-03-11T02:00:00.000Z");
    assert.equal(found.endsOnlyByBeingDone, true, "a stock has no term of its own here");
  });

  test("nothing of an exit is done before it begins, and two people of the supervisor begin it", async () => {
    assert.equal(await close(SMALL, "stop_new"), "exit_not_begun");
    const listed = { event: "list", kind: "grading", ref: "g-1" };
    assert.equal(await item(SMALL, listed), "exit_not_begun");
    assert.equal(await bed.said("sandbox.request_archive", { pilot: SMALL }), "exit_not_begun");
    const content = { pilot: SMALL, reason: text, notice: text };
    assert.equal(await bed.said("sandbox.begin_exit", content, by(OPERATOR)), "role_may_not");
    assert.equal(await begin(SMALL), "accepted");
    assert.equal(await begin(SMALL), "pilot_is_exiting");
    const classes = { OPEN: false, USE: false, SERVICE: true };
    assert.deepEqual(await livingOf(SMALL), classes);
    assert.equal(await lend("loan-3", "1"), "class_closed");
    const at = await standing(SMALL);
    assert.deepEqual(
      [at.state, at.cause, at.progress],
      ["running", "decided", { closed: 0, of: 7 }],
    );
    assert.deepEqual(
      at.steps.map(({ state }) => state),
      ["open", "waiting", "waiting", "waiting", "waiting", "waiting", "waiting"],
    );
  });

  test("each step is its own office's, in order, and only of the institution that runs the pilot", async () => {
    assert.equal(await close(SMALL, "grade", { items: 0 }), "exit_step_is_waiting");
    assert.equal(await close(SMALL, "no_such_step"), "exit_step_unknown");
    assert.equal(await close(SMALL, "stop_new", { as: COMPLIANCE }), "exit_step_of_another_office");
    assert.equal(await close(SMALL, "stop_new"), "accepted");
    assert.equal(await close(SMALL, "stop_new"), "exit_step_is_closed");
    assert.equal(
      await close(SMALL, "grade", { items: 0, as: FOREIGNER }),
      "exit_of_another_institution",
    );
  });

  test("what is listed must be all there is, and be finished, with evidence", async () => {
    assert.equal(await close(SMALL, "grade"), "exit_items_not_all_listed");
    assert.equal(await close(SMALL, "grade", { items: 1 }), "exit_items_not_all_listed");
    const listed = { event: "list", kind: "grading", ref: "g-1" };
    assert.equal(await item(SMALL, { ...listed, kind: "no_such_kind" }), "exit_item_kind_unknown");
    assert.equal(await item(SMALL, listed, FOREIGNER), "exit_of_another_institution");
    const finished = { event: "finish", kind: "grading", ref: "g-1", evidence };
    assert.equal(await item(SMALL, finished), "exit_item_unknown");
    assert.equal(await item(SMALL, listed), "accepted");
    assert.equal(await item(SMALL, listed), "exit_item_is_listed");
    assert.equal(await close(SMALL, "grade", { items: 1 }), "exit_obligations_outstanding");
    assert.equal(await item(SMALL, finished), "accepted");
    assert.equal(await item(SMALL, finished), "exit_item_is_finished");
    assert.equal(await close(SMALL, "grade", { items: 1 }), "accepted");
    assert.equal(await item(SMALL, { ...listed, ref: "g-2" }), "exit_item_kind_is_closed");
    assert.equal(await close(SMALL, "freeze", { items: 0 }), "accepted");
    const kind = "recovery_case";
    const ends = "2041-11-01T00:00:00+08:00";
    const mine = { event: "list", kind, ref: "r-1", amountFen: "250000", ends };
    assert.equal(await item(SMALL, mine), "accepted");
    assert.equal((await dryRun(SMALL)).endsByTerms, "2041-10-31T16:00:00.000Z");
    assert.equal(await item(SMALL, { event: "transfer", kind, ref: "r-1", evidence }), "accepted");
    assert.equal(await item(SMALL, mine), "exit_item_is_transferred");
    assert.equal(await close(SMALL, "recover", { items: 1 }), "accepted");
  });

  test("closing with 0.01 outstanding is refused and lists it; with nothing, it closes", async () => {
    assert.equal(await bed.permit(SMALL, "cancel_permit", { id: "loan-2" }), "accepted");
    const back = (part: number, amount: string) =>
      bed.permit(SMALL, "give_back_permit", {
        id: "loan-1",
        back: { why: "repayment", part, amount },
      });
    assert.equal(await back(1, "99999"), "accepted");
    const content = { pilot: SMALL, step: "run_off", evidence };
    const outcome = await bed.act("sandbox.close_exit_step", content, by(OPERATOR));
    assert.ok(outcome.kind === "refused");
    assert.equal(outcome.refusal.code, "exit_obligations_outstanding");
    assert.deepEqual(outcome.refusal.failed, [
      { code: "stocks_zero", limit: "loans", unit: "fen", used: 1n, cap: 0n, clause: "5.3" },
    ] satisfies Refusal["failed"]);
    assert.equal(await back(2, "1"), "accepted");
    assert.equal(await close(SMALL, "run_off"), "accepted");
  });

  test("an open complaint keeps the exit open until it is ended", async () => {
    const lodged = await bed.sandbox.complaints.lodge({
      ...{ pilot: SMALL, principal: PUBLIC_DESK, id: "form-1" },
      lodging: { category: "service", text: "还款之后没有收到结清证明" } as never,
    });
    assert.ok("receipt" in lodged, JSON.stringify(lodged));
    assert.equal(await close(SMALL, "settle_with_people"), "exit_obligations_outstanding");
    const following = { receipt: lodged.receipt, act: "withdraw" as const };
    await bed.sandbox.complaints.actByReceipt({ principal: PUBLIC_DESK, id: "form-2", following });
    assert.equal(await close(SMALL, "settle_with_people"), "accepted");
  });

  test("the archive holds logs, declarations, policies and the hash of the facts, and restores alike", async () => {
    assert.equal(await close(SMALL, "archive"), "exit_obligations_outstanding");
    const foreign = await bed.said("sandbox.request_archive", { pilot: SMALL }, by(FOREIGNER));
    assert.equal(foreign, "exit_of_another_institution");
    await bed.publish();
    const content = { pilot: SMALL };
    assert.equal(await bed.said("sandbox.request_archive", content, by(OPERATOR)), "accepted");
    assert.equal(await bed.said("sandbox.request_archive", content), "exit_archive_is_requested");
    await bed.jobs.drain();
    const [archive] = (await standing(SMALL)).archives;
    assert.equal(archive?.state, "verified");
    const folder = join(bed.folder, "archives", SMALL, "archive-1");
    assert.deepEqual(readdirSync(folder).toSorted(), [
      ...["declarations", "facts.json", "logs", "manifest.json", "policies"],
    ]);
    assert.equal(readdirSync(join(folder, "policies")).length, 3);
    const ports = { store: bed.database.as("sandbank_sandbox"), archives: places() };
    const name = { pilot: SMALL, number: 1 };
    assert.equal(manifestHash(await restoreArchive(ports, name)), archive?.hash);
    const [policy] = readdirSync(join(folder, "policies"));
    const path = join(folder, "policies", policy ?? "");
    copyFileSync(path, join(bed.folder, "kept"));
    writeFileSync(path, "{}");
    const altered = manifestHash(await restoreArchive(ports, name));
    assert.notEqual(altered, archive?.hash);
    copyFileSync(join(bed.folder, "kept"), path);
    assert.equal(manifestHash(await restoreArchive(ports, name)), archive?.hash);
  });

  test("a second archive whose restored copy differs is refused and not believed", async () => {
    assert.equal(await bed.said("sandbox.request_archive", { pilot: SMALL }), "accepted");
    const manifest = { t: "archive", pilot: SMALL, number: 2, files: [], logs: [] } as const;
    const hash = manifestHash(manifest);
    const system = by({ ...PUBLIC_DESK });
    const recorded = { pilot: SMALL, number: 2, hash, manifest };
    const wrong = { ...recorded, hash: evidence };
    const code = "exit_archive_restores_differently";
    assert.equal(await bed.said("sandbox.record_archive", wrong, system), code);
    const restored = { pilot: SMALL, number: 2, hash };
    const early = await bed.said("sandbox.record_restore", restored, system);
    assert.equal(early, "exit_archive_is_requested");
    assert.equal(await bed.said("sandbox.record_archive", recorded, system), "accepted");
    const other = { ...restored, hash: evidence };
    assert.equal(await bed.said("sandbox.record_restore", other, system), code);
    assert.equal(await bed.said("sandbox.record_restore", restored, system), "accepted");
    const none = { ...restored, number: 9 };
    assert.equal(await bed.said("sandbox.record_restore", none, system), "exit_archive_unknown");
    await bed.jobs.drain();
  });

  test("two people of two organisations close it; one alone, or the same one, does not", async () => {
    const statement = { pilot: SMALL, statement: text };
    const complete = (as: Principal) => bed.said("sandbox.complete_exit", { pilot: SMALL }, by(as));
    const confirm = (as: Principal) => bed.said("sandbox.confirm_exit", statement, by(as));
    assert.equal(await confirm(COMPLIANCE), "exit_is_running");
    assert.equal(await close(SMALL, "archive"), "accepted");
    assert.equal(await complete(APPROVER), "exit_is_drained");
    assert.equal(await confirm(FOREIGNER), "exit_of_another_institution");
    assert.equal(await confirm(COMPLIANCE), "accepted");
    assert.equal(await confirm(COMPLIANCE), "exit_is_confirmed");
    const back = { pilot: SMALL, reason: text };
    assert.equal(await bed.said("sandbox.send_back_exit", back), "accepted");
    assert.equal(await complete(APPROVER), "exit_is_drained");
    assert.equal(await confirm(COMPLIANCE), "accepted");
    const both: Principal = { ...APPROVER, id: COMPLIANCE.id };
    assert.equal(await complete(both), "exit_confirmed_by_the_same_person");
    assert.equal(await ask("GET /api/pilots/{slug}/exit/report", SMALL), "exit_is_running");
    assert.equal(await complete(APPROVER), "accepted");
    await bed.jobs.drain();
    assert.equal((await bed.sandbox.register.detail(SMALL))?.state, "exited");
    assert.equal(await complete(APPROVER), "exit_is_completed");
    const service = { id: "last", class: "SERVICE", customer: "c-1" };
    assert.equal(await bed.permit(SMALL, "reserve_service", service), "accepted");
  });

  test("the public report says what was open, what became of each step, and how to check it", async () => {
    const report = contract.exitReportContract.parse(
      await ask("GET /api/pilots/{slug}/exit/report", SMALL),
    );
    assert.deepEqual(
      report.opening.map(({ of, amount }) => [of, amount]),
      [
        ["permits", "1"],
        ["permits", "5000"],
        ["holds", "1"],
        ["loans", "105000"],
      ],
    );
    assert.ok(report.steps.every(({ state, evidence: hash }) => state === "closed" && hash));
    assert.deepEqual(report.progress, { closed: 7, of: 7 });
    assert.deepEqual(report.statement, text);
    assert.equal(report.archives.length, 2);
    assert.match(report.archive.hash, /^[0-9a-f]{64}$/);
    const notices = await bed.sandbox.register.notices(SMALL);
    assert.deepEqual(
      notices
        ?.slice(0, 2)
        .map(({ kind }) => kind)
        .toSorted(),
      ["exit_begun", "exited"],
    );
  });

  test("the database holds the same tables and refuses every other move itself", async () => {
    const { owner } = bed.database;
    let count = 0;
    const put = (sql: string) => owner.query(statement(`test.exit_${++count}`, sql));
    const at = `partition = 0 and pilot = '${SMALL}'`;
    await assert.rejects(put(`update sandbox.exit set state = 'running' where ${at}`), /cannot go/);
    for (const to of ["waiting", "open"]) {
      await assert.rejects(
        put(`update sandbox.exit_step set state = '${to}' where ${at} and number = 1`),
        /cannot go from closed/,
      );
    }
    await assert.rejects(
      put(`update sandbox.exit_item set state = 'listed' where ${at}`),
      /cannot go from (finished|transferred)/,
    );
    await assert.rejects(
      put(`update sandbox.exit_archive set state = 'written' where ${at}`),
      /cannot go from verified/,
    );
    await assert.rejects(
      put(`update sandbox.pilot set state = 'exiting' where slug = '${MORTGAGE}'`),
      /has no exit that lets it be exiting/,
    );
    const rows = await owner.query<Record<string, string>>(
      statement("test.exit_moves", "select * from sandbox.exit_transition"),
    );
    assert.deepEqual(
      rows
        .map((row) => [row["of"], row["from_state"], row["event"], row["to_state"]].join(" "))
        .toSorted(),
      [
        "archive requested write written",
        "archive written restore verified",
        "exit confirmed complete completed",
        "exit confirmed send_back drained",
        "exit drained confirm confirmed",
        "exit running close_last_step drained",
        "exit running close_step running",
        "item listed finish finished",
        "item listed transfer transferred",
        "step open close closed",
        "step waiting open open",
      ],
    );
  });
});

function places() {
  return {
    folder: (pilot: string) => join(bed.folder, "archives", pilot),
    logs: () => [],
    async *facts(): AsyncIterable<string> {},
  };
}

describe("P3.6: a period ends by the clock", () => {
  before(async () => {
    bed = await leavingBed();
  });
  after(() => bed.end());
  const lend = (id: string) =>
    bed.permit(MORTGAGE, "reserve_use", { id, class: "USE", customer: "c-1", amount: "100" });

  test("试点期满零时开始退出: not a millisecond before", async () => {
    await bed.turn("2041-12-28T23:59:59.999+08:00");
    assert.equal((await bed.sandbox.register.detail(MORTGAGE))?.state, "testing");
    const system = by({ ...PUBLIC_DESK });
    const early = await bed.said("sandbox.end_period", { pilot: MORTGAGE }, system);
    assert.equal(early, "pilot_period_not_over");
    await bed.turn("2041-12-29T00:00:00+08:00");
    for (const pilot of [MORTGAGE, SMALL]) {
      const at = await standing(pilot);
      assert.deepEqual(
        [at.state, at.cause, at.begunAt],
        [...["running", "period_over", "2041-12-28T16:00:00.000Z"]],
      );
    }
  });

  test("general business goes on within its lines; new lines and everything else are over", async () => {
    assert.deepEqual(await livingOf(MORTGAGE), { OPEN: false, USE: true, SERVICE: true });
    assert.deepEqual(await livingOf(SMALL), { OPEN: false, USE: false, SERVICE: true });
    assert.equal(await lend("after-1"), "accepted");
    const open = { id: "new", class: "OPEN", customer: "c-2" };
    assert.equal(await bed.permit(MORTGAGE, "reserve_open", open), "class_closed");
    assert.equal((await standing(MORTGAGE)).runOffUntil, "2044-12-29T16:00:00.000Z");
  });

  test("when the last general line has ended, USE closes with its step", async () => {
    assert.equal(await close(MORTGAGE, "stop_new"), "accepted");
    assert.equal(await close(MORTGAGE, "freeze", { items: 0 }), "accepted");
    assert.equal((await livingOf(MORTGAGE))?.USE, true);
    assert.equal(await close(MORTGAGE, "general_run_off", { items: 0 }), "accepted");
    await bed.jobs.drain();
    assert.deepEqual(await livingOf(MORTGAGE), { OPEN: false, USE: false, SERVICE: true });
    assert.equal(await lend("after-2"), "class_closed");
  });
});

describe("kill -9 between any two steps", () => {
  before(async () => {
    bed = await leavingBed();
    assert.equal(await begin(SMALL), "accepted");
    await archived(SMALL);
  });
  after(() => bed.end());
  const WORKER = new URL("../testing/exits.fixture.ts", import.meta.url).pathname;

  /** Acts one after the other in a process that dies at a stop point; answers what was answered. */
  async function serve(calls: readonly Call[], stop: string): Promise<string[]> {
    const login = JSON.stringify(bed.database.login("sandbank_sandbox"));
    const child = spawn(process.execPath, [WORKER], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, SANDBANK_LOGIN: login, SANDBANK_STOP_AT: stop },
    });
    child.stdin.on("error", () => {});
    const answers: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as { ready?: boolean; outcome: string };
      if (!said.ready) answers.push(said.outcome);
      const next = calls[answers.length];
      if (next === undefined) child.stdin.end();
      else child.stdin.write(`${JSON.stringify(next)}\n`);
    }
    return answers;
  }

  test("started again with the same ids it goes on, and no step is done twice", async () => {
    const calls = stepsOf(SMALL).map(({ id: step, by: office, items }, nth): Call => {
      const content = {
        pilot: SMALL,
        step,
        evidence,
        ...(items === undefined ? {} : { items: 0 }),
      };
      const { principal } = BY[office];
      const command = "sandbox.close_exit_step";
      return { partition: 0, id: `kill-${nth}`, command, content, principal };
    });
    // Not "locked": only the first batch of a process takes the lock before it decides.
    const stops = ["prepared", "decided", "written", "committed", "answered"];
    let done = 0;
    let deaths = 0;
    for (let run = 0; done < calls.length; run += 1) {
      assert.ok(run < calls.length * 2, "it does not come to an end");
      const rest = calls.slice(done);
      // The second act of each process kills it: between it and the first, or within it.
      const answers = await serve(rest, `${stops[run % stops.length]}:2`);
      assert.deepEqual([...new Set(answers)], ["accepted"]);
      if (answers.length < rest.length) deaths += 1;
      done += answers.length;
    }
    assert.equal(deaths, calls.length - 1, "it died after every step but the last");
    const at = await standing(SMALL);
    assert.deepEqual([at.state, at.progress], ["drained", { closed: 7, of: 7 }]);
    const journal = statement(
      "test.exit_acts",
      `select count(*) as times, count(distinct id) as ids from guard.journal
        where partition = 0 and outcome = 'accepted' and id like 'kill-%'`,
    );
    const [row] = await bed.database.owner.query<Record<string, unknown>>(journal);
    assert.deepEqual({ ...row }, { times: 7n, ids: 7n });
  });
});
