/** What is wrong with an exit plan as codes, so that a submission lists them like missing clauses. */
import { declareRefusals, type RefusalEntry } from "@sandbank/kernel/words";
import { type FlawCode, FLAWS } from "./exit-plan.words.ts";

const category = "conflicting" as const;
const entries = Object.entries(FLAWS).map(([code, said]) => [code, { category, ...said }] as const);

/** Refuses with one of the codes of a plan. */
export const refusePlan = declareRefusals(
  "sandbox.exit_plan",
  Object.fromEntries(entries) as Readonly<Record<FlawCode, RefusalEntry>>,
);
