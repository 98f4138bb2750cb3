/**
 * A complaint as a scenario has it, and what people do to it: lodged by whoever was harmed, answered
 * by the desk of its institution, and paid for out of the pool: claimed by the desk, judged by a
 * trustee, paid by two.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { act, byTwo, note, noted, read, type Stage, type Who } from "./stage.ts";

/** A complaint as the plan has it; instants of what happens to it. */
export interface Grievance {
  readonly id: string;
  readonly pilot: string;
  readonly desk: string;
  readonly category: string;
  readonly text: string;
  readonly lodged: Instant;
  /** First instant that is late, in the end. */
  readonly due: Instant;
  readonly answered?: Instant;
  readonly outcome?: "upheld" | "partly" | "rejected";
  readonly ground?: string;
  readonly withdrawn?: Instant;
  readonly rechecked?: Instant;
}

/** The law's days from receipt to decision; the day of receipt does not count. */
export const TERM_DAYS = { usual: 15, extended: 30 } as const;

export async function lodge(stage: Stage, of: Grievance): Promise<void> {
  const { pilot, category, text, id } = of;
  const lodged = await act<{ complaint: string; receipt: string }>(stage, {
    ...{ who: "sandbar-bank customers", path: `/api/pilots/${pilot}/complaints` },
    ...{ key: `lodge.${id}`, body: { category, text } },
  });
  note(stage, `complaint.${id}`, lodged.complaint);
  note(stage, `receipt.${id}`, lodged.receipt);
}

/** What is done to a complaint; by its desk unless told. */
interface Handling {
  readonly act: string;
  readonly who?: Who;
  readonly [name: string]: unknown;
}

export function handle(
  stage: Stage,
  of: Grievance,
  { who = `${of.desk} complaints`, ...body }: Handling,
): Promise<unknown> {
  const path = `/api/complaints/${noted(stage, `complaint.${of.id}`)}/acts`;
  return act(stage, { who, path, key: `${body.act}.${of.id}`, body });
}

export async function answer(stage: Stage, of: Grievance): Promise<void> {
  const { ground, outcome } = of;
  const words = "经核查，答复如上。 It was looked into; this is the answer.";
  if (ground !== undefined) {
    await handle(stage, of, { act: "find_inadmissible", interest: "none", ground, words });
    return;
  }
  await handle(stage, of, { act: "accept", interest: "none" });
  await handle(stage, of, { act: "decide", outcome, words });
}

interface Numbers {
  readonly figures: Readonly<Record<string, number | null>>;
}

/** What everybody may read of a pilot's complaints. */
export function numbersOf(stage: Stage, pilot: string): Promise<Numbers> {
  return read<Numbers>(stage, `/api/pilots/${pilot}/complaints`);
}

/** A claim out of the upheld complaint: raised by its desk, judged by a trustee; fen. */
export async function claim(
  stage: Stage,
  of: Grievance,
  sums: { readonly asked: string; readonly admitted: string },
): Promise<void> {
  const cause = { kind: "complaint", id: noted(stage, `complaint.${of.id}`) };
  const raised = await act<{ answer: { claim: string } }>(stage, {
    ...{ who: `${of.desk} complaints`, path: `/api/pilots/${of.pilot}/claims` },
    ...{ key: "claim.raise", body: { cause, amount: sums.asked } },
  });
  const path = `/api/claims/${note(stage, "claim", raised.answer.claim)}/acts`;
  const body = { act: "admit", amount: sums.admitted, words: "部分成立 Admitted in part" };
  await act(stage, { who: `${of.desk} trustee`, path, key: "claim.admit", body });
}

/** What everybody may read of a pool, in fen. */
interface PoolFigures {
  readonly free: string;
  readonly claimed: string;
  readonly paid: string;
  readonly paidBy: { readonly pool: string };
  readonly claims: { readonly paid: number };
}

export function poolOf(stage: Stage, pilot: string): Promise<PoolFigures> {
  return read<PoolFigures>(stage, `/api/pilots/${pilot}/compensation`);
}

/** Above what one person may pay it takes two. */
export async function payOut(stage: Stage, of: Grievance, amount: string): Promise<void> {
  await byTwo(stage, {
    ...{ who: `${of.desk} trustee`, second: `${of.desk} senior` },
    path: `/api/claims/${noted(stage, "claim")}/acts`,
    ...{ key: "claim.pay", body: { act: "pay", amount } },
  });
}
