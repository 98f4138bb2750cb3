/** The pool: transactions, pipelining, lost connections, and the fault that is told first. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type TestDatabase, testDatabase } from "../testing/index.ts";
import {
  ConnectionLost,
  openStore,
  QueryFault,
  statement,
  type Statement,
  type Tx,
} from "./index.ts";

describe("the pool", () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
    await database.owner.transaction(async (tx) => {
      for (const text of SCHEMA) await tx.query(once(text));
    });
  });
  after(() => database.end());

  const SCHEMA = [
    "create table public.thing (id int primary key, n int8 not null check (n >= 0))",
    "create table public.fatal (id int)",
    `create function public.die() returns trigger language plpgsql as
     $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`,
    `create constraint trigger die after insert on public.fatal deferrable initially deferred
     for each row execute function public.die()`,
    "create table public.parent (id int primary key)",
    "create table public.child (id int references public.parent deferrable initially deferred)",
  ];
  let count = 0;
  const once = (text: string): Statement => statement(`test.pool_${(count += 1)}`, text);

  const PUT = once("insert into public.thing (id, n) values ($1, $2)");
  const GET = once("select n from public.thing where id = $1");
  const ADD = once("update public.thing set n = n + $2 where id = $1 returning n");
  const DIE = once("select pg_terminate_backend(pg_backend_pid())");
  const FATAL = once("insert into public.fatal values (1)");
  const ORPHAN = once("insert into public.child values (99)");

  const rowsOf = async (id: number): Promise<object[]> =>
    (await database.owner.query(GET, [id])).map((row) => ({ ...row }));

  test("a transaction commits what it wrote, and queries need not wait for each other", async () => {
    const told = await database.owner.transaction(async (tx) => {
      const [, row, rows] = await Promise.all([
        tx.query(PUT, [1, 10n]),
        tx.query<{ n: bigint }>(ADD, [1, 5n]),
        tx.rows(GET, [1]),
      ]);
      return [row[0]?.n, rows];
    });
    assert.deepEqual(told, [15n, [[15n]]]);
    assert.deepEqual(await rowsOf(1), [{ n: 15n }]);
  });

  test("a throw rolls back and is the throw that the caller sees", async () => {
    const mine = new Error("mine");
    await assert.rejects(
      database.owner.transaction(async (tx) => {
        await tx.query(PUT, [2, 1n]);
        throw mine;
      }),
      mine,
    );
    assert.deepEqual(await rowsOf(2), []);
  });

  test("a failed statement is a fault that names the statement, its state and its constraint", async () => {
    await assert.rejects(
      database.owner.transaction((tx) => tx.query(PUT, [3, -1n])),
      (error) =>
        error instanceof QueryFault &&
        error.sqlState === "23514" &&
        error.constraint === "thing_n_check" &&
        error.statement === PUT.name &&
        !error.transient,
    );
  });

  test("a failed statement that nobody awaited turns no commit into a lie", async () => {
    await assert.rejects(
      database.owner.transaction(async (tx) => {
        await tx.query(PUT, [4, 1n]);
        tx.query(PUT, [4, 1n]).catch(() => {});
      }),
      (error) => error instanceof QueryFault && error.sqlState === "23505",
    );
    assert.deepEqual(await rowsOf(4), []);
  });

  test("a constraint that fails at commit rolls back for certain", async () => {
    await assert.rejects(
      database.owner.transaction((tx) => tx.query(ORPHAN)),
      (error) =>
        error instanceof QueryFault && error.sqlState === "23503" && error.statement === "commit",
    );
  });

  test("a transaction that has ended takes no more queries", async () => {
    let kept: Tx | undefined;
    await database.owner.transaction(async (tx) => void (kept = tx));
    await assert.rejects(async () => kept?.query(GET, [1]), /has ended/);
  });

  test("a connection lost before the commit certainly committed nothing", async () => {
    await assert.rejects(
      database.owner.transaction(async (tx) => {
        await tx.query(PUT, [5, 1n]);
        await tx.query(DIE);
      }),
      (error) => error instanceof ConnectionLost && !error.atCommit && error.transient,
    );
    assert.deepEqual(await rowsOf(5), []);
  });

  test("every query in flight on a lost connection says so", async () => {
    await assert.rejects(
      database.owner.transaction(async (tx) => {
        const ends = await Promise.allSettled([
          tx.query(DIE),
          tx.query(GET, [1]),
          tx.rows(GET, [1]),
        ]);
        for (const end of ends)
          assert(end.status === "rejected" && end.reason instanceof ConnectionLost);
        throw new Error("told");
      }),
      /told/,
    );
    assert.deepEqual(await rowsOf(1), [{ n: 15n }]);
  });

  test("a connection lost at commit leaves the outcome unknown, and says so", async () => {
    await assert.rejects(
      database.owner.transaction((tx) => tx.query(FATAL)),
      (error) => error instanceof ConnectionLost && error.atCommit,
    );
  });

  test("a statement alone that loses its connection may have been committed", async () => {
    await assert.rejects(
      database.owner.query(DIE),
      (error) => error instanceof ConnectionLost && error.atCommit,
    );
  });

  test("no server means no connection, and nothing was begun", async () => {
    const store = openStore(
      { ...database.login("sandbank_owner"), host: "/tmp/sandbank-absent" },
      { connections: 1 },
    );
    await assert.rejects(
      store.transaction(async () => {}),
      (error) => error instanceof ConnectionLost && !error.atCommit,
    );
    await store.end();
  });

  test("of two transactions that wait for each other one ends as a transient fault", async () => {
    await database.owner.transaction((tx) =>
      Promise.all([tx.query(PUT, [10, 0n]), tx.query(PUT, [11, 0n])]),
    );
    const met = Promise.withResolvers<void>();
    let arrived = 0;
    const cross = (first: number, second: number): Promise<unknown> =>
      database.owner.transaction(async (tx) => {
        await tx.query(ADD, [first, 1n]);
        arrived += 1;
        if (arrived === 2) met.resolve();
        await met.promise;
        await tx.query(ADD, [second, 1n]);
      });
    const ends = await Promise.allSettled([cross(10, 11), cross(11, 10)]);
    const failed = ends.filter((end) => end.status === "rejected");
    assert.equal(failed.length, 1);
    assert(failed[0]?.reason instanceof QueryFault && failed[0].reason.transient);
    assert.equal(failed[0].reason.sqlState, "40P01");
  });

  test("after every loss above the pool still works with all its connections", async () => {
    const many = Array.from({ length: 20 }, () => database.owner.query(GET, [1]));
    assert.equal((await Promise.all(many)).length, 20);
  });

  test("a statement name stands for one text", () => {
    assert.throws(() => statement(GET.name, "select 1"), /declared twice/);
  });
});
