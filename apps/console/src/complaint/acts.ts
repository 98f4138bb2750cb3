/** What a member of staff may do to a complaint now, and what each act asks for. */
import {
  COMPLAINT_GROUNDS,
  COMPLAINT_MATERIALS,
  COMPLAINT_OUTCOMES,
  type DeskComplaint,
} from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { type Command, isOf, mayTake } from "../offices.ts";
import type { ActField, Values } from "../parts/act-field.ts";
import type { Saying, Who } from "../setting.ts";
import { complaintWords as words } from "../words/complaint.words.ts";

export const ACTS = [
  "accept",
  "find_inadmissible",
  "take_over",
  "decide",
  "ask",
  "extend",
  "decide_recheck",
  "declare_interest",
  "claim",
] as const;
export type Act = (typeof ACTS)[number];

export function isAct(name: string | undefined): name is Act {
  return ACTS.some((act) => act === name);
}

export const ACT_WORDS: Readonly<Record<Act, { readonly name: Text; readonly lead: Text }>> = {
  accept: { name: words.accept, lead: words.accept_lead },
  find_inadmissible: { name: words.find_inadmissible, lead: words.inadmissible_lead },
  take_over: { name: words.take_over, lead: words.accept_lead },
  ask: { name: words.ask, lead: words.ask_lead },
  decide: { name: words.decide, lead: words.decide_lead },
  extend: { name: words.extend, lead: words.extend_lead },
  decide_recheck: { name: words.decide_recheck, lead: words.recheck_lead },
  declare_interest: { name: words.declare_interest, lead: words.interest_lead },
  claim: { name: words.claim, lead: words.claim_lead },
};

const COMMANDS: Readonly<Record<Act, Command>> = {
  accept: "accept_complaint",
  find_inadmissible: "find_complaint_inadmissible",
  take_over: "take_over_complaint",
  ask: "ask_complainant",
  decide: "decide_complaint",
  extend: "extend_complaint",
  decide_recheck: "decide_recheck",
  declare_interest: "declare_interest",
  claim: "raise_claim",
};

/** The acts that are open to this person on this complaint; the server has the last word. */
export function actsOpen(one: DeskComplaint, who: Who): readonly Act[] {
  const barred = one.concerns.includes(who.person) || one.interests.includes(who.person);
  if (!isOf(who, [one.institution]) || barred) return [];
  const mine = one.handler === who.person;
  const inHand = one.state === "accepted" && mine;
  const outcome = one.recheckOutcome ?? one.outcome;
  const open: Readonly<Record<Act, boolean>> = {
    accept: one.state === "received",
    find_inadmissible: one.state === "received",
    take_over: one.state === "accepted" && !mine,
    ask: inHand,
    decide: inHand,
    extend: inHand && one.days < 60,
    decide_recheck: one.state === "rechecking" && !mine,
    declare_interest: ["received", "accepted", "rechecking"].includes(one.state),
    claim: outcome !== null && outcome !== "rejected",
  };
  return ACTS.filter((act) => open[act] && mayTake(who, COMMANDS[act]));
}

/** The term after this one. */
export function nextDays(one: DeskComplaint): 30 | 60 {
  return one.days === 15 ? 30 : 60;
}

/** What the act asks for. */
export function fieldsOf(act: Act, say: Saying): readonly ActField[] {
  const options = (all: Readonly<Record<string, Text>>) =>
    Object.entries(all).map(([value, text]) => ({ value, label: say(text) }));
  const interest: ActField = {
    ...{ kind: "choice", name: "interest", label: say(words.interest) },
    options: [
      { value: "none", label: say(words.interest_none) },
      { value: "direct", label: say(words.interest_direct) },
    ],
  };
  const outcome: ActField = {
    ...{ kind: "choice", name: "outcome", label: say(words.outcome) },
    options: options(COMPLAINT_OUTCOMES),
  };
  const reason: ActField = {
    ...{ kind: "words", name: "words", label: say(words.words), hint: say(words.words_hint) },
  };
  switch (act) {
    case "accept":
    case "take_over":
      return [interest];
    case "find_inadmissible": {
      const ground = { kind: "choice", name: "ground", label: say(words.ground) } as const;
      return [interest, { ...ground, options: options(COMPLAINT_GROUNDS) }, reason];
    }
    case "ask": {
      const material = { kind: "choice", name: "material", label: say(words.material) } as const;
      return [{ ...material, options: options(COMPLAINT_MATERIALS) }, reason];
    }
    case "extend":
      return [reason];
    case "decide":
      return [outcome, reason];
    case "decide_recheck":
      return [interest, outcome, reason];
    case "declare_interest":
      return [];
    case "claim":
      return [
        { kind: "amount", name: "amount", label: say(words.amount), hint: say(words.amount_hint) },
      ];
  }
}

/** Where the act goes and what it sends. */
export function sendingOf(act: Act, one: DeskComplaint) {
  if (act === "claim") {
    return {
      path: `/api/pilots/${one.pilot}/claims`,
      body: (values: Values) => ({ cause: { kind: "complaint", id: one.id }, ...values }),
    };
  }
  const more = act === "extend" ? { days: nextDays(one) } : {};
  return {
    path: `/api/complaints/${one.id}/acts`,
    body: (values: Values) => ({ act, ...more, ...values }),
  };
}
