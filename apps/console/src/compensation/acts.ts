/** Acts of compensation: putting money in, judging a claim, paying it; when each is open, and to whom. */
import type { Claim, PilotSummary } from "@sandbank/sandbox/contract";
import { type Command, isOf, mayTake } from "../offices.ts";
import type { Who } from "../setting.ts";

export const CLAIM_ACTS = ["admit", "refuse", "pay"] as const;
export type ClaimActName = (typeof CLAIM_ACTS)[number];

export function isClaimAct(name: string | undefined): name is ClaimActName {
  return CLAIM_ACTS.some((act) => act === name);
}

/** Whoever runs a pilot puts money into its pool. */
export function mayFund({ runBy }: Pick<PilotSummary, "runBy">, who: Who): boolean {
  return mayTake(who, "fund_pool") && isOf(who, runBy);
}

const COMMANDS: Readonly<Record<ClaimActName, Command>> = {
  ...{ admit: "admit_claim", refuse: "refuse_claim", pay: "pay_claim" },
};

/** What a trustee of the pilot's institution may do to a claim; nobody judges what he raised. */
export function claimActsOpen(
  { state, raisedBy }: Pick<Claim, "state" | "raisedBy">,
  { runBy }: Pick<PilotSummary, "runBy">,
  who: Who,
): readonly ClaimActName[] {
  const judges = state === "raised" && raisedBy !== who.person;
  const open = { admit: judges, refuse: judges, pay: state === "admitted" };
  return CLAIM_ACTS.filter((act) => open[act] && mayTake(who, COMMANDS[act]) && isOf(who, runBy));
}
