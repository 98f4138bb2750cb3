/** What every page of an exit reads: how it stands, the dry run, single items. */
import type { ExitAnswer, ExitDryRun, exitItemsContract } from "@sandbank/sandbox/contract";
import type { z } from "zod";
import { type Reading, useAsk } from "../ask.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { exitWords as words } from "../words/exit.words.ts";
import { type Standing, unfinishedOf } from "./acts.ts";

const EVERY_MS = 5_000;

export type Items = z.infer<typeof exitItemsContract>["items"];

export interface Leaving {
  readonly slug: string;
  readonly title: string;
  readonly exit: Reading<ExitAnswer>;
  readonly isAbsent: boolean;
  readonly dryRun: Reading<ExitDryRun>;
  /** What it still waits for, or could not read; undefined where there is no such pilot. */
  readonly pending: Reading<unknown> | undefined;
  /** False once it is known that the pilot has no plan by which it could leave. */
  readonly hasPlan: boolean;
  readonly items: Items;
  /** State of the pilot; undefined until it is known. */
  readonly state: string | undefined;
  /** Organisations that run the pilot. */
  readonly runBy: readonly string[];
  readonly above: readonly { readonly to: string; readonly label: string }[];
}

export function useLeaving(slug: string): Leaving {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${encodeURIComponent(slug)}/exit`;
  const asked = { lang, every_ms: EVERY_MS };
  const exit = useAsk<ExitAnswer>(path, asked);
  const dryRun = useAsk<ExitDryRun>(`${path}/dry-run`, asked);
  const items = useAsk<{ items: Items }>(`${path}/items`, asked);
  const { pilots } = useReadings();
  const pilot = pilots.value?.pilots.find((one) => one.slug === slug);
  const isAbsent = exit.trouble?.code === "exit_not_begun";
  return {
    ...{ slug, exit, dryRun, items: items.value?.items ?? [], state: pilot?.state },
    runBy: pilot?.runBy ?? [],
    ...{ isAbsent, pending: [pilots, ...(isAbsent ? [] : [exit])].find(isUnread) },
    // The pilot itself is known, so what is unknown is its plan.
    hasPlan: dryRun.trouble?.code !== "pilot_unknown",
    title: say(words.of, { pilot: pilot === undefined ? slug : say(pilot.name) }),
    above: [{ to: addressOf(lang, ["exits"]), label: say(words.title) }],
  };
}

const isUnread = ({ value }: Reading<unknown>) => value === undefined;

/** What acts of the exit are judged by. */
export function standingOf({ exit, dryRun, runBy }: Leaving): Standing {
  return { exit: exit.value, unfinished: unfinishedOf(dryRun.value), runBy };
}
