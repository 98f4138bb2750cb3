/**
 * What becomes of a reserved permit: confirmed, cancelled, and later given back in parts. All of it
 * is SERVICE, so that a suspended pilot finishes what it began.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import {
  change,
  type Command,
  type Counts,
  type Decision,
  type Loading,
} from "@sandbank/kernel/guard";
import { fen } from "@sandbank/kernel/money";
import type { Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { confirmBodyContract, giveBackBodyContract, permitIdContract } from "./permit.contract.ts";
import { type KeptState, PERMIT, type Permit, type PermitEvent, stateAt } from "./permit.ts";
import { refuse } from "./permit.refusals.ts";
import { permitsIn, putPermit } from "./permit.store.ts";

const named = z.strictObject({ id: permitIdContract });
const confirming = confirmBodyContract.extend({ id: permitIdContract });
const givingBack = z.strictObject({ id: permitIdContract, back: giveBackBodyContract });

type Named = z.infer<typeof named>;
type Found = Permit | undefined;

const keys = ({ id }: Named) => ({ reads: [], writes: [`permit/${id}`] });

function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Named, unknown>[],
): Promise<Found[]> {
  const names = questions.map(({ command: { id }, principal: { organisation } }) => ({
    ...{ organisation, id },
  }));
  return permitsIn(tx, partition, names);
}

/** Takes a step of the table. Permits are found by organisation, so a foreign one is unknown. */
function step(
  found: Found,
  asked: { readonly event: PermitEvent; readonly now: Instant },
): { readonly of: Permit; readonly to: KeptState } | Refusal {
  if (found === undefined) return refuse("permit_unknown");
  const next = PERMIT[stateAt(found, asked.now)][asked.event];
  if ("no" in next) return refuse(next.no);
  return { of: found, to: next.to as KeptState };
}

function standing(
  of: Permit,
  next: { readonly state: KeptState; readonly confirmed: bigint; readonly given_back: bigint },
): Pick<Decision, "changes" | "answer"> {
  const { organisation, id, amount, expires } = of;
  const figure = (value: bigint) => (amount === null ? null : String(value));
  return {
    changes: [change(putPermit, { organisation, id, ...next })],
    answer: {
      ...{ permit: id, state: next.state, expires: toIso(expires) },
      amount: amount === null ? null : String(amount),
      confirmed: figure(next.confirmed),
      givenBack: figure(next.given_back),
    },
  };
}

const SERVICE = { class: "SERVICE", alongside: true, may: ["permit_client"], keys, load } as const;

/**
 * The act was done. Refuses permit_unknown, the state's own code, permit_has_no_amount, and by the
 * ledger capture_above_hold.
 */
export const confirmPermit: Command<z.infer<typeof confirming>, Found> = {
  ...SERVICE,
  name: "sandbox.confirm_permit",
  contract: confirming,
  decide({ state, command, now }) {
    const taken = step(state, { event: "confirm", now });
    if (isRefusal(taken)) return taken;
    const { of, to } = taken;
    if (of.amount === null && command.amount !== undefined) return refuse("permit_has_no_amount");
    const asked = command.amount === undefined ? of.amount : BigInt(command.amount);
    const amount = fen(asked ?? 1n);
    return {
      entries: [{ kind: "capture", hold: of.act, amount, final: true }],
      ...standing(of, { state: to, confirmed: asked ?? 0n, given_back: 0n }),
    };
  },
};

/** The act was not done; what was held goes back. Refuses permit_unknown, the state's own code. */
export const cancelPermit: Command<Named, Found> = {
  ...SERVICE,
  name: "sandbox.cancel_permit",
  contract: named,
  decide({ state, now }) {
    const taken = step(state, { event: "cancel", now });
    if (isRefusal(taken)) return taken;
    const { of, to } = taken;
    return {
      entries: [{ kind: "release", hold: of.act }],
      ...standing(of, { state: to, confirmed: 0n, given_back: 0n }),
    };
  },
};

/**
 * Something comes back of a confirmed act, to the very limits that it took it from. Refuses
 * permit_unknown, the state's own code, permit_has_no_amount, give_back_above_confirmed.
 */
export const giveBackPermit: Command<z.infer<typeof givingBack>, Found> = {
  ...SERVICE,
  name: "sandbox.give_back_permit",
  contract: givingBack,
  decide({ state, command: { back }, now }) {
    const event = back.why === "closure" ? "close" : "give_back";
    const taken = step(state, { event, now });
    if (isRefusal(taken)) return taken;
    const { of, to } = taken;
    const left = of.confirmed - of.given_back;
    if (of.amount === null && back.why !== "closure") return refuse("permit_has_no_amount");
    const asked = back.why === "closure" ? left : BigInt(back.amount);
    if (asked > left) {
      const code = "give_back_above_confirmed";
      const figures = { used: of.given_back, cap: of.confirmed, asked };
      return refuse(code, { failed: [{ code, limit: "confirmed", unit: "fen", ...figures }] });
    }
    const given_back = of.given_back + asked;
    return {
      entries: [],
      counts: { ...countsOf(of), why: back.why, amount: fen(asked) },
      ...standing(of, { state: to, confirmed: of.confirmed, given_back }),
    };
  },
};

/** What the act counted, as facts of what comes back of it. */
function countsOf(of: Permit): Counts {
  const { customer, currency, region, channel, partner, merchant, product } = of;
  return {
    ...{ as: "give_back" as const, at: of.at, of: of.class, held: of.act },
    ...(customer === null ? {} : { customer }),
    ...(currency === null ? {} : { currency }),
    ...(region === null ? {} : { region }),
    ...(channel === null ? {} : { channel }),
    ...(partner === null ? {} : { partner }),
    ...(merchant === null ? {} : { merchant }),
    ...(product === null ? {} : { product }),
  };
}

export const finishCommands: readonly Command[] = [confirmPermit, cancelPermit, giveBackPermit];
