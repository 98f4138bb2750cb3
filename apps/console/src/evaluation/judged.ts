/** What every page of an evaluation reads: its file, thresholds as they stand, extensions, experts. */
import type {
  EvaluationFile,
  extensionsContract,
  ThresholdsNow,
  WatchAnswer,
} from "@sandbank/sandbox/contract";
import type { z } from "zod";
import { type Reading, useAsk } from "../ask.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { evaluationWords as words } from "../words/evaluation.words.ts";
import type { Stand } from "./acts.ts";
import type { Expert } from "./fields.ts";

const EVERY_MS = 5_000;

export type Extensions = z.infer<typeof extensionsContract>["extensions"];

export interface Judged {
  readonly slug: string;
  readonly title: string;
  readonly file: Reading<EvaluationFile>;
  /** True once it is known that nobody has asked for an evaluation. */
  readonly isAbsent: boolean;
  readonly now: Reading<ThresholdsNow>;
  readonly extensions: Extensions;
  readonly experts: readonly Expert[];
  /** The watch after its graduation; undefined for a pilot that never graduated. */
  readonly watch: WatchAnswer | undefined;
  /** Undefined until everything that it takes is known. */
  readonly stand: Stand | undefined;
  /** What it still waits for, or could not read; undefined where there is no such pilot. */
  readonly pending: Reading<unknown> | undefined;
  readonly above: readonly { readonly to: string; readonly label: string }[];
}

export function useJudged(slug: string): Judged {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${encodeURIComponent(slug)}`;
  const asked = { lang, every_ms: EVERY_MS };
  const file = useAsk<EvaluationFile>(`${path}/evaluation/file`, asked);
  const now = useAsk<ThresholdsNow>(`${path}/evaluation/thresholds`, asked);
  const extended = useAsk<{ extensions: Extensions }>(`${path}/extensions`, asked);
  const experts = useAsk<{ experts: Expert[] }>("/api/experts", { lang });
  const watched = useAsk<WatchAnswer>(`${path}/watch-period`, asked);
  const { pilots } = useReadings();
  const pilot = pilots.value?.pilots.find((one) => one.slug === slug);
  const isAbsent = file.trouble?.code === "evaluation_unknown";
  const extensions = extended.value?.extensions ?? [];
  const needed = [pilots, ...(isAbsent ? [] : [file])];
  const pending =
    needed.find(({ value }) => value === undefined) ??
    [now, extended, watched].find(({ waiting }) => waiting);
  const known = pilot !== undefined && pending === undefined;
  return {
    ...{ slug, file, isAbsent, now, extensions, experts: experts.value?.experts ?? [] },
    title: say(words.of, { pilot: pilot === undefined ? slug : say(pilot.name) }),
    ...{ watch: watched.value, pending },
    stand: known
      ? {
          ...{ pilot, file: file.value, extensions, watch: watched.value },
          now: now.value,
        }
      : undefined,
    above: [{ to: addressOf(lang, ["evaluations"]), label: say(words.title) }],
  };
}
