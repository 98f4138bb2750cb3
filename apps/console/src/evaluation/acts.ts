/** Acts of an evaluation: when each is open, to whom, where it goes. The server has the last word. */
import type { EvaluationFile, PilotSummary, ThresholdsNow } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { type Command, isOf, mayTake, supervises } from "../offices.ts";
import { momentText } from "../pilot/figures.ts";
import type { Who } from "../setting.ts";
import { evaluationActs, evaluationFields as words } from "../words/evaluation-act.words.ts";
import { evaluationWords } from "../words/evaluation.words.ts";

export type Act = keyof typeof evaluationActs;

export function isAct(name: string | undefined): name is Act {
  return name !== undefined && name in evaluationActs;
}

interface Known {
  /** States of the evaluation, or of the pilot where there is none to speak of. */
  readonly at: readonly string[];
  /** Its command, by whose office it is offered. */
  readonly command: Command;
  /** Below `/api/pilots/{slug}/`. */
  readonly path: string;
}

const TESTED = ["testing", "restricted", "suspended", "failed"].map((state) => `pilot:${state}`);
const RETURNED_FROM = ["audit", "expert_review", "confirm"];

export const ACTS: Readonly<Record<Act, Known>> = {
  request_end: known(["pilot:testing"], "request_end", "evaluation"),
  self_test: known(["self_test"], "submit_self_test", "evaluation/self-test"),
  audit: known(["audit"], "submit_audit", "evaluation/audit"),
  opinion: known(["expert_review"], "submit_opinion", "evaluation/opinions"),
  appoint: known(["expert_review"], "appoint_expert", "evaluation/experts"),
  review: known(["expert_review"], "conclude_review", "evaluation/review"),
  result: known(["confirm"], "confirm_evaluation", "evaluation/result"),
  override: known(["confirm"], "override_criterion", "evaluation/overrides"),
  measure: known(["confirm"], "measure_criteria", "evaluation/measurements"),
  graduation: known(["passed"], "graduate", "graduation"),
  ruling: known(["extension:asked"], "rule_extension", "extensions/ruling"),
  second_test: known(["pilot:failed"], "test_again", "second-test"),
  extension: known(TESTED, "ask_extension", "extensions"),
  watch_ruling: known(["watch:questioned"], "rule_watch", "watch-period/ruling"),
  recuse: known(["expert_review"], "recuse_expert", "evaluation/recusals"),
  return: known(RETURNED_FROM, "return_evaluation", "evaluation/returns"),
};

function known(at: readonly string[], command: Command, path: string): Known {
  return { at, command, path };
}

const BY_TWO: readonly Act[] = [
  ...(["override", "result", "graduation", "second_test", "ruling", "watch_ruling"] as const),
];
const GRAVE: readonly Act[] = ["recuse", "return"];
export const takesTwo = (act: Act) => BY_TWO.includes(act);
export const isGrave = (act: Act) => GRAVE.includes(act);

/** What an act is judged by. */
export interface Stand {
  readonly pilot: Pick<PilotSummary, "state" | "runBy" | "reported">;
  readonly file: EvaluationFile | undefined;
  readonly extensions: readonly { readonly state: string }[];
  /** What a measuring would find now; undefined while the test has no whole day behind it. */
  readonly now: ThresholdsNow | undefined;
  /** The watch after its graduation, where it has come so far. */
  readonly watch: { readonly state: string } | undefined;
}

export interface OpenAct {
  readonly act: Act;
  readonly blocked?: { readonly text: Text; readonly holes: Readonly<Record<string, string>> };
}

/** Acts of this person, the way forward first. */
export function actsOpen(stand: Stand, who: Who): readonly OpenAct[] {
  const { pilot, file, extensions, watch } = stand;
  const watched = watch === undefined ? [] : [`watch:${watch.state}`];
  const asked = extensions.some(({ state }) => state === "asked") ? ["extension:asked"] : [];
  const own = file === undefined ? [] : [file.state];
  const states = [`pilot:${pilot.state}`, ...asked, ...watched, ...own];
  return (Object.keys(ACTS) as Act[])
    .filter((act) => ACTS[act].at.some((state) => states.includes(state)))
    .filter((act) => mayTake(who, ACTS[act].command))
    .filter((act) => concerns(act, stand, who))
    .map((act) => {
      const blocked = blockedBy(act, stand);
      return blocked === undefined ? { act } : { act, blocked };
    });
}

/** Some acts are those of one expert or one institution, or need something to act upon. */
function concerns(act: Act, { pilot, file, extensions }: Stand, who: Who): boolean {
  const panel = file?.panel ?? [];
  const own = panel.find(({ person }) => person === who.person);
  const runs = isOf(who, pilot.runBy);
  switch (act) {
    case "request_end":
    case "self_test":
      return runs;
    case "extension":
      // A pilot that was declared here asks for a longer test by a change of its declaration.
      return runs && pilot.reported && !extensions.some(({ state }) => state === "asked");
    case "audit":
      return !runs;
    case "return":
      return supervises(who) || (file?.state === "audit" && !runs);
    case "opinion":
      return own?.state === "appointed" && !own.scored && !runs;
    case "recuse":
      return supervises(who) ? panel.some(isAppointed) : own?.state === "appointed";
    case "appoint":
    case "review":
    case "measure":
    case "override":
    case "result":
    case "graduation":
    case "second_test":
    case "ruling":
    case "watch_ruling":
      return true;
  }
}

const isAppointed = ({ state }: EvaluationFile["panel"][number]) => state === "appointed";

/** Criteria of the last measuring that are neither met nor overridden. */
export function unmetOf({ findings }: EvaluationFile) {
  const criteria = findings.measurement?.criteria ?? [];
  return criteria.filter(({ met, override }) => !met && override === null);
}

const MEASURING: readonly Act[] = ["review", "measure"];

function blockedBy(act: Act, { file, now }: Stand): OpenAct["blocked"] {
  if (act === "request_end") return tooEarly(now);
  if (file === undefined) return undefined;
  const panel = file.panel.filter(isAppointed);
  if (act === "review" && panel.length === 0) return { text: words.none_appointed, holes: {} };
  const unscored = panel.filter(({ scored }) => !scored).length;
  if (act === "review" && unscored > 0) {
    return { text: words.unscored, holes: { n: String(unscored) } };
  }
  if (MEASURING.includes(act) && now?.complete === false) {
    return { text: words.not_counted, holes: {} };
  }
  if (act === "override" && unmetOf(file).length === 0) {
    return { text: words.none_unmet, holes: {} };
  }
  return undefined;
}

/** A test lasts its least number of days, and is measured by something. */
function tooEarly(now: ThresholdsNow | undefined): OpenAct["blocked"] {
  if (now === undefined) return { text: evaluationWords.nothing_yet, holes: {} };
  const thresholds = now.criteria.filter(({ kind }) => kind === "threshold");
  if (thresholds.length === 0) return { text: evaluationWords.no_criteria, holes: {} };
  const { to, endFrom: day } = now;
  // What is measured ends with yesterday, so that the first instant after it is of today.
  return momentText(to).slice(0, 10) < day ? { text: words.too_early, holes: { day } } : undefined;
}
