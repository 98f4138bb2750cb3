/**
 * P4.5: pilot 4 leaves a whole server by its plan. Every step is refused while anything of it is left,
 * and says what; the two holders destroy the keys, the server dies and starts on what is left of them.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, test } from "node:test";
import { fromIso, type Instant, toIso } from "@sandbank/kernel/clock";
import { endChildren, freshFolder, serve, type Served } from "./child.fixture.ts";
import {
  type Answer,
  type Ask,
  asking,
  CUSTOMERS,
  openShop,
  OPERATOR,
  paymentAt,
  PILOT,
  proveBooks,
  REQUESTOR,
  type Shop,
} from "./shop.fixture.ts";

const EXIT = `/api/pilots/${PILOT}/exit`;
const WAITS_MAX = 600;
const DAY_MS = 86_400_000;
const text = { zh: "测试用说明", en: "a text of the test" };
const evidence = createHash("sha256").update("a document of the test").digest("hex");

after(endChildren);

type Body = Record<string, unknown> & { readonly code?: string };

/** Whoever signs in by a link acts by a session; a key acts by itself. */
type Acts = (path: string, body?: unknown) => Promise<Answer & { readonly body: Body }>;

function byKey(server: Served, of: string): Acts {
  const ask: Ask = asking(server);
  return async (path, body = {}) => {
    const answer = await ask({ method: "POST", path, of, body });
    return { ...answer, body: answer.body as Body };
  };
}

async function signIn(server: Served, name: string): Promise<Acts> {
  const { people } = JSON.parse(readFileSync(join(server.folder, "demo.json"), "utf8")) as {
    readonly people: readonly { readonly name: { readonly en: string }; readonly link: string }[];
  };
  const found = people.find((one) => one.name.en === name);
  assert.ok(found, name);
  const json = { "content-type": "application/json" };
  const answer = await fetch(`${server.origin}/api/session/link`, {
    ...{ method: "POST", headers: json },
    body: JSON.stringify({ link: found.link.split("/").at(-1) }),
  });
  assert.equal(answer.status, 200);
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";", 1);
  const { csrf } = (await answer.json()) as { readonly csrf: string };
  return async (path, body = {}) => {
    const sent = await fetch(server.origin + path, {
      ...{ method: "POST", headers: { ...json, cookie, "x-csrf-token": csrf } },
      body: JSON.stringify(body),
    });
    return { status: sent.status, body: (await sent.json()) as Body };
  };
}

async function done(asked: ReturnType<Acts>): Promise<Body> {
  const { status, body } = await asked;
  assert.ok(status < 300, JSON.stringify(body));
  return body;
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let waits = 0; !(await isSo()); waits++) {
    assert.ok(waits < WAITS_MAX, `waited in vain: ${what}`);
    await sleep(100);
  }
}

async function read<Of>(server: Served, path: string): Promise<Of> {
  const { status, body } = await asking(server)({ path, of: "auditor/auditor" });
  assert.equal(status, 200, JSON.stringify(body));
  return body as Of;
}

const step = (id: string, items?: number) => ({
  ...{ step: id, evidence },
  ...(items === undefined ? {} : { items }),
});

/** What stands against a step that is not done: by what finds it, with how much. */
async function open(asked: ReturnType<Acts>): Promise<string[]> {
  const { body } = await asked;
  assert.equal(body.code, "exit_obligations_outstanding", JSON.stringify(body));
  const failed = body["failed"] as readonly { limit: string; used: string }[];
  return failed.map(({ limit, used }) => `${limit} ${used}`);
}

async function leave(server: Served): Promise<void> {
  const asked = { reason: text, notice: text };
  const { task } = await done(byKey(server, "supervisor/officer")(EXIT, asked));
  await done(byKey(server, "supervisor/approver")(`/api/tasks/${String(task)}/approve`));
  await until(async () => {
    const page = await read<{ state: string; policy: { effective: boolean } | null }>(
      server,
      `/api/pilots/${PILOT}`,
    );
    return page.state === "exiting" && page.policy?.effective === true;
  }, "the pilot leaves");
}

/** Told, cut off, captured and paid out: until then the steps are refused and list what is open. */
async function finish(server: Served, shop: Shop, payment: string): Promise<void> {
  const [bank, steps] = [byKey(server, OPERATOR), `${EXIT}/steps`];
  await done(bank(steps, step("stop_issue")));
  assert.deepEqual(await open(bank(steps, step("notify_holders", 0))), ["holders_untold 1"]);
  await done(bank("/api/ending/notices"));
  const told = await asking(server)({ path: `/api/holders/${shop.holder}/ending`, of: CUSTOMERS });
  assert.notEqual((told.body as { notice: unknown }).notice, null);
  await done(bank(steps, step("notify_holders", 0)));
  const cut = bank(steps, step("cut_off_scenes", 0));
  assert.deepEqual(await open(cut), [`scenes_open/${shop.scene} 1`]);
  await done(bank(`/api/scenes/${shop.scene}/end`));
  await done(bank(steps, step("cut_off_scenes", 0)));
  const flight = await open(bank(steps, step("finish_authorisations")));
  assert.deepEqual(flight, ["holds 1", `payments_open/${payment} 7000`]);
  const early = await bank("/api/ending/tokens");
  assert.equal(early.body.code, "ending_payments_open");
  const capture = { amount: "7000", final: true };
  await done(byKey(server, REQUESTOR)(`/api/authorisations/${payment}/captures`, capture));
  const owed = await open(bank(steps, step("finish_authorisations")));
  assert.deepEqual(owed, [`settlements_owed/${shop.trid} 7000`]);
  await dayAfter(server);
  await done(bank(steps, step("finish_authorisations")));
}

/** At its midnight the day is settled, and what was owed is paid out. */
async function dayAfter(server: Served): Promise<void> {
  const { now } = await read<{ now: string }>(server, "/api/clock");
  const to = toIso((fromIso(now) + DAY_MS) as Instant);
  await done(byKey(server, "platform/clock")("/api/clock", { to }));
}

async function clear(server: Served, compliance: Acts): Promise<void> {
  const [bank, steps] = [byKey(server, OPERATOR), `${EXIT}/steps`];
  const item = { kind: "deletion_confirmation", ref: "farsail" };
  await done(bank(`${EXIT}/items`, { event: "list", ...item }));
  await done(bank(`${EXIT}/items`, { event: "finish", ...item, evidence }));
  const left = await open(compliance(steps, step("delete_tokens", 1)));
  assert.deepEqual(left, ["tokens_live 1", "cards_bound 1"]);
  await done(compliance("/api/ending/tokens"));
  await done(compliance("/api/ending/cards"));
  await done(compliance(steps, step("delete_tokens", 1)));
  await done(compliance(steps, step("settle_with_people")));
}

/** By the two who hold the parts; nobody else may, and the step waits for it. */
async function destroyKeys(server: Served, compliance: Acts): Promise<void> {
  const sun = await signIn(server, "Sun Hao, operator");
  const xu = await signIn(server, "Xu Rong, senior");
  const kept = await open(compliance(`${EXIT}/steps`, step("destroy_keys", 0)));
  assert.deepEqual(kept, ["keys_kept 4"]);
  const other = await compliance("/api/vault/destruction");
  assert.equal(other.body.code, "key_holders_only");
  const { task } = await done(sun("/api/vault/destruction"));
  await done(xu(`/api/tasks/${String(task)}/approve`));
  await until(async () => {
    const { left } = await read<{ left: readonly unknown[] }>(server, "/api/ending");
    return left.length === 0;
  }, "no key is left");
  for (const part of ["part-1", "part-2"]) {
    assert.deepEqual(readdirSync(join(server.folder, "keys", part)), ["vault-destroyed"]);
  }
}

async function archive(server: Served, compliance: Acts): Promise<void> {
  await done(compliance(`${EXIT}/archive`));
  await until(async () => {
    const { archives } = await read<{ archives: readonly { state: string }[] }>(server, EXIT);
    return archives.at(-1)?.state === "verified";
  }, "the archive is restored");
  await done(byKey(server, "supervisor/officer")(`${EXIT}/steps`, step("archive")));
  await done(compliance(`${EXIT}/confirmation`, { statement: text }));
  await done(byKey(server, "supervisor/approver")(`${EXIT}/completion`));
}

test(
  "P4.5: payment tokens leave, step by step, and their keys are gone",
  { timeout: 600_000 },
  async () => {
    const folder = freshFolder();
    let server = await serve(folder);
    const shop = await openShop(asking(server), "ending", 50_000n);
    const asked = paymentAt(shop, 7_000n, "order-1");
    const { payment } = await done(byKey(server, REQUESTOR)("/api/authorisations", asked));
    const early = await byKey(server, OPERATOR)("/api/ending/tokens");
    assert.equal(early.body.code, "pilot_not_leaving");
    await leave(server);
    await finish(server, shop, String(payment));
    let compliance = await signIn(server, "Wei Lin, compliance");
    await clear(server, compliance);
    await destroyKeys(server, compliance);

    assert.equal((await server.end("SIGKILL")).signal, "SIGKILL");
    server = await serve(folder);
    for (const part of ["part-1", "part-2"]) {
      assert.deepEqual(
        readdirSync(join(folder, "keys", part)),
        ["vault-destroyed"],
        "none is made",
      );
    }
    compliance = await signIn(server, "Wei Lin, compliance");
    const look = { cards: [shop.card], purpose: "dispute", reference: "late" };
    assert.equal((await compliance("/api/looks", look)).body.code, "vault_keys_destroyed");
    await done(compliance(`${EXIT}/steps`, step("destroy_keys", 0)));
    await archive(server, compliance);
    const { state } = await read<{ state: string }>(server, `/api/pilots/${PILOT}`);
    assert.equal(state, "exited");
    await proveBooks(asking(server));
  },
);
