/**
 * `sandbox.lodge_complaint`: a complaint is received, and its clock begins. Its words were kept
 * before; the command names them and commits to them. Whatever the phase of the pilot, complaining
 * stays open to everybody.
 */
import { shanghaiYear, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { pilotsIn, type PilotRow } from "../pilot/pilot.store.ts";
import { refuse as refuseOfSandbox } from "../refusals.ts";
import { wordingContract } from "../wording/wording.ts";
import { complaintCategoryContract } from "./complaint.contract.ts";
import { lateFrom, REPRESENTATIVES_MAX } from "./complaint.ts";
import { refuse } from "./complaint.refusals.ts";
import { enterComplaint } from "./complaint.store.ts";
import { claimed, noted } from "./take.ts";

const FIRST_TERM_DAYS = 15;

const contract = z.strictObject({
  pilot: slugContract,
  /** Whose desk it is: the organisation that runs the pilot here. */
  institution: z.string().min(1).max(63),
  channel: z.enum(["public_form", "programme"]),
  category: complaintCategoryContract,
  act: z.uuid().optional(),
  persons: z.number().int().min(1).max(100_000),
  representatives: z.number().int().min(0).max(1000),
  wording: wordingContract,
  /** What is kept of the receipt code. */
  receipt: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * Refuses with pilot_unknown, group_needs_representatives, representatives_more_than_five. By a
 * customer's key or session, or by the public form, for which the system speaks.
 */
export const lodge: Command<Readonly<z.infer<typeof contract>>, PilotRow | undefined> = {
  name: "sandbox.lodge_complaint",
  class: "SERVICE",
  contract,
  may: ["customer", "system"],
  keys: ({ receipt }) => ({ reads: [], writes: [`receipt/${receipt}`] }),
  async load(tx, partition, questions) {
    const slugs = questions.map(({ command }) => command.pilot);
    const pilots = await pilotsIn(tx, partition, [...new Set(slugs)]);
    return slugs.map((slug) => pilots.find((row) => row.slug === slug));
  },
  decide({ state: pilot, command, principal, now, id }) {
    if (pilot === undefined) return refuseOfSandbox("pilot_unknown");
    const { act, wording, persons, representatives, ...rest } = command;
    const group = persons > 1;
    if (group !== representatives > 0) return refuse("group_needs_representatives");
    if (representatives > REPRESENTATIVES_MAX) return refuse("representatives_more_than_five");
    const due = toIso(lateFrom(now, FIRST_TERM_DAYS));
    const entered = { ...rest, id, persons, representatives, wording: wording.id, due };
    const year = Number(shanghaiYear(now));
    const received = { year, about_act: act ?? null, received_at: toIso(now) };
    const step = { event: "lodge", side: "complainant", principal, now } as const;
    return {
      entries: [],
      changes: [
        ...claimed(wording),
        change(enterComplaint, { ...entered, ...received }),
        noted(id, { ...step, wording }),
      ],
      answer: { complaint: id, due },
    };
  },
};
