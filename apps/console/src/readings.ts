/** What the frame keeps reading for every page: pilots, decisions that wait, the reader's inbox. */
import { createContext, useContext } from "react";
import type { InboxAnswer, PilotSummary, TaskAnswer } from "@sandbank/sandbox/contract";
import type { Reading } from "./ask.ts";
import { useSetting } from "./setting.ts";

export interface Readings {
  readonly pilots: Reading<{ readonly pilots: readonly PilotSummary[] }>;
  readonly tasks: Reading<{ readonly tasks: readonly TaskAnswer[] }>;
  readonly inbox: Reading<InboxAnswer>;
}

export const ReadingsContext = createContext<Readings | undefined>(undefined);

export function useReadings(): Readings {
  const readings = useContext(ReadingsContext);
  if (readings === undefined) throw new Error("a page of the console outside of its frame");
  return readings;
}

/** Names pilots in the reader's language; one that is not known goes by its slug. */
export function usePilotName(): (slug: string) => string {
  const { lang } = useSetting();
  const { pilots } = useReadings();
  return (slug) => pilots.value?.pilots.find((one) => one.slug === slug)?.name[lang] ?? slug;
}

/** Pilots that have terms of admission, so that there is something to supervise. */
export function supervised(pilots: readonly PilotSummary[]): readonly PilotSummary[] {
  return pilots.filter((pilot) => pilot.demo || !BEFORE_TERMS.has(pilot.state));
}

const BEFORE_TERMS: ReadonlySet<string> = new Set([
  "draft",
  "submitted",
  "review",
  "consultation",
  "answering",
  "registered",
  "refused",
  "withdrawn",
]);
