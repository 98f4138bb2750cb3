/** Acts of an evaluation: when each is open, to whom, where it goes. The server has the last word. */
import type { EvaluationFile } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import type { Who } from "../setting.ts";
import { evaluationActs, evaluationFields as words } from "../words/evaluation-act.words.ts";

export type Act = keyof typeof evaluationActs;

export function isAct(name: string | undefined): name is Act {
  return name !== undefined && name in evaluationActs;
}

interface Known {
  /** States of the evaluation, or of the pilot where there is none to speak of. */
  readonly at: readonly string[];
  readonly by: readonly string[];
  /** Below `/api/pilots/{slug}/`. */
  readonly path: string;
}

const SUPERVISOR = ["supervisor_officer", "supervisor_approver"];
const APPROVER = ["institution_approver"];

export const ACTS: Readonly<Record<Act, Known>> = {
  request_end: { at: ["pilot:testing"], by: APPROVER, path: "evaluation" },
  self_test: {
    ...{ at: ["self_test"], by: [...APPROVER, "compliance_officer"] },
    path: "evaluation/self-test",
  },
  audit: { at: ["audit"], by: ["auditor"], path: "evaluation/audit" },
  opinion: { at: ["expert_review"], by: ["expert"], path: "evaluation/opinions" },
  appoint: { at: ["expert_review"], by: SUPERVISOR, path: "evaluation/experts" },
  review: { at: ["expert_review"], by: SUPERVISOR, path: "evaluation/review" },
  result: { at: ["confirm"], by: SUPERVISOR, path: "evaluation/result" },
  override: { at: ["confirm"], by: SUPERVISOR, path: "evaluation/overrides" },
  measure: { at: ["confirm"], by: SUPERVISOR, path: "evaluation/measurements" },
  graduation: { at: ["passed"], by: SUPERVISOR, path: "graduation" },
  ruling: { at: ["extension:asked"], by: SUPERVISOR, path: "extensions/ruling" },
  second_test: { at: ["pilot:failed"], by: SUPERVISOR, path: "second-test" },
  extension: {
    ...{ at: ["testing", "restricted", "suspended", "failed"].map((state) => `pilot:${state}`) },
    ...{ by: APPROVER, path: "extensions" },
  },
  watch_ruling: { at: ["watch:questioned"], by: SUPERVISOR, path: "watch-period/ruling" },
  recuse: {
    ...{ at: ["expert_review"], by: ["expert", ...SUPERVISOR], path: "evaluation/recusals" },
  },
  return: {
    ...{ at: ["audit", "expert_review", "confirm"], by: [...SUPERVISOR, "auditor"] },
    path: "evaluation/returns",
  },
};

const BY_TWO: readonly Act[] = [
  ...(["override", "result", "graduation", "second_test", "ruling", "watch_ruling"] as const),
];
const GRAVE: readonly Act[] = ["recuse", "return"];
export const takesTwo = (act: Act) => BY_TWO.includes(act);
export const isGrave = (act: Act) => GRAVE.includes(act);

/** What an act is judged by. */
export interface Stand {
  /** State of the pilot. */
  readonly pilot: string;
  readonly file: EvaluationFile | undefined;
  readonly extensions: readonly { readonly state: string }[];
  /** False while some acts of the test are not counted, so that nothing can be measured. */
  readonly counted: boolean;
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
  const states = [`pilot:${pilot}`, ...asked, ...watched, ...own];
  return (Object.keys(ACTS) as Act[])
    .filter((act) => ACTS[act].at.some((state) => states.includes(state)))
    .filter((act) => ACTS[act].by.some((role) => who.roles.includes(role)))
    .filter((act) => concerns(act, stand, who))
    .map((act) => {
      const blocked = file && blockedBy(act, file, stand);
      return blocked === undefined ? { act } : { act, blocked };
    });
}

/** Some acts are those of one expert, or need something to act upon. */
function concerns(act: Act, { file, extensions }: Stand, who: Who): boolean {
  const panel = file?.panel ?? [];
  const own = panel.find(({ person }) => person === who.person);
  if (act === "opinion") return own?.state === "appointed" && !own.scored;
  if (act === "recuse") {
    const supervises = SUPERVISOR.some((role) => who.roles.includes(role));
    return supervises ? panel.some(isAppointed) : own?.state === "appointed";
  }
  return act !== "extension" || !extensions.some(({ state }) => state === "asked");
}

const isAppointed = ({ state }: EvaluationFile["panel"][number]) => state === "appointed";

/** Criteria of the last measuring that are neither met nor overridden. */
export function unmetOf({ findings }: EvaluationFile) {
  const criteria = findings.measurement?.criteria ?? [];
  return criteria.filter(({ met, override }) => !met && override === null);
}

const MEASURING: readonly Act[] = ["review", "measure"];

function blockedBy(
  act: Act,
  file: EvaluationFile,
  { counted }: Pick<Stand, "counted">,
): OpenAct["blocked"] {
  const panel = file.panel.filter(isAppointed);
  if (act === "review" && panel.length === 0) return { text: words.none_appointed, holes: {} };
  const unscored = panel.filter(({ scored }) => !scored).length;
  if (act === "review" && unscored > 0) {
    return { text: words.unscored, holes: { n: String(unscored) } };
  }
  if (MEASURING.includes(act) && !counted) return { text: words.not_counted, holes: {} };
  if (act === "override" && unmetOf(file).length === 0) {
    return { text: words.none_unmet, holes: {} };
  }
  return undefined;
}
