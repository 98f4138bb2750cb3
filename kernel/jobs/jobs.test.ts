/** Judges the runner on a real database: every job runs, none is lost, none runs twice at once. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import fc from "fast-check";
import { type Instant, machineNow } from "../clock/index.ts";
import { ledgerMigrations } from "../ledger/index.ts";
import { statement } from "../store/index.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { type Task, afterFailure, backoffMs, errorText, task } from "./job.ts";
import { jobsMigrations, jobsRole } from "./job.store.ts";
import type { Json } from "./json.ts";
import { type Jobs, openJobs } from "./jobs.ts";

const ENQUEUE = statement("t.enqueue", "select jobs.enqueue($1, $2::text[], $3::jsonb[])");
const OWN = statement("t.own", "select ledger.open_partition(7, 'sandbank_trial')");
const COUNT = statement("t.count", "select count(*)::int as jobs from jobs.outbox");
const CLEAR = statement("t.clear", "delete from jobs.outbox");
const MODULE = { role: "sandbank_trial", memberOf: ["sandbank_act"] };

describe("the runner of jobs", () => {
  let database: TestDatabase;
  let time: { now: number };
  before(async () => {
    const migrations = [ledgerMigrations, jobsMigrations];
    database = await testDatabase({ migrations, roles: [jobsRole, MODULE] });
    await database.owner.query(OWN);
  });
  after(() => database.end());
  beforeEach(async () => {
    time = { now: machineNow() };
    await database.owner.query(CLEAR);
  });

  const silent = { error() {}, warn() {} };

  function runner(tasks: readonly Task[], settings: object = {}): Jobs {
    const store = database.as("sandbank_jobs");
    const jobs = openJobs({ store, log: silent, now: () => time.now as Instant, ...settings });
    jobs.register(tasks);
    return jobs;
  }

  async function enqueue(jobs: readonly { readonly task: string; readonly payload: Json }[]) {
    const tasks = jobs.map((one) => one.task);
    const payloads = jobs.map((one) => JSON.stringify(one.payload));
    await database.as("sandbank_trial").query(ENQUEUE, [7, tasks, payloads]);
  }

  async function left(): Promise<number> {
    return (await database.owner.query<{ jobs: number }>(COUNT))[0]?.jobs ?? -1;
  }

  /** A task that notes what it ran. */
  function noting(name: string, work: (attempt: number) => void = () => undefined) {
    const ran: { payload: Json; id: string; attempt: number; partition: number }[] = [];
    const noted = task({
      task: name,
      attempts_max: 3,
      run: async (payload: Json, { id, attempt, partition }) => {
        ran.push({ payload, id, attempt, partition });
        work(attempt);
      },
    });
    return { ran, task: noted };
  }

  describe("draining", () => {
    test("runs every job once with its payload and a stable id, then nothing is left", async () => {
      const note = noting("pos.notify");
      const jobs = runner([note.task]);
      await enqueue([1, 2, 3].map((n) => ({ task: "pos.notify", payload: { n } })));
      assert.deepEqual(await jobs.drain(), { done: 3, failed: 0 });
      assert.deepEqual(new Set(note.ran.map(({ payload }) => JSON.stringify(payload))).size, 3);
      assert.equal(new Set(note.ran.map(({ id }) => id)).size, 3);
      assert.ok(note.ran.every(({ id, partition }) => partition === 7 && id.startsWith("7.")));
      assert.equal(await left(), 0);
      assert.deepEqual(await jobs.drain(), { done: 0, failed: 0 });
    });

    test("runs what jobs enqueue while they run, until quiet", async () => {
      const chain = task({
        task: "chain.next",
        run: async (payload: Json) => {
          const n = payload as number;
          if (n < 5) await enqueue([{ task: "chain.next", payload: n + 1 }]);
        },
      });
      await enqueue([{ task: "chain.next", payload: 0 }]);
      assert.deepEqual(await runner([chain]).drain(), { done: 6, failed: 0 });
      assert.equal(await left(), 0);
    });

    test("tries a failing job to its last try, keeps its id and parks it", async () => {
      const note = noting("pos.fail", () => {
        throw new Error("card 6212345678901234567 declined");
      });
      const jobs = runner([note.task]);
      await enqueue([{ task: "pos.fail", payload: null }]);
      assert.deepEqual(await jobs.drain(), { done: 0, failed: 3 });
      assert.deepEqual(
        note.ran.map(({ attempt }) => attempt),
        [1, 2, 3],
      );
      assert.equal(new Set(note.ran.map(({ id }) => id)).size, 1);
      const [parked] = await jobs.parked();
      assert.equal(parked?.attempts, 3);
      assert.equal(parked?.last_error, "Error: card [number] declined");
      assert.ok(parked && (await jobs.release(parked)));
      assert.ok(!(await jobs.release(parked)));
      assert.deepEqual(await jobs.drain(), { done: 0, failed: 3 });
    });

    test("leaves tasks that nobody registered where they are, and says so", async () => {
      await enqueue([{ task: "stranger.task", payload: {} }]);
      const jobs = runner([noting("pos.notify").task]);
      assert.deepEqual(await jobs.drain(), { done: 0, failed: 0 });
      const waiting = await jobs.waiting();
      assert.deepEqual(
        waiting.map(({ task: name, jobs: n }) => [name, n]),
        [["stranger.task", 1]],
      );
    });

    test("runs many more jobs than it takes at once", async () => {
      const note = noting("pos.notify");
      const many = Array.from({ length: 1_500 }, (_, n) => ({ task: "pos.notify", payload: n }));
      await enqueue(many);
      assert.deepEqual(await runner([note.task]).drain(), { done: 1_500, failed: 0 });
      assert.equal(new Set(note.ran.map(({ payload }) => payload)).size, 1_500);
    });
  });

  describe("running", () => {
    test("a nudge after the commit runs the job without waiting for the poll", async () => {
      const { promise, resolve } = Promise.withResolvers<Json>();
      const noted = task({ task: "pos.notify", run: async (payload: Json) => resolve(payload) });
      const jobs = runner([noted], { poll_ms: 3_600_000, now: machineNow });
      jobs.start();
      await enqueue([{ task: "pos.notify", payload: "now" }]);
      jobs.nudge();
      assert.equal(await promise, "now");
      await jobs.stop();
      assert.equal(await left(), 0);
    });

    test("an urgent job waits for none of the others, however many there are", async () => {
      const stuck = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const ran = Promise.withResolvers<void>();
      const slow = task({
        task: "pos.slow",
        run: async () => {
          begun.resolve();
          await stuck.promise;
        },
      });
      const urgent = task({ task: "pos.urgent", urgent: true, run: async () => ran.resolve() });
      await enqueue(Array.from({ length: 300 }, () => ({ task: "pos.slow", payload: {} })));
      const jobs = runner([slow, urgent], { at_once_max: 2, poll_ms: 3_600_000, now: machineNow });
      jobs.start();
      await begun.promise;
      await enqueue([{ task: "pos.urgent", payload: {} }]);
      jobs.nudge();
      await ran.promise;
      const slows = (await jobs.waiting()).find((row) => row.task === "pos.slow");
      assert.equal(slows?.jobs, 300, "the others are all still there");
      stuck.resolve();
      await jobs.drain();
      await jobs.stop();
      assert.equal(await left(), 0);
    });

    test("two runners never run one job at the same time", async () => {
      const note = noting("pos.notify");
      await enqueue(Array.from({ length: 300 }, (_, n) => ({ task: "pos.notify", payload: n })));
      const runners = [runner([note.task]), runner([note.task])];
      const done = await Promise.all(runners.map((one) => one.drain()));
      assert.equal(
        done.reduce((sum, one) => sum + one.done, 0),
        300,
      );
      assert.equal(note.ran.length, 300);
    });

    test("a failed job waits for its next try", async () => {
      const note = noting("pos.once", (attempt) => {
        if (attempt === 1) throw new Error("not yet");
      });
      await enqueue([{ task: "pos.once", payload: {} }]);
      const failed = Promise.withResolvers<void>();
      const log = { error() {}, warn: () => failed.resolve() };
      const jobs = runner([note.task], { poll_ms: 3_600_000, log });
      jobs.start();
      await failed.promise;
      await jobs.stop();
      const text = "select run_at, attempts from jobs.outbox";
      const [row] = await database.owner.query<{ run_at: Instant }>(statement("t.run_at", text));
      assert.equal(row?.run_at, time.now + 1_000);
      assert.deepEqual(await runner([note.task]).drain(), { done: 1, failed: 0 });
    });

    test("a dead runner's jobs run elsewhere once its lease has ended", async () => {
      const stuck = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      const hanging = task({
        task: "pos.notify",
        run: async () => {
          begun.resolve();
          await stuck.promise;
        },
      });
      await enqueue([{ task: "pos.notify", payload: {} }]);
      const dead = runner([hanging], { lease_ms: 60_000 });
      dead.start();
      await begun.promise;
      const note = noting("pos.notify");
      const heir = runner([note.task]);
      assert.deepEqual(await heir.drain(), { done: 0, failed: 0 });
      time.now += 60_000;
      assert.deepEqual(await heir.drain(), { done: 1, failed: 0 });
      assert.equal(note.ran[0]?.attempt, 2);
      stuck.resolve();
      await dead.stop();
      assert.equal(await left(), 0);
    });

    test("stopping waits for what runs, and hands back what does not end in time", async () => {
      const begun = Promise.withResolvers<void>();
      const cut = task({
        task: "pos.notify",
        run: async (_payload: Json, { signal }) => {
          begun.resolve();
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          throw new Error("cut");
        },
      });
      await enqueue([{ task: "pos.notify", payload: {} }]);
      const said: string[] = [];
      const say = (_: object, sentence: string) => void said.push(sentence);
      const jobs = runner([cut], { log: { error: say, warn: say } });
      jobs.start();
      await begun.promise;
      await jobs.stop(1);
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(said, [], "what was cut off has not failed");
      const note = noting("pos.notify");
      time.now += 1_000;
      assert.deepEqual(await runner([note.task]).drain(), { done: 1, failed: 0 });
    });

    test("a job enqueued in a transaction that rolls back was never there", async () => {
      const store = database.as("sandbank_trial");
      const undone = store.transaction(async (tx) => {
        await tx.query(ENQUEUE, [7, ["pos.notify"], ["{}"]]);
        throw new Error("no");
      });
      await assert.rejects(undone, /no/);
      assert.equal(await left(), 0);
    });
  });

  describe("roles", () => {
    test("a module may enqueue and nothing else", async () => {
      const store = database.as("sandbank_trial");
      const select = statement("t.select", "select * from jobs.outbox");
      await assert.rejects(store.query(select), /permission denied/);
      const insert =
        "insert into jobs.outbox (partition, task, payload, created) values (1,'a','{}',now())";
      await assert.rejects(store.query(statement("t.insert", insert)), /permission denied/);
      const jobs = database.as("sandbank_jobs");
      await assert.rejects(jobs.query(statement("t.insert", insert)), /permission denied/);
      await assert.rejects(jobs.query(ENQUEUE, [1, ["a"], ["{}"]]), /permission denied/);
    });

    test("a task of no name and a missing payload are bugs that the store refuses", async () => {
      const store = database.as("sandbank_trial");
      await assert.rejects(store.query(ENQUEUE, [7, ["Not A Task"], ["{}"]]), /check/);
      await assert.rejects(store.query(ENQUEUE, [7, ["a", "b"], ["{}"]]), /payload/);
    });

    test("a role puts jobs into its own partitions only", async () => {
      const store = database.as("sandbank_trial");
      await assert.rejects(store.query(ENQUEUE, [8, ["a"], ["{}"]]), /does not own partition 8/);
    });
  });

  describe("what a failure means", () => {
    test("waits double from one second to ten minutes", () => {
      const waits = [1, 2, 3, 8, 11, 40].map(backoffMs);
      assert.deepEqual(waits, [1_000, 2_000, 4_000, 128_000, 600_000, 600_000]);
    });

    test("a job is parked by its last try and never before", () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 50 }),
          fc.integer({ min: 1, max: 50 }),
          (at, most) => {
            assert.equal(afterFailure(at, most).park, at >= most);
          },
        ),
      );
    });

    test("what is kept of an error has no long number, no NUL and an end", () => {
      assert.equal(errorText("a\u0000b 6212345678901234"), "ab [number]");
      assert.equal(errorText(new Error("x".repeat(9_000))).length, 500);
    });

    test("one name for two tasks is a bug", () => {
      const jobs = runner([noting("a.b").task]);
      assert.throws(() => jobs.register([noting("a.b").task]), /twice/);
    });
  });
});
