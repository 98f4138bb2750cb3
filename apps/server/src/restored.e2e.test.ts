/**
 * A backup restored beside what has been signed since: the store is older than the log that was
 * published, so the publisher signs nothing, says so, and what is published keeps verifying. A
 * publisher that has lost its memory signs, and is found out by a checkpoint that was kept.
 */
import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, test } from "node:test";
import { endChildren, freshFolder, runCli, serve, type Served } from "./child.fixture.ts";
import { asking, openShop, paymentAt, PILOT, REQUESTOR, type Shop } from "./shop.fixture.ts";

after(endChildren);

const CHECKPOINT = join("logs", PILOT, "4", "checkpoint");
/** A publisher that ended holds its lease for ten seconds more. */
const WAITS_MAX = 400;

async function pay(server: Served, shop: Shop, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const asked = { method: "POST", path: "/api/authorisations", of: REQUESTOR, id: name } as const;
    const { status } = await asking(server)({ ...asked, body: paymentAt(shop, 100n, name) });
    assert.equal(status, 201);
  }
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waits = 0; !(await holds()); waits++) {
    assert.ok(waits < WAITS_MAX, what);
    await sleep(50);
  }
}

const sizeOf = (checkpoint: string) => Number(checkpoint.split("\n")[1]);
const checkpointOf = (folder: string) => readFileSync(join(folder, CHECKPOINT), "utf8");

interface Said {
  readonly findings: readonly { readonly code: string; readonly sentence: string }[];
}

/** The published log by its own keys; `older` is a checkpoint that somebody kept. */
async function verify(folder: string, keys: readonly string[], older?: string) {
  const vkeys = keys.flatMap((one) => ["--vkey", one]);
  const kept = older === undefined ? [] : ["--older", older];
  const place = join(folder, "logs", PILOT, "4");
  const { code, out, err } = await runCli(["verify", place, ...vkeys, ...kept, "--json"], folder);
  assert.doesNotMatch(err, /Error/, err);
  return { code, findings: (JSON.parse(out) as Said).findings.map((one) => one.code) };
}

function forget(folder: string, which: RegExp): void {
  const keys = join(folder, "keys");
  for (const name of readdirSync(keys)) if (which.test(name)) rmSync(join(keys, name));
}

async function keysOf({ origin }: Served): Promise<string[]> {
  const known = (await (await fetch(`${origin}/.well-known/sandbank`)).json()) as {
    readonly logs: readonly { readonly url: string; readonly vkey: string }[];
    readonly witnesses: readonly string[];
  };
  const own = known.logs.find(({ url }) => url.includes(PILOT));
  assert.ok(own);
  return [own.vkey, ...known.witnesses];
}

/** The backup in a folder of its own, with parts of the newest folder beside. */
async function restoreBeside(
  from: { readonly backup: string; readonly folder: string },
  parts: readonly string[],
): Promise<string> {
  const restored = join(freshFolder(), "restored");
  assert.equal((await runCli(["restore", from.backup, restored], restored)).code, 0);
  for (const part of parts) {
    cpSync(join(from.folder, part), join(restored, part), { recursive: true });
  }
  return restored;
}

const isLong = process.env["SANDBANK_LONG"] === "1";

test("a backup restored beside newer signatures", { timeout: 300_000 }, async (t) => {
  const folder = freshFolder();
  const backup = join(freshFolder(), "backup");
  const first = await serve(folder);
  const shop = await openShop(asking(first), "restored", 1_000_000n);
  assert.equal((await runCli(["backup", backup], folder)).code, 0);
  await pay(first, shop, ["after-1", "after-2", "after-3"]);
  const keys = await keysOf(first);
  assert.equal((await first.end()).code, 0);
  const signed = checkpointOf(folder);
  assert.deepEqual(await verify(folder, keys), { code: 0, findings: [] });

  const restoreWith = (parts: readonly string[]) => restoreBeside({ backup, folder }, parts);
  await t.test("is not signed, which is said, and what is published stays", async () => {
    const restored = await restoreWith(["keys", "logs", "witness"]);
    const server = await serve(restored);
    const says = (what: RegExp) => until(() => what.test(server.said()), `it says ${what}`);
    await says(/LogAltered/);
    await says(/it shrank from \d+ to \d+/);
    assert.equal(checkpointOf(restored), signed);
    const names = Array.from({ length: 8 }, (_, i) => `other-${i}`);
    await pay(server, shop, names);
    await says(/another one than was signed|not the one that was signed/);
    assert.equal(checkpointOf(restored), signed);
    assert.deepEqual(await verify(restored, keys), { code: 0, findings: [] });
    assert.equal((await server.end()).code, 0);
  });

  await t.test("nor where only the published files remember", { skip: !isLong }, async () => {
    const restored = await restoreWith(["keys", "logs", "witness"]);
    forget(restored, /\.signed\.json$/);
    const server = await serve(restored);
    await until(() => /LogAltered/.test(server.said()), "the publisher says so");
    assert.equal(checkpointOf(restored), signed);
    await server.end();
  });

  await t.test(
    "with the key and no memory it signs, and whoever kept a checkpoint sees",
    async () => {
      const restored = await restoreWith(["keys"]);
      forget(restored, /\.signed\.json$/);
      const server = await serve(restored);
      await until(() => existsSync(join(restored, CHECKPOINT)), "it signs");
      const others = await keysOf(server);
      await server.end();
      assert.ok(sizeOf(checkpointOf(restored)) < sizeOf(signed));
      const { code, findings } = await verify(restored, others, join(folder, CHECKPOINT));
      assert.equal(code, 1);
      t.diagnostic(`verify says ${findings.join(", ")}`);
      assert.ok(findings.length > 0);
    },
  );
});
