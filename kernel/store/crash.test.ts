/** kill -9 of PostgreSQL under load: what was acknowledged stands. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { testDatabase } from "../testing/index.ts";
import { ConnectionLost, statement } from "./index.ts";

const MAKE = statement(
  "test.crash_make",
  "create table public.act (worker int, n int, primary key (worker, n))",
);
const PUT = statement("test.crash_put", "insert into public.act values ($1, $2)");
const ALL = statement("test.crash_all", "select worker, n from public.act");
const WORKERS = 8;
const ROUNDS = 2;

test("no commit that was acknowledged is lost when PostgreSQL is killed under load", async () => {
  const database = await testDatabase({ durable: true });
  after(() => database.end());
  await database.owner.query(MAKE);
  const store = database.as("sandbank_owner", { connections: WORKERS });
  const acknowledged = new Set<string>();
  const unknown = new Set<string>();
  let next = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    let stopped = false;
    const work = async (worker: number): Promise<void> => {
      while (!stopped) {
        const n = (next += 1);
        try {
          await store.transaction((tx) => tx.query(PUT, [worker, n]));
          acknowledged.add(`${worker} ${n}`);
        } catch (error) {
          assert(error instanceof ConnectionLost);
          if (error.atCommit) unknown.add(`${worker} ${n}`);
          await sleep(10);
        }
      }
    };
    const working = Array.from({ length: WORKERS }, (_, worker) => work(worker));
    while (acknowledged.size < 200 * (round + 1)) await sleep(5);
    await database.restartAfterKill9();
    while (acknowledged.size < 250 * (round + 1)) await sleep(5);
    stopped = true;
    await Promise.all(working);
  }
  const rows = await database.owner.query<{ worker: number; n: number }>(ALL);
  const found = new Set(rows.map(({ worker, n }) => `${worker} ${n}`));
  assert.deepEqual(
    [...acknowledged].filter((key) => !found.has(key)),
    [],
  );
  const more = [...found].filter((key) => !acknowledged.has(key));
  assert.deepEqual(
    more.filter((key) => !unknown.has(key)),
    [],
    "only the unknown may stand besides",
  );
});
