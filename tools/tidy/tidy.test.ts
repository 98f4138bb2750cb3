/** Each law with samples that break it and samples that keep it, and then the tree itself. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ROOT, environment } from "../suite.ts";
import { LAWS } from "./laws/index.ts";
import { calls } from "./laws/calls.ts";
import { clock } from "./laws/clock.ts";
import { cycles } from "./laws/cycles.ts";
import { floats } from "./laws/floats.ts";
import { hooks } from "./laws/hooks.ts";
import { lengths } from "./laws/lengths.ts";
import { names } from "./laws/names.ts";
import { openings } from "./laws/openings.ts";
import { ranks } from "./laws/ranks.ts";
import { readmes } from "./laws/readmes.ts";
import { refusals } from "./laws/refusals.ts";
import { schema, statementsOf } from "./laws/schema.ts";
import { statements } from "./laws/statements.ts";
import { texts } from "./laws/texts.ts";
import type { Law } from "./law.ts";
import { treeOf } from "./tree.ts";

const PACKAGES: Readonly<Record<string, string>> = {
  "kernel/package.json": '{ "name": "@sandbank/kernel", "exports": { "./*": "./*/index.ts" } }',
  "ui/package.json": '{ "name": "@sandbank/ui", "exports": { ".": "./index.ts" } }',
  "modules/tokens/package.json": '{ "name": "@sandbank/tokens", "exports": { ".": "./index.ts" } }',
  "modules/pos/package.json": '{ "name": "@sandbank/pos", "exports": { ".": "./index.ts" } }',
};

/** Offences as `path:line what` in a tree of these files and the four packages. */
function offences(law: Law, files: Readonly<Record<string, string>>): readonly string[] {
  const found = law.check(treeOf({ ...PACKAGES, ...files }));
  return found.map(({ path, line, what }) => `${path}:${line} ${what}`);
}

/** One file, and what the law says of it; nothing if it keeps the law. */
interface Sample {
  readonly path: string;
  readonly text: string;
  readonly said: readonly RegExp[];
}

function judge(law: Law, samples: readonly Sample[]): void {
  for (const { path, text, said } of samples) {
    const found = offences(law, { [path]: text });
    assert.equal(found.length, said.length, `${path}: ${text}\n${found.join("\n")}`);
    said.forEach((pattern, index) => assert.match(found[index]!, pattern));
  }
}

const importing = (path: string, specifier: string, ...said: RegExp[]): Sample => {
  return { path, text: `\nimport { x } from "${specifier}";`, said };
};
const line = (path: string, text: string, ...said: RegExp[]): Sample => ({ path, text, said });

test("hooks stand in a group, but where a file has a process of its own", () => {
  const grouped = 'describe("a jar", () => {\n  before(() => {});\n  test("opens", () => {});\n});';
  judge(hooks, [
    line("kernel/ledger/ledger.test.ts", "before(() => {});\nafter(end);", /:1 before/, /:2 after/),
    line("kernel/ledger/ledger.test.ts", grouped),
    line("apps/server/src/start.e2e.test.ts", "before(() => {});"),
    line("kernel/ledger/testing/bed.ts", "before(() => {});"),
  ]);
});

test("imports go down the ranks and through doors", () => {
  judge(ranks, [
    importing("kernel/guard/guard.ts", "../ledger/index.ts"),
    importing(
      "kernel/ledger/ledger.ts",
      "../guard/index.ts",
      /ts:2 kernel\/ledger imports .*above/,
    ),
    importing("kernel/guard/guard.ts", "../ledger/ledger.ts", /past the door of ledger/),
    importing("kernel/spare/spare.ts", "../ledger/index.ts", /no place in the order/),
    importing("kernel/guard/guard.ts", "../testing/index.ts", /testing outside tests/),
    importing("kernel/guard/guard.test.ts", "../testing/index.ts"),
    importing("kernel/ledger/ledger.ts", "@sandbank/tokens", /kernel \(rank 0\) imports .*tokens/),
    importing("modules/tokens/token/token.ts", "@sandbank/kernel/money"),
    importing("modules/tokens/token/token.ts", "../../../kernel/money/index.ts", /past the door/),
    importing("modules/tokens/token/token.ts", "@sandbank/pos", /module tokens imports module pos/),
    importing("modules/tokens/token/token.ts", "@sandbank/pos/terminal", /no door of modules\/pos/),
    importing("modules/tokens/token/token.ts", "@sandbank/loans", /no package of ours/),
    importing("world/network.ts", "@sandbank/kernel/money", /may share no code/),
    importing("world/network.ts", "@sandbank/ui"),
    importing("ui/figures.ts", "@sandbank/kernel/words"),
    importing("ui/figures.ts", "@sandbank/kernel/ledger", /browsers may have/),
    importing("apps/bank/src/main.ts", "@sandbank/tokens"),
    importing("apps/bank/src/main.ts", "./page.tsx", /only .tsx imports .tsx/),
    importing("apps/bank/src/page.tsx", "./card.tsx"),
    importing("kernel/store/pool.ts", "path", /imports path without node:/),
    importing("kernel/store/pool.ts", "node:test"),
    line("modules/loan/package.json", '{ "exports": { "./x": "./x.ts" } }', /exports .\/x/),
  ]);
});

test("type imports go down the ranks as well", () => {
  const text = 'export type X = import("@sandbank/pos").X;';
  assert.equal(offences(ranks, { "modules/tokens/token.ts": text }).length, 1);
});

test("imports form no circle", () => {
  const value = (to: string): string => `import { x } from "${to}"; export const y = x;`;
  const type = (to: string): string => `import type { x } from "${to}"; export type y = x;`;
  const files = { "kernel/jobs/a.ts": value("./b.ts"), "kernel/jobs/b.ts": value("./c.ts") };
  assert.deepEqual(offences(cycles, { ...files, "kernel/jobs/c.ts": "export const x = 1;" }), []);
  for (const back of [value, type]) {
    assert.deepEqual(offences(cycles, { ...files, "kernel/jobs/c.ts": back("./a.ts") }), [
      "kernel/jobs/c.ts:1 kernel/jobs/a.ts → kernel/jobs/b.ts → kernel/jobs/c.ts → kernel/jobs/a.ts",
    ]);
  }
  const folders = {
    "modules/pos/terminal/terminal.ts": type("../merchant/merchant.ts"),
    "modules/pos/merchant/till.ts": type("../terminal/terminal.ts"),
  };
  assert.equal(offences(cycles, folders).length, 1);
  const root = {
    "modules/pos/index.ts": value("./terminal/terminal.ts"),
    "modules/pos/terminal/terminal.ts": value("../ports.ts"),
    "modules/pos/ports.ts": "export const x = 1;",
  };
  assert.deepEqual(offences(cycles, root), []);
  const refusing = { ...root, "modules/pos/ports.ts": type("./refusals.ts") };
  const round = { ...refusing, "modules/pos/refusals.ts": type("./ports.ts") };
  assert.match(offences(cycles, round).join(), /ports.ts → modules.pos.refusals.ts/);
});

test("nobody but the clock reads the time or draws randomness", () => {
  const path = "kernel/guard/guard.ts";
  judge(clock, [
    line(path, "const a = 1;\nconst b = Date.now();", /guard.ts:2 Date.now/),
    line(path, "const a = new Date(5);", /new Date/),
    line(path, "const a = Math.random();", /Math.random/),
    line(path, "const a = Temporal.Now.instant();", /Temporal.Now/),
    line(path, "const a = crypto.randomUUID();", /randomUUID/),
    line(path, 'import { randomBytes } from "node:crypto";', /imports randomBytes/),
    line(path, 'import { createHash } from "node:crypto";'),
    line(path, "const a = Date.UTC(2026, 1); performance.now(); // new Date() is banned"),
    line("kernel/clock/machine.ts", "const a = Date.now();"),
    line("world/clock.ts", "const a = Date.now();"),
  ]);
});

test("nobody but the way out calls an address", () => {
  const path = "apps/server/src/logs.ts";
  judge(calls, [
    line(path, "const a = 1;\nconst b = await fetch(url);", /logs.ts:2 fetch/),
    line(path, 'import { createServer, request } from "node:http";', /imports request from/),
    line(path, 'import * as net from "node:net";', /imports \* from node:net/),
    line(path, 'import { connect } from "tls";', /imports connect from tls/),
    line(path, 'import { createServer } from "node:http";\nconst fetch = 1;'),
    line(path, 'import { request } from "./request.ts";'),
    line("kernel/outside/send.ts", 'import { request } from "node:https";'),
    line("apps/console/src/ask.ts", "const a = await fetch(path);"),
    line("kernel/evidence/publisher.test.ts", "const a = await fetch(path);"),
  ]);
});

test("no float comes near money", () => {
  const path = "lending/accrual/accrual.ts";
  judge(floats, [
    line(path, "const ltv = 0.75;", /float literal 0.75/),
    line(path, "const a = amount_fen / 3n;", /division of amount_fen/),
    line(path, "const a = 3n / line.dueFen;", /division of dueFen/),
    line(path, "let amount = 3n; amount /= 2n;", /division of amount/),
    line(path, "const a = Number(line.amount);", /Number\(amount\)/),
    line(path, "const a = +paidAmount;", /\+paidAmount/),
    line(path, "const a = parseFloat(text);", /parseFloat/),
    line(path, "const a = days.toFixed(2);", /toFixed/),
    line(path, "const a = days / 30; const b = Number(days);"),
    line(path, "// tidy: float, because a place on the map is no money\nconst latitude = 39.9;"),
    line("lending/accrual/accrual.test.ts", "const a = 0.5;"),
    line("apps/bank/src/plot.ts", "const x = 0.5; const y = x.toFixed(1);"),
    line("apps/bank/src/plot.ts", "const y = Number(amount);", /Number\(amount\)/),
    line("kernel/money/share.ts", "const a = amount / 3n;"),
  ]);
});

test("every refusal is told in both languages and listed", () => {
  const entry = {
    code: "token_not_active",
    part: "tokens",
    category: "conflicting",
    text: { zh: "令牌未启用", en: "The token is not active" },
    remedy: { zh: "启用后再试", en: "Activate it and try again" },
  } as const;
  const said = (changes: object, page = "`token_not_active`"): readonly string[] => {
    const tree = { ...treeOf({}), refusals: [{ ...entry, ...changes }], refusalPage: page };
    return refusals.check(tree).map(({ what }) => what);
  };
  assert.deepEqual(said({}), []);
  assert.deepEqual(said({}, ""), ["token_not_active is not listed"]);
  assert.match(said({ code: "bad" }).join(), /no sentence/);
  assert.match(said({ text: { zh: "none", en: "None" } }).join(), /zh text is not Chinese/);
  assert.match(said({ remedy: { zh: "等待", en: "" } }).join(), /en remedy is not English/);
  const uneven = { zh: "等{hours}", en: "Wait" };
  assert.match(said({ remedy: uneven }).join(), /zh remedy names {hours}, en names {}/);
});

const TABLE = "--! breaking: no\ncreate table pos.terminal (\n  partition int not null,\n";
const migration = (text: string, ...said: RegExp[]): Sample => {
  return line("modules/pos/sql/0001_pos.sql", text, ...said);
};

test("migrations keep partitions apart and ask nobody for the time", () => {
  judge(schema, [
    migration(`${TABLE}  id uuid not null,\n  primary key (partition, id)\n);`),
    migration(`${TABLE}  id uuid primary key\n);`, /sql:2 table pos.terminal has no primary key/),
    migration(`${TABLE}  id uuid,\n  primary key (id, partition)\n);`, /begins with partition/),
    migration("--! breaking: no\ncreate table pos.head (\n  partition int primary key\n);"),
    migration(
      "--! breaking: yes\n-- tidy: not partitioned, because one row rules all\n" +
        "create table pos.clock (one boolean primary key);",
    ),
    migration(
      `${TABLE}  id uuid unique,\n  primary key (partition, id)\n);`,
      /unique \(a column\)/,
    ),
    migration(
      `${TABLE}  id uuid,\n  primary key (partition, id),\n  unique (id)\n);`,
      /unique \(id\) crosses/,
    ),
    migration(
      `${TABLE}  id uuid,\n  shop uuid references pos.shop,\n  primary key (partition, id)\n);`,
      /foreign key \(shop\) crosses/,
    ),
    migration(
      "--! breaking: no\ncreate unique index on pos.terminal (serial_number);",
      /unique index/,
    ),
    migration("select 1;", /line 1 is not/),
    migration("--! breaking: no\nselect now();", /sql:2 calls now\(/),
    migration(
      "--! breaking: no\nselect now(); -- tidy: machine time, because a lease is no business",
    ),
    migration("--! breaking: no\nselect 'now()'; -- now() is not called"),
    migration("--! breaking: no\nalter table x add at timestamp;", /zoneless timestamp/),
    migration(
      "--! breaking: no\nalter table x add at timestamptz, add y timestamp with time zone;",
    ),
    migration("--! breaking: no\nalter table x add fee double precision;", /uses double precision/),
    migration(
      "--! breaking: no\ncreate function pos.f() returns int security definer as $$ select 1; $$;",
      /pos.f is security definer without/,
    ),
    migration(
      "--! breaking: no\ncreate function pos.f() returns int security definer\n" +
        "set search_path = pg_catalog, pg_temp as $$ select 1; $$;",
    ),
    line("modules/pos/sql/pos.sql", "--! breaking: no\n", /not called 0001_name.sql/),
  ]);
  const empty = "--! breaking: no\n";
  assert.deepEqual(
    offences(schema, {
      ...{ "modules/pos/sql/0001_a.sql": empty, "modules/pos/sql/0002_b.sql": empty },
      ...{ "modules/pos/sql/0002_c.sql": empty, "modules/tokens/sql/0002_d.sql": empty },
    }),
    ["modules/pos/sql/0002_c.sql:1 has the number of another migration"],
  );
});

test("SQL is split at semicolons that stand outside quotes", () => {
  const text =
    "-- one; two\nselect ';' as \"a;b\";\ncreate function f() as $x$ a; b $x$;\nselect 1";
  assert.deepEqual(
    statementsOf(text).map(({ line: at }) => at),
    [2, 3, 4],
  );
});

test("SQL is declared in store files and passes the time as a parameter", () => {
  const store = "modules/pos/terminal/terminal.store.ts";
  judge(statements, [
    line(store, 'const S = statement("pos.terminal_of", "select 1 where at < $1");'),
    line(store, 'const S = statement("pos.due", `select now()`);', /SQL calls now\(/),
    line(store, 'const S = statement("due", "select 1");', /due is not schema.name/),
    line(
      "modules/pos/terminal/terminal.ts",
      'const S = statement("pos.due", "select 1");',
      /statement outside a \*.store.ts/,
    ),
  ]);
});

test("files, functions and parameter lists are short", () => {
  const path = "kernel/jobs/jobs.ts";
  const body = "  work();\n".repeat(60);
  judge(lengths, [
    line(path, "//\n".repeat(500)),
    line(path, "//\n".repeat(501), /501 lines in the file/),
    line(path, `function long() {\n${body}}`, /62 lines in long/),
    line(path, `const long = () => {\n${body}};`, /62 lines in long/),
    line(path, `class Job {\n  long() {\n${body}  }\n}`, /jobs.ts:2 62 lines in long/),
    line(path, `describe("jobs", () => {\n${body}});`),
    line(path, "function many(a, b, c, d) {}", /4 positional parameters of many/),
    line(path, "interface Job { many(a: 1, b: 2, c: 3, d: 4): void }", /parameters of many/),
    line(path, "app.use((error, request, reply, done) => done());"),
    line("kernel/jobs/sql/0001_jobs.sql", "--\n".repeat(501), /501 lines/),
  ]);
});

test("names say something", () => {
  judge(names, [
    line("kernel/jobs/helpers.ts", "", /helpers.ts:1 called helpers/),
    line("kernel/utils/text.ts", "", /called utils/),
    line("kernel/jobs/job-manager.ts", "", /called job-manager/),
    line("kernel/jobs/jobs.ts", "function data() {}", /called data/),
    line("kernel/jobs/jobs.ts", "const errorHandler = () => 1;", /called errorHandler/),
    line("kernel/jobs/jobs.ts", "class QueueManager {}", /called QueueManager/),
    line("kernel/jobs/jobs.ts", "class Queue { constructor() {} handle() {} }"),
    line("kernel/jobs/jobs.ts", "const data = 1; function database() {}"),
  ]);
});

test("texts neither beg nor blame", () => {
  const path = "modules/pos/refusals.ts";
  judge(texts, [
    line(path, 'const t = { zh: "请重试", en: "Try again" };', /zh text says 请/),
    line(path, 'const t = { zh: "非法输入", en: "6 digits" };', /zh text says 非法/),
    line(path, 'const t = { zh: "六位数字", en: "Please use 6 digits" };', /en text says Please/),
    line(path, "const t = { zh: `金额${x}`, en: `Invalid ${x}` };", /en text says Invalid/),
    line(path, 'const t = { zh: "请求与申请", en: "Request", category: "invalid" };'),
  ]);
});

test("files open with a comment, but for doors", () => {
  judge(openings, [
    line("kernel/jobs/jobs.ts", "/** Work to be done soon. */\nexport {};"),
    line("kernel/jobs/jobs.ts", "export {};\n/** Work. */", /opens without a comment/),
    line("kernel/jobs/jobs.ts", "export {};", /opens without a comment/),
    line("kernel/jobs/index.ts", "export {};"),
  ]);
});

test("modules tell what they serve", () => {
  const said = offences(readmes, { "modules/pos/README.md": "# pos" });
  assert.deepEqual(said, ["modules/tokens/package.json:1 has no README.md"]);
});

test("every law says in one sentence what holds, and what to do instead", () => {
  for (const { sentence, instead, name } of LAWS) {
    assert.match(sentence, /^[A-Z].*\.$/s, name);
    assert.ok(instead.length > 10, name);
  }
  assert.equal(new Set(LAWS.map(({ name }) => name)).size, LAWS.length);
});

test("the tree keeps every law", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["tools/tidy.ts"], {
    cwd: ROOT,
    env: environment(),
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
});
