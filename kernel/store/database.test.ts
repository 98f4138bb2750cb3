/** Opening a store: by folder, by url, and one clear sentence for each thing that can be wrong. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { testDatabase } from "../testing/index.ts";
import {
  backup,
  compareSchemaDump,
  type Database,
  dumpSchema,
  listTables,
  type Migrations,
  openDatabase,
  type OpenOptions,
  QueryFault,
  restore,
  type RoleDeclaration,
  statement,
  StoreProblem,
  storeProblemCodes,
} from "./index.ts";
import { readDatabaseUrl } from "./url.ts";

describe("opening a store", () => {
  let root = "";
  before(() => {
    root = mkdtempSync(join(tmpdir(), "sandbank-database-"));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  /** A part's folder of migrations with the given files. */
  function part(name: string, schema: string, files: Record<string, string>): Migrations {
    const folder = join(root, "sql", name);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return { schema, folder: pathToFileURL(`${folder}/`) };
  }

  const FIRST = `--! breaking: no
create schema shop;
grant usage on schema shop to sandbank_shop;
create table shop.item (id int primary key, price int8 not null check (price > 0));
create table shop.secret (id int primary key);
create function shop.sell(item int, price int8) returns void language sql security definer
  set search_path = pg_catalog, pg_temp as $$ insert into shop.item values (item, price) $$;
grant execute on function shop.sell(int, int8) to sandbank_shop;
create function shop.burn() returns void language sql as $$ delete from shop.item $$;
`;
  const SECOND = `--! breaking: yes
alter table shop.item add colour text;
`;
  const ROLES: RoleDeclaration[] = [
    { role: "sandbank_shop", settings: { plan_cache_mode: "force_generic_plan" } },
    { role: "sandbank_stranger" },
  ];

  function options(folder: string, migrations: Migrations[]): OpenOptions {
    return { folder: join(root, folder), mode: "demo", migrations, roles: ROLES, durable: false };
  }

  const problem =
    (code: string, words: RegExp = /./) =>
    (error: unknown) => {
      assert(error instanceof StoreProblem, String(error));
      assert.equal(error.code, code);
      assert.match(error.text.en, words);
      return !/\{\w+\}/.test(error.text.zh + error.text.en);
    };

  async function using<T>(
    database: Database,
    work: (database: Database) => Promise<T>,
  ): Promise<T> {
    try {
      return await work(database);
    } finally {
      await database.end();
    }
  }

  test("migrations apply once, in the order given, and only forward", async () => {
    const one = part("one", "shop", { "0001_shop.sql": FIRST });
    const two = part("two", "shop", { "0001_shop.sql": FIRST, "0002_colour.sql": SECOND });
    const later = part("later", "late", {
      "0001_late.sql": "--! breaking: no\ncreate schema late;",
    });
    const applied = async (migrations: Migrations[]): Promise<readonly string[]> =>
      using(await openDatabase(options("store", migrations)), async (database) => database.applied);
    assert.deepEqual(await applied([one]), ["shop/0001_shop.sql"]);
    assert.deepEqual(await applied([one]), []);
    assert.deepEqual(await applied([two, later]), ["shop/0002_colour.sql", "late/0001_late.sql"]);
    await assert.rejects(
      openDatabase(options("store", [one, later])),
      problem("program_too_old", /shop\/0002_colour\.sql/),
    );
    const changed = part("changed", "shop", {
      "0001_shop.sql": `${FIRST}\n`,
      "0002_colour.sql": SECOND,
    });
    await assert.rejects(
      openDatabase(options("store", [changed, later])),
      problem("migration_changed", /shop\/0001_shop\.sql/),
    );
  });

  test("a migration that fails leaves the database as it was before that file, and says the line", async () => {
    const broken = part("broken", "shop", {
      "0001_shop.sql": FIRST,
      "0002_colour.sql": SECOND,
      "0003_bad.sql": "--! breaking: no\ncreate table shop.half ();\nselect nothing from nowhere;",
    });
    const later = part("later", "late", {
      "0001_late.sql": "--! breaking: no\ncreate schema late;",
    });
    await assert.rejects(
      openDatabase(options("store", [broken, later])),
      problem("migration_failed", /shop\/0003_bad\.sql failed: .*nowhere.*, line 3\./),
    );
    const good = part("two", "shop", { "0001_shop.sql": FIRST, "0002_colour.sql": SECOND });
    await using(await openDatabase(options("store", [good, later])), async (database) => {
      assert(!(await listTables(database)).includes("shop.half"));
    });
  });

  test("files that break the form of migrations are named", async () => {
    const silent = part("silent", "shop", { "0001_shop.sql": "create schema shop;" });
    const unnumbered = part("unnumbered", "shop", { "shop.sql": FIRST });
    for (const set of [silent, unnumbered]) {
      await assert.rejects(
        openDatabase(options("store", [set])),
        problem("migration_misnamed", /sql/),
      );
    }
  });

  test("one store has one keeper; tools beside it may join and leave it running", async () => {
    const sets = [
      part("two", "shop", { "0001_shop.sql": FIRST, "0002_colour.sql": SECOND }),
      part("later", "late", { "0001_late.sql": "--! breaking: no\ncreate schema late;" }),
    ];
    await using(await openDatabase(options("store", sets)), async (database) => {
      await assert.rejects(openDatabase(options("store", sets)), problem("folder_in_use"));
      const joined = await openDatabase({ ...options("store", sets), join: true });
      assert.deepEqual(await listTables(joined), await listTables(database));
      await joined.end();
      const newer = part("newer", "newer", { "0001_newer.sql": "--! breaking: no\n" });
      await assert.rejects(
        openDatabase({ ...options("store", [...sets, newer]), join: true }),
        problem("store_behind", /newer/),
      );
      assert.equal((await listTables(database)).length > 0, true);
    });
  });

  test("a role may do what a migration granted and nothing else", async () => {
    const sets = [part("two", "shop", { "0001_shop.sql": FIRST, "0002_colour.sql": SECOND })];
    await using(await openDatabase(options("rights", sets)), async (database) => {
      const denied = (error: unknown): boolean =>
        error instanceof QueryFault && error.sqlState === "42501";
      const tables = await listTables(database);
      assert(tables.includes("sandbank.migration") && tables.includes("shop.secret"));
      for (const { role } of database.roles) {
        const store = database.as(role);
        for (const table of tables) {
          for (const text of [
            `select from ${table}`,
            `delete from ${table}`,
            `insert into ${table} default values`,
          ]) {
            await assert.rejects(store.query({ name: "", text }), denied, `${role}: ${text}`);
          }
        }
        for (const text of [
          "create table public.mine ()",
          "create schema mine",
          "create temporary table mine ()",
          "select shop.burn()",
          "create role mine",
        ]) {
          await assert.rejects(store.query({ name: "", text }), denied, `${role}: ${text}`);
        }
      }
      const SELL = statement("test.sell", "select shop.sell($1, $2)");
      await database.as("sandbank_shop").query(SELL, [1, 500n]);
      await assert.rejects(database.as("sandbank_stranger").query(SELL, [2, 500n]), denied);
      const SETTING = statement(
        "test.setting",
        "select current_setting('plan_cache_mode') as mode",
      );
      assert.deepEqual(
        { ...(await database.as("sandbank_shop").query(SETTING))[0] },
        { mode: "force_generic_plan" },
      );
      assert.throws(() => database.as("sandbank_root"), /no role declared/);
      const wrong = { ...database.login("sandbank_shop"), password: "wrong" };
      const { asClient } = await import("./session.ts");
      await assert.rejects(
        asClient(wrong, async () => {}),
        problem("wrong_password", /sandbank_shop/),
      );
    });
  });

  test("the schema dump is the same for the same migrations and tells what changed", async () => {
    const one = part("one", "shop", { "0001_shop.sql": FIRST });
    const two = part("two", "shop", { "0001_shop.sql": FIRST, "0002_colour.sql": SECOND });
    const [a, b, c] = await Promise.all(
      [[one], [one], [two]].map((migrations) => testDatabase({ migrations, roles: ROLES })),
    );
    const [first, second, third] = [
      await dumpSchema(a!),
      await dumpSchema(b!),
      await dumpSchema(c!),
    ];
    assert.deepEqual(compareSchemaDump(first, second), []);
    assert.deepEqual(compareSchemaDump(first, third), ["table shop.item", "+   colour text"]);
    assert.match(first, /constraint item_price_check CHECK \(\(price > 0\)\)/);
    assert.match(first, /grant execute to sandbank_shop/);
    assert.doesNotMatch(first, /to public/);
    await Promise.all([a, b, c].map((database) => database?.end()));
  });

  test("a backup under writes restores to the rows of its stop point", async () => {
    const sets = [part("two", "shop", { "0001_shop.sql": FIRST, "0002_colour.sql": SECOND })];
    const SELL = statement("test.sell", "select shop.sell($1, $2)");
    const COUNT = statement("test.count", "select count(*) as n, max(id) as last from shop.item");
    const target = join(root, "backup");
    const { before: least, after: most } = await using(
      await openDatabase(options("written", sets)),
      async (database) => {
        let sold = 0;
        let stopped = false;
        const selling = (async () => {
          while (!stopped) {
            await database.as("sandbank_shop").query(SELL, [sold + 1, 100n]);
            sold += 1;
          }
        })();
        while (sold < 50) await database.owner.query(COUNT);
        const start = sold;
        const manifest = await backup(database, target);
        const end = sold;
        stopped = true;
        await selling;
        assert(manifest.files.length > 500 && manifest.migrations.length === 2);
        await assert.rejects(backup(database, target), problem("folder_not_empty"));
        return { before: start, after: end + 1 };
      },
    );
    await restore(target, join(root, "restored"));
    await using(await openDatabase(options("restored", sets)), async (database) => {
      const [row] = await database.owner.query<{ n: bigint; last: number }>(COUNT);
      assert(row && row.n >= least && row.n <= most, `${least} <= ${row?.n} <= ${most}`);
      assert.equal(
        row.n,
        BigInt(row.last),
        "no hole: what was sold before the stop point is there",
      );
    });
    await assert.rejects(restore(target, join(root, "restored")), problem("folder_not_empty"));
    writeFileSync(join(target, "postgres", "PG_VERSION"), "19\n");
    await assert.rejects(
      restore(target, join(root, "never")),
      problem("backup_damaged", /postgres\/PG_VERSION .*another SHA-256/),
    );
  });

  test("each thing wrong with DATABASE_URL is one sentence without the password", async () => {
    const wrong: [string, RegExp][] = [
      ["", /not a URL/],
      ["nonsense", /not a URL/],
      ["mysql://u:secret@h/d", /does not begin with postgres/],
      ["postgres://u:secret@h", /names no database/],
      ["postgres://h/d", /names no user/],
      ["postgres://u:secret@h/d?sslmode=maybe", /sslmode=maybe is not supported/],
      ["postgres://u:%zz@h/d", /percent sign/],
    ];
    for (const [url, words] of wrong) {
      assert.throws(() => readDatabaseUrl(url), problem("url_not_understood", words));
      assert.throws(
        () => readDatabaseUrl(url),
        (error) => !String(error).includes("secret"),
      );
    }
    assert.deepEqual(
      readDatabaseUrl("postgres://u%40x:p%2F@db.example:6432/sand?sslmode=verify-full"),
      {
        host: "db.example",
        port: 6432,
        database: "sand",
        user: "u@x",
        password: "p/",
        ssl: true,
      },
    );
    assert.equal(readDatabaseUrl("postgres://u@localhost/d?host=/run/pg").host, "/run/pg");
  });

  const external = (url: string, mode: "demo" | "live" = "demo"): OpenOptions => ({
    url,
    mode,
    migrations: [part("one", "shop", { "0001_shop.sql": FIRST })],
    roles: ROLES,
  });

  test("a database that does not answer, or answers strangely, is said to be so", async () => {
    const absent = createServer().listen(0, "127.0.0.1");
    await once(absent, "listening");
    const { port } = absent.address() as { port: number };
    absent.close();
    const url = `postgres://u:secret@127.0.0.1:${port}/d`;
    await assert.rejects(
      openDatabase(external(url)),
      problem("cannot_connect", new RegExp(`:${port}`)),
    );
    const strange = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
    await once(strange, "listening");
    const other = `postgres://u:secret@127.0.0.1:${(strange.address() as { port: number }).port}/d`;
    await assert.rejects(openDatabase(external(other)), problem("cannot_connect"));
    strange.close();
  });

  test("an external database is opened, marked, and left alone where it is not ours", async () => {
    const fresh = await testDatabase();
    await fresh.owner.query({ name: "", text: "drop schema sandbank cascade" });
    const { host } = fresh.login("sandbank_owner");
    const urlOf = (name: string): string =>
      `postgres://sandbank_owner@localhost/${name}?host=${host}`;
    await using(await openDatabase(external(urlOf(fresh.name))), async (database) => {
      assert.equal(database.embedded, false);
      assert.deepEqual(database.applied, ["shop/0001_shop.sql"]);
      await database
        .as("sandbank_shop")
        .query(statement("test.sell", "select shop.sell($1, $2)"), [1, 1n]);
      await assert.rejects(backup(database, join(root, "x")), problem("backup_needs_embedded"));
    });
    await assert.rejects(
      openDatabase(external(urlOf(fresh.name), "live")),
      problem("other_mode", /demo/),
    );
    await assert.rejects(
      openDatabase(external(urlOf("nowhere"))),
      problem("database_absent", /nowhere/),
    );
    const taken = await testDatabase();
    await taken.owner.query({ name: "", text: "drop schema sandbank cascade" });
    await taken.owner.query({ name: "", text: "create table public.ledger_of_the_neighbour ()" });
    await assert.rejects(
      openDatabase(external(urlOf(taken.name))),
      problem("not_created_by_sandbank"),
    );
    const weak = urlOf(taken.name).replace("sandbank_owner", "sandbank_stranger");
    await assert.rejects(openDatabase(external(weak)), problem("owner_cannot_create_roles"));
    await Promise.all([fresh.end(), taken.end()]);
  });

  test("an external server that asks for passwords gets derived ones, and says which one is wrong", async () => {
    const sets = [part("one", "shop", { "0001_shop.sql": FIRST })];
    await using(await openDatabase(options("asked", sets)), async (inside) => {
      const passwords = JSON.parse(readFileSync(join(root, "asked", "roles.json"), "utf8")) as {
        sandbank_owner: string;
      };
      const { host } = inside.login("sandbank_shop");
      const urlOf = (password: string): string =>
        `postgres://sandbank_owner:${password}@localhost/sandbank?host=${host}`;
      const outside = await openDatabase({
        ...external(urlOf(passwords.sandbank_owner)),
        migrations: sets,
      });
      const again = await openDatabase({
        ...external(urlOf(passwords.sandbank_owner)),
        migrations: sets,
      });
      assert.deepEqual(outside.login("sandbank_shop"), again.login("sandbank_shop"));
      const WHO = statement("test.who", "select current_user::text as who");
      for (const database of [outside, again]) {
        assert.deepEqual(
          { ...(await database.as("sandbank_shop").query(WHO))[0] },
          { who: "sandbank_shop" },
        );
        await database.end();
      }
      await assert.rejects(
        openDatabase(external(urlOf("wrong"))),
        problem("wrong_password", /sandbank_owner/),
      );
    });
  });

  test("every problem has two real sentences", () => {
    assert(storeProblemCodes.length >= 20);
    for (const code of storeProblemCodes) {
      const { zh, en } = new StoreProblem(code, {}).text;
      assert.match(zh, /[\u4e00-\u9fff].*。$/, code);
      assert.match(en, /^[A-Z{].*\.$/, code);
      assert.doesNotMatch(zh + en, /请|非法|invalid/i);
    }
  });
});
