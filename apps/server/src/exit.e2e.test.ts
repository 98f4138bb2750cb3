/**
 * A pilot leaves on a whole server that is killed with SIGKILL between any two steps of its exit: at a
 * named stop point of the guard on the way of an act, within the job that writes its archive and
 * restores it, or after its answer. Started again and asked again under the same key it goes on, no step
 * is taken twice, and the archive restores to an equal hash. A few drawn kills in `npm test`, one of
 * them within the archive; every act at every stop point in `test:long`.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, test } from "node:test";
import fc from "fast-check";
import type { Stop } from "@sandbank/kernel/guard";
import { openDatabase, statement } from "@sandbank/kernel/store";
import { ARCHIVE_STOPS, type ArchiveStop } from "@sandbank/sandbox";
import { endChildren, freshFolder, runCli, serve, type Served } from "./child.fixture.ts";
import { migrations, roles } from "./parts.ts";
import { type Answer, asking } from "./shop.fixture.ts";

const LONG = process.env["SANDBANK_LONG"] === "1";
const SEED = Number(process.env["SANDBANK_SEED"] ?? 20_261_126);
const KILLS = 3;
/** Not "locked": only the first batch of a process takes the lock before it decides. */
const STOPPED: readonly Stop[] = ["prepared", "decided", "written", "committed", "answered"];
const WAITS_MAX = 600;
/** How long a server may take to be gone: after its answer, and once it no longer answers. */
const ANSWERED_MS = 500;
const UNANSWERED_MS = 20_000;

const PILOT = "item-provenance";
const HOUSE = "harrow-bank";
const EXIT = `/api/pilots/${PILOT}/exit`;
const text = { zh: "测试用说明", en: "a text of the test" };
const evidence = createHash("sha256").update("a document of the test").digest("hex");

/** One act of the exit: by whom, where, and what has to be so before the next. */
interface Act {
  readonly name: string;
  readonly of: string;
  path(notes: ReadonlyMap<string, string>): string;
  readonly body?: unknown;
  /** Acts of the guard that follow from it: its own, and those of its job. */
  readonly passes: number;
  readonly settled?: (server: Served) => Promise<boolean>;
}

interface Exit {
  readonly state: string;
  readonly steps: readonly { readonly id: string; readonly state: string }[];
  readonly archives: readonly { readonly state: string; readonly hash: string | null }[];
}

const act = (name: string, asked: { of?: string; path?: string; body?: unknown }): Act => {
  const { of = "", path = "", body } = asked;
  const said = body === undefined ? {} : { body };
  return { name, of: `${HOUSE}/${of}`, path: () => path, passes: 1, ...said };
};
const step = (of: string, id: string, items?: number): Act => {
  const counted = items === undefined ? {} : { items };
  const body = { step: id, evidence, ...counted };
  return act(`step.${id}`, { of, path: `${EXIT}/steps`, body });
};
const item = (kind: string): Act[] => {
  const [of, path, ref] = ["permits", `${EXIT}/items`, `${kind}-1`];
  return [
    act(`${kind}.list`, { of, path, body: { event: "list", kind, ref } }),
    act(`${kind}.finish`, { of, path, body: { event: "finish", kind, ref, evidence } }),
  ];
};

/** Every act of the exit, in order. */
const ACTS: readonly Act[] = [
  {
    ...act("propose", { path: EXIT, body: { reason: text, notice: text } }),
    of: "supervisor/officer",
  },
  {
    ...{ ...act("begin", { body: {} }), of: "supervisor/approver", passes: 3 },
    path: (notes) => `/api/tasks/${notes.get("propose")}/approve`,
    settled: async (server) => {
      const page = await read<{
        readonly state: string;
        readonly policy: { readonly effective: boolean } | null;
      }>(server, `/api/pilots/${PILOT}`);
      return page.state === "exiting" && page.policy?.effective === true;
    },
  },
  step("operator", "stop_new"),
  ...[...item("partner_agreement"), step("operator", "end_agreements", 1)],
  // What is owed is repaid before this step: see `refusedWhileOwed`.
  step("operator", "settle_finance"),
  ...[...item("node"), step("operator", "roll_back", 1)],
  ...[...item("lookup_notice"), step("compliance", "keep_lookup", 1)],
  step("compliance", "settle_with_people"),
  {
    ...act("archive", { of: "compliance", path: `${EXIT}/archive` }),
    passes: 3,
    settled: async (server) =>
      (await read<Exit>(server, EXIT)).archives.at(-1)?.state === "verified",
  },
  { ...step("", "archive"), of: "supervisor/officer" },
  act("confirm", { of: "compliance", path: `${EXIT}/confirmation`, body: { statement: text } }),
  { ...act("complete", { path: `${EXIT}/completion` }), of: "supervisor/approver" },
];

/** Where a server dies: on the way of which act, at which stop point, at whose pass of it. */
interface Kill {
  readonly at: number;
  readonly stop: Stop | ArchiveStop;
  readonly nth: number;
}

const EVERY: readonly Kill[] = ACTS.flatMap(({ name, passes }, at) => [
  ...STOPPED.flatMap((stop) =>
    Array.from({ length: passes }, (_, n) => ({ at, stop, nth: n + 1 })),
  ),
  ...(name === "archive" ? ARCHIVE_STOPS.map((stop) => ({ at, stop, nth: 1 })) : []),
]);

function isOfArchive(stop: Kill["stop"]): stop is ArchiveStop {
  return (ARCHIVE_STOPS as readonly string[]).includes(stop);
}

function killsOf(seed: number): readonly Kill[] {
  if (LONG) return EVERY;
  const archiving = EVERY.flatMap(({ stop }, nth) => (isOfArchive(stop) ? [nth] : []));
  const drawn = [
    ...fc.sample(fc.nat(EVERY.length - 1), { seed, numRuns: KILLS - 1 }),
    ...fc.sample(fc.constantFrom(...archiving), { seed, numRuns: 1 }),
  ];
  return [...new Set(drawn)].toSorted((a, b) => a - b).flatMap((nth) => EVERY[nth] ?? []);
}

let folder: string;
let armed: string;
before(() => {
  folder = freshFolder();
  armed = join(folder, "armed");
});
after(endChildren);

const notes = new Map<string, string>();

async function read<Body>(server: Served, path: string): Promise<Body> {
  const answer = await asking(server)({ path, of: "auditor/auditor" });
  assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`);
  return answer.body as Body;
}

function send(server: Served, { name, of, path, body }: Act): Promise<Answer> {
  return asking(server)({
    ...{ method: "POST", path: path(notes), of, id: `exit.${name}`, body: body ?? {} },
  });
}

/** Takes an act to its end: answered with a yes, and whatever follows from it done. */
async function take(server: Served, one: Act): Promise<void> {
  const answer = await send(server, one);
  assert.ok(answer.status < 300, `${one.name}: ${JSON.stringify(answer.body)}`);
  const { task } = answer.body as { readonly task?: string };
  if (task !== undefined) notes.set(one.name, task);
  await until(async () => (await one.settled?.(server)) ?? true, one.name);
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let waits = 0; !(await isSo()); waits++) {
    assert.ok(waits < WAITS_MAX, `waited in vain: ${what}`);
    await sleep(100);
  }
}

/**
 * A life that ends at a stop point on the way of an act, or after its answer where it passes none. The
 * job of an archive goes on by itself as soon as the next life begins, so its stops count from the
 * start: such a life may end before it answers anybody.
 */
async function dieOnTheWay({ at, stop, nth }: Kill): Promise<"at the stop" | "after the answer"> {
  const one = ACTS[at];
  assert.ok(one);
  if (isOfArchive(stop)) writeFileSync(armed, "");
  const server = await serve(folder, { SANDBANK_STOP_AT: `${stop}:${nth}:${armed}` }).catch(
    (error: unknown) => {
      if (!isOfArchive(stop)) throw error;
    },
  );
  writeFileSync(armed, "");
  const how =
    server === undefined
      ? "at the stop"
      : await take(server, one).then(
          () => endOf(server, ANSWERED_MS),
          (error: unknown) => {
            // A dead server answers nobody: whether the act was taken is asked again in the next life.
            if (error instanceof assert.AssertionError) throw error;
            return endOf(server, UNANSWERED_MS);
          },
        );
  rmSync(armed);
  return how;
}

/** Whether a server dies by itself within so many milliseconds; else it is killed. */
async function endOf(server: Served, ms: number): Promise<"at the stop" | "after the answer"> {
  const died = server.ended.then(() => "at the stop" as const);
  const how = await Promise.race([died, sleep(ms, "after the answer" as const)]);
  assert.equal((await server.end("SIGKILL")).signal, "SIGKILL");
  return how;
}

/** One fen is lent by a permit, and stays outstanding. */
async function lend(server: Served): Promise<void> {
  const permits = `/api/permits/${PILOT}`;
  const lent = { class: "USE", customer: "tea-1", product: "trade_finance", currency: "CNY" };
  const acts = [
    { act: "reserve", id: "join-1", class: "OPEN", customer: "tea-1", product: "enterprise" },
    { act: "reserve", id: "finance-1", amount: "1", ...lent },
    ...["join-1", "finance-1"].map((id) => ({ act: "confirm", id })),
  ];
  await permitted(server, `${permits}/batches`, acts);
}

async function permitted(server: Served, path: string, acts: readonly object[]): Promise<void> {
  for (const one of acts) {
    const asked = { method: "POST", path, of: `${HOUSE}/permits`, body: { acts: [one] } } as const;
    const { body } = await asking(server)(asked);
    const { results } = body as { readonly results: readonly { readonly outcome: string }[] };
    assert.equal(results[0]?.outcome, "accepted", JSON.stringify(body));
  }
}

/** With 0.01 outstanding the step is refused and says so; then it is paid back. */
async function refusedWhileOwed(server: Served, one: Act): Promise<void> {
  const body = one.body ?? {};
  const asked = {
    method: "POST",
    path: one.path(notes),
    of: one.of,
    id: "exit.too-early",
  } as const;
  const answer = await asking(server)({ ...asked, body });
  const said = JSON.stringify(answer.body);
  assert.equal(
    (answer.body as { readonly code: string }).code,
    "exit_obligations_outstanding",
    said,
  );
  assert.match(said, /pilot_outstanding|stocks_zero/);
  assert.match(said, /0\.01|"1"/, said);
  const back = [{ act: "closure", id: "finance-1", part: 1 }];
  await permitted(server, `/api/permits/${PILOT}/batches`, back);
}

test(
  "killed on the way of its acts, an exit goes on where it stood, and no step is taken twice",
  {
    timeout: 3_600_000,
  },
  async (t) => {
    t.diagnostic(`SANDBANK_SEED=${SEED}`);
    const kills = killsOf(SEED);
    let server: Served | undefined = await serve(folder);
    await lend(server);
    const deaths = new Map<string, number>();
    for (const [at, one] of ACTS.entries()) {
      if (one.name === "step.settle_finance") {
        server ??= await serve(folder);
        await refusedWhileOwed(server, one);
      }
      for (const kill of kills.filter((each) => each.at === at)) {
        if (server) assert.equal((await server.end("SIGKILL")).signal, "SIGKILL");
        server = undefined;
        const how = await dieOnTheWay(kill);
        deaths.set(how, (deaths.get(how) ?? 0) + 1);
        t.diagnostic(`${one.name}: killed ${how} "${kill.stop}" ${kill.nth}`);
      }
      server ??= await serve(folder);
      await take(server, one);
    }
    assert.ok(
      (deaths.get("at the stop") ?? 0) * 2 >= kills.length,
      "most kills fell at their stop",
    );
    assert.ok(server);
    await proveOnce(server);
    await proveArchive(server);
  },
);

/** Every act stands in the journal once, every step is closed, and there is one archive. */
async function proveOnce(server: Served): Promise<void> {
  const { state, steps, archives } = await read<Exit>(server, EXIT);
  assert.equal(state, "completed");
  assert.deepEqual([...new Set(steps.map((one) => one.state))], ["closed"]);
  assert.deepEqual(
    archives.map((one) => one.state),
    ["verified"],
  );
  const database = await openDatabase({ folder, mode: "demo", migrations, roles, join: true });
  try {
    const acts = statement(
      "test.acts_of_exit",
      `select split_part(id, '-', 1) as kind, id, count(*) as times
         from guard.journal where partition = 0 and outcome in ('accepted', 'parked')
          and (id like 'exit.%' or command in ('sandbox.record_archive', 'sandbox.record_restore'))
        group by 1, 2`,
    );
    const rows = await database.owner.query<{ kind: string; id: string; times: bigint }>(acts);
    assert.deepEqual([...new Set(rows.map(({ times }) => times))], [1n]);
    const ids = rows.map(({ id }) => id);
    for (const { name } of ACTS) assert.ok(ids.includes(`exit.${name}`), name);
    const kinds = rows.map(({ kind }) => kind);
    for (const kind of ["archive", "restore"]) {
      assert.equal(kinds.filter((one) => one === kind).length, 1, kind);
    }
  } finally {
    await database.end();
  }
}

/** The folder of the archive gives the hash that the public report states, and its log verifies. */
async function proveArchive(server: Served): Promise<void> {
  const report = await read<{ readonly archive: { readonly hash: string } }>(
    server,
    `${EXIT}/report`,
  );
  const archives = join(folder, "archives", PILOT);
  assert.deepEqual(readdirSync(archives), ["archive-1"], "no draft and no copy is left");
  const place = join(archives, "archive-1");
  const manifest = readFileSync(join(place, "manifest.json"));
  assert.equal(createHash("sha256").update(manifest).digest("hex"), report.archive.hash);
  const { files } = JSON.parse(manifest.toString()) as {
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
  };
  assert.ok(files.length > 0);
  for (const { path, sha256 } of files) {
    const bytes = readFileSync(join(place, path));
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, path);
  }
  const verified = await runCli(["verify", join(place, "logs", "1")], folder);
  assert.equal(verified.code, 0, verified.err);
}
