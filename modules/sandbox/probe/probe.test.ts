/** Knocking at endpoints and counting requests: the rule of what is down, and the counters. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import { statement } from "@sandbank/kernel/store";
import { testDatabase, type TestDatabase } from "@sandbank/kernel/testing";
import { evidenceMigrations } from "@sandbank/kernel/evidence";
import { guardMigrations } from "@sandbank/kernel/guard";
import { jobsMigrations } from "@sandbank/kernel/jobs";
import { ledgerMigrations } from "@sandbank/kernel/ledger";
import { followerRole, sandboxMigrations, sandboxRole } from "../store.ts";
import { isDown, observedSince, requestCounter, startProber } from "./probe.ts";

test("an endpoint is down while 3 of its last 5 probes failed", () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ["", false],
    ["-", false],
    ["--", false],
    ["---", true],
    ["-++--", true],
    ["-+++-", false],
    ["+---+", true],
    ["++---", true],
    // The sixth and older do not count.
    ["+++----", false],
    ["-+-+-", true],
  ];
  for (const [results, down] of rows) {
    assert.equal(isDown([...results].map((one) => one === "+")), down, results);
  }
});

test("a probe speaks for the time since the one before, not for a rest of the server", () => {
  const at = fromIso("2026-11-24T10:00:00+08:00");
  assert.equal(observedSince(undefined, at), 0);
  assert.equal(observedSince((at - 15_000) as Instant, at), 15_000);
  assert.equal(observedSince((at - 86_400_000) as Instant, at), 30_000);
  assert.equal(observedSince((at + 1) as Instant, at), 0, "a machine's clock may go back");
});

describe("measuring", () => {
  const COUNTED = statement(
    "test.probes_counted",
    `select probes, failed, observed_ms, down_ms from sandbox.probes_counted
      where span = $1 order by begins`,
  );
  const REQUESTS = statement(
    "test.requests_counted",
    `select bucket_us, answered, refused, failed from sandbox.requests_counted
      where span = 'month' order by bucket_us`,
  );
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase({
      migrations: [
        ...[ledgerMigrations, evidenceMigrations, jobsMigrations, guardMigrations],
        sandboxMigrations,
      ],
      roles: [followerRole, sandboxRole],
    });
  });
  after(() => database.end());

  test("probes are kept and counted; time counts as down from the third failure on", async () => {
    const answers = [200, 200, 0, 503, 500, 200, 200, 200];
    let now = fromIso("2026-11-24T10:59:00+08:00");
    const prober = startProber({
      store: database.as(followerRole.role),
      endpoints: async () => [
        { pilot: "payment-tokens", target: "api", url: "http://pilot.example/" },
      ],
      knock: async () => ({ status: answers.shift() ?? 0, tookMs: 3 }),
      log: { error: (facts) => assert.fail(JSON.stringify(facts)) },
      now: () => (now = (now + 10_000) as Instant),
    });
    while (answers.length > 0) await prober.round();
    await prober.end();
    assert.deepEqual(await database.owner.query(COUNTED, ["day"]), [
      { probes: 8n, failed: 3n, observed_ms: 70_000n, down_ms: 30_000n },
    ]);
    assert.deepEqual(await database.owner.query(COUNTED, ["hour"]), [
      { probes: 5n, failed: 3n, observed_ms: 40_000n, down_ms: 10_000n },
      { probes: 3n, failed: 0n, observed_ms: 30_000n, down_ms: 20_000n },
    ]);
  });

  test("requests are counted once, however often the same totals are told", async () => {
    const count = requestCounter(database.as(followerRole.role));
    const told = (answered: number, failed: number) => [
      {
        pilot: "payment-tokens",
        buckets: [
          { bucketUs: 1_000, answered, refused: 2, failed },
          { bucketUs: 0, answered: 0, refused: 0, failed: 0 },
        ],
      },
    ];
    await count(told(5, 0));
    await count(told(5, 0));
    await count(told(9, 1));
    assert.deepEqual(await database.owner.query(REQUESTS), [
      { bucket_us: 1_000n, answered: 9n, refused: 2n, failed: 1n },
    ]);
  });
});
