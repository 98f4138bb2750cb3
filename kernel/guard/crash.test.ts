/**
 * Crash anywhere. A worker process is killed with SIGKILL at each named stop point, and PostgreSQL
 * with all its backends under load; then everything is asked again with the same ids. Nothing that
 * was acknowledged is lost, no group is partial, every retry ends in one effect.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { balances, differingAccounts } from "../ledger/index.ts";
import type { Call } from "./command.ts";
import { journalPage } from "./reads.store.ts";
import { type Bed, CUSTOMER, roomyPolicy, sampleBed } from "./sample/bed.ts";
import type { Stop } from "./stops.ts";

const WORKER = new URL("./sample/worker.ts", import.meta.url).pathname;
const LONG = process.env["SANDBANK_LONG"] === "1";
const KILLS = LONG ? 20 : 2;
const ACTS = 120;

describe("crash anywhere", () => {
  let bed: Bed;
  before(async () => {
    bed = await sampleBed(roomyPolicy(), 1, true);
  });
  after(() => bed.end());

  /** Starts a worker, sends the calls, and gathers answers until it ends or all are answered. */
  async function serve(calls: readonly Call[], stop?: string): Promise<Map<string, string>> {
    const child = spawn(process.execPath, [WORKER], {
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        ...process.env,
        SANDBANK_LOGIN: JSON.stringify(bed.login),
        ...(stop === undefined ? {} : { SANDBANK_STOP_AT: stop }),
      },
    });
    const answers = new Map<string, string>();
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as { ready?: boolean; id: string; outcome: string };
      if (said.ready) send(child, calls);
      else answers.set(said.id, said.outcome);
      if (answers.size === calls.length) child.stdin?.end();
    }
    return answers;
  }

  function send(child: ChildProcess, calls: readonly Call[]): void {
    child.stdin?.on("error", () => {});
    for (const call of calls) child.stdin?.write(`${JSON.stringify(call)}\n`);
  }

  const act = (id: string, command: string, content: unknown): Call => ({
    ...{ partition: 1, id, command, content },
    principal: CUSTOMER,
  });

  /** Every id stands in the journal once, and the books say what the accepted acts say. */
  async function proveBooks(calls: readonly Call[], jar: string): Promise<void> {
    const lines = await journalPage(bed.readings, 1, { before: 1_000_000n, most: 10_000 });
    const ids = lines.map((line) => line.id);
    for (const call of calls) assert.equal(ids.filter((id) => id === call.id).length, 1, call.id);
    assert.deepEqual(await differingAccounts(bed.readings, 1), []);
    const [own] = await balances(bed.readings, 1, `jar/${jar}`);
    assert.equal(own?.credits, BigInt(calls.length), "each act put one coin, once");
  }

  const STOPPED: readonly Stop[] = [
    "prepared",
    "locked",
    "decided",
    "written",
    "committed",
    "answered",
  ];

  describe("the process is killed", () => {
    for (const stop of STOPPED) {
      test(`at "${stop}": what was acknowledged stands, what was not ends in one effect`, async () => {
        const jar = `jar-${stop}`;
        await bed.act("sample.open", { jar, customer: jar });
        const calls = Array.from({ length: ACTS }, (_, i) =>
          act(`${stop}-${i}`, "sample.put", { jar, coins: "1" }),
        );
        const first = await serve(calls, `${stop}:${stop === "prepared" ? 60 : 3}`);
        assert.ok(first.size < calls.length, "the worker died before it had answered everything");
        const second = await serve(calls);
        assert.equal(second.size, calls.length);
        for (const [id, outcome] of first) assert.equal(second.get(id), outcome, id);
        await proveBooks(calls, jar);
      });
    }
  });

  test(`PostgreSQL is killed ${KILLS} times under load: every act is answered and stands once`, async () => {
    await bed.act("sample.open", { jar: "postgres", customer: "postgres" });
    const calls: Call[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const burst = Array.from({ length: ACTS }, (_, i) =>
        act(`pg-${kill}-${i}`, "sample.put", { jar: "postgres", coins: "1" }),
      );
      calls.push(...burst);
      const outcomes = burst.map((call) => bed.guard.act(call));
      await outcomes[kill % 10];
      await bed.restartAfterKill9();
      await Promise.all(outcomes.map((outcome, i) => settle(outcome, burst[i] as Call)));
    }
    await proveBooks(calls, "postgres");
  });

  async function settle(outcome: ReturnType<Bed["guard"]["act"]>, call: Call): Promise<void> {
    let answer = await outcome.catch(() => ({ kind: "unknown" as const }));
    for (let tries = 0; answer.kind === "unknown" && tries < 20; tries++) {
      answer = await bed.guard.act(call);
    }
    assert.equal(answer.kind, "accepted", call.id);
  }
});
