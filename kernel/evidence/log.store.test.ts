/** The rows of a log: appended through a fence, by their owner alone, and changed by nobody. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ledgerMigrations } from "../ledger/index.ts";
import { QueryFault, statement, type Store } from "../store/index.ts";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import { appendLeavesIn, evidenceMigrations, headIn, leaseLog } from "./log.store.ts";
import { openLogIn, publisherRole, readLeaves, readLogs } from "./log.store.ts";
import { EMPTY_ROOT, Frontier, leafHash } from "./tree.ts";

const OWN = statement("test.own_partition", "select ledger.open_partition($1, $2)");
const TRIES = [
  "select * from evidence.head",
  "select * from evidence.leaf",
  "insert into evidence.leaf values (1, 99, 'x')",
  "update evidence.leaf set body = 'x'",
  "delete from evidence.leaf",
  "update evidence.head set size = 0",
  "insert into evidence.checkpoint values (1, 1, '', '', true, '2026-11-24')",
  "delete from evidence.checkpoint",
  "update evidence.publisher set ends = '2020-01-01'",
].map((text, at) => statement(`test.forbidden_${at}`, text));
const OPEN = statement("test.open_log", "select evidence.open_log(9, 'x/y/9')");
const SIGN = statement(
  "test.sign",
  "select evidence.put_checkpoint(1, 1, '', '', true, '2026-11-24')",
);

describe("the rows of a log", () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase({
      migrations: [ledgerMigrations, evidenceMigrations],
      roles: [
        { role: "sandbank_tokens", memberOf: ["sandbank_act"] },
        { role: "sandbank_pos", memberOf: ["sandbank_act"] },
        { role: "sandbank_reader", memberOf: ["sandbank_read"] },
        publisherRole,
      ],
    });
    await database.owner.transaction(async (tx) => {
      await tx.query(OWN, [1, "sandbank_tokens"]);
      await openLogIn(tx, { partition: 1, origin: "test.sandbank/pilot/1" });
      await openLogIn(tx, { partition: 1, origin: "test.sandbank/pilot/1" });
    });
  });
  after(() => database.end());

  function append(store: Store, from: number, bodies: readonly string[]): Promise<unknown> {
    return store.transaction(async (tx) => {
      const head = await headIn(tx, 1);
      const frontier = Frontier.decode(head.size, head.frontier);
      for (const body of bodies) frontier.append(leafHash(body));
      return appendLeavesIn(tx, { partition: 1, from, bodies, frontier });
    });
  }

  const BODIES = ["{}", '{"a":"引号 \\" 与 😀"}', "", "x".repeat(9_000)];

  test("an empty log has the root of the empty tree; leaves come back as they were written", async () => {
    const tokens = database.as("sandbank_tokens");
    await tokens.transaction(async (tx) => {
      const head = await headIn(tx, 1);
      assert.deepEqual([head.size, Buffer.from(head.root)], [0, EMPTY_ROOT]);
    });
    await append(tokens, 0, BODIES);
    const rows = await readLeaves(database.as("sandbank_reader"), 1, { first: 1, most: 9 });
    assert.deepEqual(
      rows.map(({ idx, body }) => [idx, body]),
      BODIES.slice(1).map((body, at) => [BigInt(at + 1), body]),
    );
    const frontier = new Frontier();
    for (const body of BODIES) frontier.append(leafHash(Buffer.from(body)));
    const [log] = await readLogs(database.as(publisherRole.role));
    assert.deepEqual([log?.size, log?.root], [4n, frontier.root()]);
  });

  test("a writer that is behind or ahead is fenced off, and nothing of it stays", async () => {
    const tokens = database.as("sandbank_tokens");
    await assert.rejects(append(tokens, 5, ["late"]), /is not at 5/);
    await assert.rejects(append(tokens, 3, ["early"]), QueryFault);
    const rows = await readLeaves(tokens, 1, { first: 0, most: 9 }).catch(() => "forbidden");
    assert.equal(rows, "forbidden", "who acts need not read the log");
    assert.equal(
      (await readLeaves(database.as("sandbank_reader"), 1, { first: 3, most: 9 })).length,
      1,
    );
  });

  test("a leaf that no bundle can hold is stopped before it stands in the log", async () => {
    const tokens = database.as("sandbank_tokens");
    await assert.rejects(append(tokens, 4, ["😀".repeat(16_384)]), /a text of 65536 bytes/);
  });

  test("only the owner of a partition appends to its log", async () => {
    await assert.rejects(append(database.as("sandbank_pos"), 4, ["foreign"]), QueryFault);
    await assert.rejects(append(database.as("sandbank_reader"), 4, ["read"]), QueryFault);
    await assert.rejects(append(database.as(publisherRole.role), 4, ["publish"]), QueryFault);
  });

  test("no role touches a table of the log, opens a log, or signs in the publisher's place", async () => {
    for (const role of ["sandbank_tokens", "sandbank_reader", publisherRole.role]) {
      for (const tried of [...TRIES, OPEN]) {
        await assert.rejects(database.as(role).query(tried), /permission denied/, tried.text);
      }
    }
    for (const role of ["sandbank_tokens", "sandbank_reader"]) {
      await assert.rejects(database.as(role).query(SIGN), /permission denied/);
    }
  });

  test("a lease is held, renewed by its holder, and taken by another once it has ended", async () => {
    const store = database.as(publisherRole.role);
    const [one, other] = [
      "0199aa00-0000-7000-8000-000000000001",
      "0199aa00-0000-7000-8000-000000000002",
    ];
    const lease = (holder: string, now: number) =>
      leaseLog(store, 1, { holder, now: now as never, until: (now + 1_000) as never });
    const start = 1_700_000_000_000;
    assert.equal(await lease(one, start), true);
    assert.equal(await lease(other, start + 500), false);
    assert.equal(await lease(one, start + 900), true);
    assert.equal(await lease(other, start + 1_800), false);
    assert.equal(await lease(other, start + 1_900), true);
    assert.equal(await lease(one, start + 2_000), false);
  });
});
