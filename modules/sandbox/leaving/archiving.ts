/**
 * Archiving as acts: somebody asks, a job writes and restores, and both results are put on record by
 * the system. The job may die anywhere: what is on record is never written again, and what is not is
 * written from the beginning.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Guard, type Outcome } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { task, type Task } from "@sandbank/kernel/jobs";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import {
  readArchives,
  requestArchiveRow,
  verifyArchiveRow,
  writeArchiveRow,
} from "../archive/archive.store.ts";
import { type Manifest, manifestHash } from "../archive/manifest.ts";
import { type ArchiveName, restoreArchive, writeArchive } from "../archive/write.ts";
import { type EndingPorts, SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { after, ARCHIVE_TABLE } from "../exit/exit.ts";
import { refuse } from "../exit/exit.refusals.ts";
import { type Leaving, loadLeaving, notOf, OFFICERS, readLedger, runnersOf } from "./leaving.ts";
import type { LedgerFacts } from "../exit/obligation.ts";

const ARCHIVE = "sandbox.archive_pilot";
/** Tries before the job is parked and staff see why. */
const TRIES_MAX = 10;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const about = {
  class: "SERVICE",
  keys: ({ pilot }: { readonly pilot: string }) => ({ reads: [], writes: [`pilot/${pilot}`] }),
  load: loadLeaving,
} as const;

const requesting = z.strictObject({ pilot: slugContract });

/** Refuses with exit_not_begun, exit_of_another_institution, the archive's own code. */
function requestArchive(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof requesting>>, Leaving, LedgerFacts> {
  return {
    ...about,
    name: "sandbox.request_archive",
    contract: requesting,
    may: OFFICERS,
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command: { pilot }, principal, now }) {
      if (state.exit === undefined) return refuse("exit_not_begun");
      const runners = runnersOf(state, ports.operatorOf(pilot));
      if (!runners.includes(principal.organisation) && notOf("supervisor", principal, runners)) {
        return refuse("exit_of_another_institution");
      }
      const latest = state.archives.at(-1);
      if (latest !== undefined && latest.state !== "verified") {
        return refuse(`exit_archive_is_${latest.state}`);
      }
      const number = (latest?.number ?? 0) + 1;
      const asked = { requested_by: principal.id, requested_at: toIso(now) };
      return {
        entries: [],
        changes: [change(requestArchiveRow, { pilot, number, ...asked })],
        answer: { pilot, number },
        jobs: [{ task: ARCHIVE, payload: { pilot, number } }],
      };
    },
  };
}

const manifestContract = z.strictObject({
  t: z.literal("archive"),
  pilot: slugContract,
  number: z.int().min(1),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().min(0), sha256: hash })),
  logs: z.array(
    z.strictObject({
      ...{ folder: z.string(), origin: z.string() },
      ...{ size: z.int().min(0), root: z.string() },
    }),
  ),
});

const writing = z.strictObject({
  ...{ pilot: slugContract, number: z.int().min(1), hash, manifest: manifestContract },
});
const restoring = z.strictObject({ pilot: slugContract, number: z.int().min(1), hash });

/** Refuses with exit_archive_unknown, the archive's own code, exit_archive_restores_differently. */
function recordArchive(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof writing>>, Leaving, LedgerFacts> {
  return {
    ...about,
    name: "sandbox.record_archive",
    contract: writing,
    may: ["system"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command: { pilot, number, hash: said, manifest }, now }) {
      const row = state.archives.find((one) => one.number === number);
      if (row === undefined) return refuse("exit_archive_unknown");
      const to = after(ARCHIVE_TABLE, row.state, "write");
      if (isRefusal(to)) return to;
      if (manifestHash(manifest) !== said) return refuse("exit_archive_restores_differently");
      const written = { hash: said, manifest, written_at: toIso(now) };
      return {
        entries: [],
        changes: [change(writeArchiveRow, { pilot, number, ...written })],
        answer: { pilot, number, hash: said },
        leaves: [{ t: "archive", pilot, number, hash: said }],
      };
    },
  };
}

/** Refuses with exit_archive_unknown, the archive's own code, exit_archive_restores_differently. */
function recordRestore(
  ports: EndingPorts,
): Command<Readonly<z.infer<typeof restoring>>, Leaving, LedgerFacts> {
  return {
    ...about,
    name: "sandbox.record_restore",
    contract: restoring,
    may: ["system"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    decide({ state, command: { pilot, number, hash: said }, now }) {
      const row = state.archives.find((one) => one.number === number);
      if (row === undefined) return refuse("exit_archive_unknown");
      const to = after(ARCHIVE_TABLE, row.state, "restore");
      if (isRefusal(to)) return to;
      if (row.hash !== said) return refuse("exit_archive_restores_differently");
      const restored = { restored: said, verified_at: toIso(now) };
      return {
        entries: [],
        changes: [change(verifyArchiveRow, { pilot, number, ...restored })],
        answer: { pilot, number, hash: said },
      };
    },
  };
}

export function archiveCommands(ports: EndingPorts): readonly Command[] {
  return [requestArchive(ports), recordArchive(ports), recordRestore(ports)];
}

type Ports = Pick<SandboxPorts, "store" | "guard" | "archives">;

/** The job that writes an archive and proves it by restoring. */
export function archivePilot(ports: Ports): Task {
  return task<{ readonly pilot: string; readonly number: number }>({
    task: ARCHIVE,
    attempts_max: TRIES_MAX,
    async run(name) {
      const row = (await readArchives(ports.store, SANDBOX_PARTITION, name.pilot)).find(
        (one) => one.number === name.number,
      );
      if (row === undefined || row.state === "verified") return;
      if (row.state === "requested") await record(ports.guard, await writeArchive(ports, name));
      await restored(ports.guard, name, await restoreArchive(ports, name));
    },
  });
}

async function record(guard: Guard, manifest: Manifest): Promise<void> {
  const { pilot, number } = manifest;
  const said = manifestHash(manifest);
  done(
    await guard.act({
      ...{ partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox") },
      ...{ id: `archive-${pilot}-${number}-${said.slice(0, 16)}` },
      command: "sandbox.record_archive",
      content: { pilot, number, hash: said, manifest },
    }),
  );
}

async function restored(guard: Guard, name: ArchiveName, manifest: Manifest): Promise<void> {
  const said = manifestHash(manifest);
  done(
    await guard.act({
      ...{ partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox") },
      ...{ id: `restore-${name.pilot}-${name.number}-${said.slice(0, 16)}` },
      ...{ command: "sandbox.record_restore", content: { ...name, hash: said } },
    }),
  );
}

function done(outcome: Outcome): void {
  if (outcome.kind === "accepted") return;
  const why = outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
  throw new Error(`the archive is not on record: ${why}`);
}
