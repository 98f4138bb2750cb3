/**
 * The first start: puts the shipped declarations on record and, in the demonstration, admits the
 * pilots that have terms there and starts them. Everything goes through the guard; run again it
 * changes nothing.
 */
import type { Guard, Outcome } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import { hashOf } from "../declaration/declaration.ts";
import { shippedAdmissions } from "../admission/admission.ts";
import { shippedDeclarations } from "../declaration/shipped.ts";
import type { Admission } from "../admission/admission.contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { findPilot } from "../pilot/pilot.store.ts";

export interface LoadOptions {
  readonly store: Store;
  readonly guard: Guard;
  /**
   * In the demonstration, the partitions that serve a pilot; a pilot without any stays registered.
   * Live, leave it out: there a person arms and starts pilots.
   */
  readonly demoPartitions?: (pilot: string) => readonly number[];
  /** Pilots of the first batch that are not put on record, so that somebody may declare them here. */
  readonly without?: readonly string[];
  /** In the demonstration, what has to stand before a pilot is armed: its compensation pool. */
  readonly beforeArming?: (pilot: string) => Promise<void>;
}

/** Slugs of what this run recorded, armed or started; empty lists on every later start. */
export interface Loaded {
  readonly recorded: readonly string[];
  readonly armed: readonly string[];
  readonly started: readonly string[];
}

/** Throws a fault if a shipped file is refused: the program does not start half loaded. */
export async function loadShipped(options: LoadOptions): Promise<Loaded> {
  const recorded: string[] = [];
  const { demoPartitions, without = [] } = options;
  for (const declaration of shippedDeclarations()) {
    const { pilot } = declaration;
    if (without.includes(pilot)) continue;
    const hash = hashOf(declaration);
    const known = await findPilot(options.store, SANDBOX_PARTITION, pilot);
    // A pilot beyond registration keeps the declaration that it was admitted with.
    if (known !== undefined && (known.hash === hash || known.policy > 0)) continue;
    const id = `record-${pilot}-${hash.slice(0, 16)}`;
    await act(options.guard, {
      id,
      command: "sandbox.record_declaration",
      content: { declaration },
    });
    recorded.push(pilot);
  }
  const armed: string[] = [];
  const started: string[] = [];
  for (const admission of demoPartitions === undefined ? [] : shippedAdmissions()) {
    const partitions = demoPartitions?.(admission.pilot) ?? [];
    if (partitions.length === 0 || without.includes(admission.pilot)) continue;
    await options.beforeArming?.(admission.pilot);
    if (await armOne(options, admission, partitions)) armed.push(admission.pilot);
    if (await startOne(options, admission.pilot)) started.push(admission.pilot);
  }
  return { recorded, armed, started };
}

async function armOne(
  { store, guard }: LoadOptions,
  admission: Admission,
  partitions: readonly number[],
): Promise<boolean> {
  const { pilot } = admission;
  const known = await findPilot(store, SANDBOX_PARTITION, pilot);
  if (known?.state !== "registered") return false;
  const content = { pilot, partitions, admission };
  const id = `arm-${pilot}-${hashOf(content).slice(0, 16)}`;
  await act(guard, { id, command: "sandbox.arm", content });
  return true;
}

async function startOne({ store, guard }: LoadOptions, pilot: string): Promise<boolean> {
  const known = await findPilot(store, SANDBOX_PARTITION, pilot);
  if (known?.state !== "ready") return false;
  await act(guard, { id: `start-${pilot}`, command: "sandbox.start", content: { pilot } });
  return true;
}

async function act(
  guard: Guard,
  call: { readonly id: string; readonly command: string; readonly content: unknown },
): Promise<void> {
  const principal = systemPrincipal("sandbox");
  const outcome = await guard.act({ ...call, partition: SANDBOX_PARTITION, principal });
  if (outcome.kind !== "accepted") throw new Error(`${call.command} ${call.id}: ${said(outcome)}`);
}

function said(outcome: Outcome): string {
  if (outcome.kind !== "refused") return outcome.kind;
  const { code, params = {} } = outcome.refusal;
  return `${code} ${JSON.stringify(params)}`;
}
