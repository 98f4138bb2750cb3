/**
 * Starting and ending, as processes: whatever keeps a server from starting is one sentence in each
 * language and exit code 1, and Ctrl-C leaves nothing behind. A server that cannot start ends what
 * it had begun.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, describe, test } from "node:test";
import { demoPersonId } from "@sandbank/kernel/identity";
import { openDatabase } from "@sandbank/kernel/store";
import {
  endChildren,
  freshFolder,
  launch,
  processesOf,
  runCli,
  type Served,
  serve,
} from "./child.fixture.ts";
import { migrations, roles } from "./parts.ts";

after(endChildren);

const onLinux = { skip: process.platform === "linux" ? false : "processes are looked up in /proc" };

/** Two lines, Chinese then English, and nothing of the inside. */
async function refusesToStart(
  env: Readonly<Record<string, string>>,
  { zh, en }: { readonly zh: RegExp; readonly en: RegExp },
): Promise<void> {
  const folder = env["SANDBANK_DATA"] ?? join(freshFolder(), "data");
  const { code, out, err } = await launch({ SANDBANK_DATA: folder, ...env }).ended;
  const lines = err.trimEnd().split("\n");
  assert.equal(lines.length, 2, err);
  assert.match(lines[0] ?? "", zh);
  assert.match(lines[1] ?? "", en);
  assert.match(lines[0] ?? "", /\p{Script=Han}.*。$/u);
  assert.doesNotMatch(lines[1] ?? "", /\p{Script=Han}/u);
  assert.doesNotMatch(err, /\bat .*:\d+:\d+|node:internal|Error:/);
  assert.equal(code, 1);
  assert.equal(out, "");
}

describe("one sentence in each language and exit code 1", () => {
  test("a mode that there is not", () =>
    refusesToStart(
      { SANDBANK_MODE: "production" },
      { zh: /^SANDBANK_MODE .*production/, en: /^SANDBANK_MODE must be demo or live/ },
    ));

  test("a port that is no number", () =>
    refusesToStart({ PORT: "http" }, { zh: /^PORT .*http/, en: /^PORT must be a whole number/ }));

  test("an address of a database that is none, and it is not repeated", async () => {
    const url = "mysql://root:pass-word@localhost/x";
    const texts = { zh: /^DATABASE_URL /, en: /^DATABASE_URL must be/ };
    await refusesToStart({ DATABASE_URL: url }, texts);
    const { err } = await launch({ DATABASE_URL: url }).ended;
    assert.doesNotMatch(err, /pass-word/);
  });

  test("a database that nobody answers for", () =>
    refusesToStart(
      { DATABASE_URL: "postgresql://somebody:pass@127.0.0.1:1/sandbank" },
      { zh: /连接不到 .*127\.0\.0\.1/, en: /^No database answers at .*127\.0\.0\.1/ },
    ));

  test("a data folder that cannot be written", async () => {
    const file = join(freshFolder(), "file");
    writeFileSync(file, "");
    const texts = { zh: /^无法写入数据目录/, en: /^The folder .* cannot be written/ };
    const env = { SANDBANK_DATA: join(file, "data") };
    await refusesToStart(env, texts);
    const elsewhere = { DATABASE_URL: "postgresql://somebody:pass@127.0.0.1:1/sandbank" };
    await refusesToStart({ ...env, ...elsewhere }, texts);
  });

  test("a data folder with somebody's files", async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, "thesis.txt"), "");
    await refusesToStart(
      { SANDBANK_DATA: folder },
      { zh: /里已有别的文件/, en: /already holds other files/ },
    );
    assert.deepEqual(
      readdirSync(folder).filter((name) => /^postgres|demo/.test(name)),
      [],
    );
  });

  test("a database of a newer program", async () => {
    const folder = freshFolder();
    const later = join(freshFolder(), "sql");
    mkdirSync(later);
    writeFileSync(join(later, "0001_later.sql"), "--! breaking: no\ncreate schema later;\n");
    const more = { schema: "later", folder: new URL(`${pathToFileURL(later).href}/`) };
    const newer = { folder, mode: "demo", migrations: [...migrations, more], roles } as const;
    await (await openDatabase(newer)).end();
    await refusesToStart(
      { SANDBANK_DATA: folder },
      { zh: /0001_later\.sql 来自更新的程序/, en: /has later\/0001_later\.sql.*newer Sandbank/ },
    );
    assert.deepEqual(processesOf(folder), []);
  });
});

async function json(url: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url);
  return (await answer.json()) as Record<string, unknown>;
}

async function answers({ origin, folder }: Served): Promise<void> {
  assert.equal((await json(`${origin}/healthz`))["ok"], true);
  const known = await json(`${origin}/.well-known/sandbank`);
  assert.ok(Array.isArray(known["logs"]) && known["logs"].length === 8);
  assert.ok(Array.isArray(known["witnesses"]) && known["witnesses"].length === 1);
  assert.equal(statSync(join(folder, "demo.json")).mode & 0o777, 0o600);
}

function leavesNothing(folder: string): void {
  assert.deepEqual(processesOf(folder), []);
  assert.equal(existsSync(join(folder, "postgres", "postmaster.pid")), false);
  const left = readdirSync(folder, { recursive: true, encoding: "utf8" });
  assert.deepEqual(
    left.filter((name) => /\.s\.PGSQL|\.lock$|\.pid$/.test(name)),
    [],
  );
}

test(
  "servers side by side, in each other's way, ended by Ctrl-C, and started again",
  onLinux,
  async () => {
    const [first, second] = await Promise.all([serve(freshFolder()), serve(freshFolder())]);
    assert.notEqual(first.origin, second.origin);
    await Promise.all([answers(first), answers(second)]);
    assert.ok(processesOf(first.folder).length >= 3, "server, PostgreSQL and witness are found");

    await refusesToStart(
      { SANDBANK_DATA: first.folder },
      { zh: /^另一个 Sandbank 正在使用/, en: /^Another Sandbank is using/ },
    );
    const ended = await second.end("SIGINT");
    assert.deepEqual({ code: ended.code, err: ended.err }, { code: 0, err: "" });
    leavesNothing(second.folder);

    const { port } = new URL(first.origin);
    await refusesToStart(
      { SANDBANK_DATA: second.folder, PORT: port },
      { zh: new RegExp(`${port}.*占用`), en: new RegExp(`${port}.*(in use|taken)`) },
    );
    leavesNothing(second.folder);
    await answers(first);

    const again = await serve(second.folder);
    await answers(again);
    const backup = join(freshFolder(), "backup");
    assert.equal((await runCli(["backup", backup], again.folder)).code, 0);
    assert.equal((await again.end("SIGTERM")).code, 0);
    assert.equal((await first.end("SIGINT")).code, 0);
    for (const { folder } of [first, again]) leavesNothing(folder);

    rmSync(join(second.folder, "keys", "part-2"), { recursive: true });
    await refusesToStart(
      { SANDBANK_DATA: second.folder },
      { zh: /^保险库主密钥.*缺少第 2 个分量.*part-2/, en: /^Part 2 of the vault's key.*part-2/ },
    );
    leavesNothing(second.folder);
  },
);

/** What a demonstration was furnished with, as staff of the bank see it. */
async function furniture({ origin, key }: Served): Promise<object> {
  const headers = { authorization: `Bearer ${key("sandbar-bank/operator")}` };
  const ask = async <Answer>(path: string) => {
    const answer = await fetch(`${origin}${path}`, { headers });
    assert.equal(answer.status, 200, path);
    return (await answer.json()) as Answer;
  };
  const of = `?holder=${demoPersonId("customers", "Wen Qing, customer")}`;
  const { scenes } = await ask<{ scenes: { id: string; requestor: string }[] }>("/api/scenes");
  const { tokens } = await ask<{ tokens: { id: string; scenes: string[] }[] }>(`/api/tokens${of}`);
  const { payments } = await ask<{ payments: { payment: string; state: string }[] }>(
    `/api/payments${of}`,
  );
  const { declines } = await ask<{ declines: { act: string; code: string }[] }>(
    `/api/declines${of}`,
  );
  return {
    scenes: scenes.map(({ id, requestor }) => [id, requestor]),
    ...{ tokens, payments, declines },
  };
}

test("a demonstration is furnished once, unless it is to be empty", async () => {
  const furnished = { SANDBANK_DEMO: "furnished" };
  const first = await serve(freshFolder(), furnished);
  const found = (await furniture(first)) as Record<"scenes" | "tokens" | "payments", unknown[]>;
  assert.deepEqual(found.scenes, [
    ["flights", "active"],
    ["hotels", "active"],
    ["repayments", "active"],
  ]);
  assert.deepEqual([found.tokens.length, found.payments.length], [1, 2]);
  assert.equal((await first.end()).err, "");
  const again = await serve(first.folder, furnished);
  assert.deepEqual(await furniture(again), found);
  await again.end();
  const empty = await serve(freshFolder());
  assert.deepEqual(await furniture(empty), { scenes: [], tokens: [], payments: [], declines: [] });
  await empty.end();
});
