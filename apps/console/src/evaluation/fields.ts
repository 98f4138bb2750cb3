/** What each act of an evaluation asks for, and what it sends. */
import type { EvaluationFile, WatchAnswer } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { type ActField, bothOf, type Option, type Values } from "../parts/act-field.ts";
import type { Saying } from "../setting.ts";
import { evaluationFields as words } from "../words/evaluation-act.words.ts";
import { DIMENSION_WORDS, evaluationWords } from "../words/evaluation.words.ts";
import { type Act, unmetOf } from "./acts.ts";
import { conditionFields, conditionsOf } from "./conditions.ts";

type Dimension = keyof typeof DIMENSION_WORDS;
const DIMENSIONS = Object.keys(DIMENSION_WORDS) as readonly Dimension[];

/** Somebody who can be appointed. */
export interface Expert {
  readonly person: string;
  readonly home: string;
  readonly name: Text;
  readonly organisation: Text;
}

export interface Asking {
  readonly say: Saying;
  readonly file: EvaluationFile | undefined;
  readonly experts: readonly Expert[];
  /** The watch after a graduation, where there is one. */
  readonly watch: WatchAnswer | undefined;
  /** The person that asks, where the act is about himself. */
  readonly person: string;
}

/** The fields of an act, or those that go with what was chosen so far. */
export function fieldsOf(act: Act, values: Values, asking: Asking): readonly ActField[] {
  const { say } = asking;
  const published = say(words.published);
  const reason: ActField = {
    ...{ kind: "both", name: "reason", label: say(words.reason), hint: published },
  };
  switch (act) {
    case "request_end":
    case "review":
    case "measure":
      return [];
    case "self_test":
      return selfTestFields(say);
    case "audit":
      return auditFields(say);
    case "opinion":
      return opinionFields(say);
    case "appoint":
      return [choice("person", say(words.expert), expertOptions(asking))];
    case "recuse":
      return [choice("person", say(words.expert), panelOptions(asking)), reason];
    case "return":
      return [choice("to", say(words.to), stageOptions(asking)), reason];
    case "override":
      return [
        ...[choice("criterion", say(words.criterion), unmetOptions(asking)), reason],
        { kind: "filed", name: "evidence", label: say(words.override_rests_on), optional: true },
      ];
    case "result":
      return [resultField(asking), reason];
    case "graduation": {
      const hint = say(words.from_hint);
      return [{ kind: "day", name: "from", label: say(words.from), hint }];
    }
    case "second_test":
      return [reason];
    case "extension":
      return [
        { kind: "whole", name: "days", label: say(words.days), least: 1, most: 1095 },
        reason,
      ];
    case "ruling": {
      const options = [
        { value: "yes", label: say(words.grant_yes) },
        { value: "no", label: say(words.grant_no) },
      ];
      return [choice("grant", say(words.grant), options), reason];
    }
    case "watch_ruling":
      return watchFields(values, asking, reason);
  }
}

/** What a ruling asks for: conditions of accepting, the days of an extension, nothing for an exit. */
function watchFields(values: Values, asking: Asking, reason: ActField): readonly ActField[] {
  const { say, watch } = asking;
  const ruling = values["ruling"];
  const options = (["accept", "extend", "require_exit"] as const).map((value) => ({
    ...{ value, label: say(words[value]) },
  }));
  const days = { name: "days", label: say(words.watch_days) };
  return [
    choice("ruling", say(words.watch_ruling), options),
    reason,
    ...(ruling === "extend" ? [{ kind: "whole", ...days, least: 1, most: 1095 } as const] : []),
    ...(ruling === "accept" ? conditionFields(values, watch, say) : []),
  ];
}

function choice(name: string, label: string, options: readonly Option[]): ActField {
  return { kind: "choice", name, label, options };
}

function said(say: Saying, names: readonly ("pass" | "fail")[]): readonly Option[] {
  return names.map((value) => ({ value, label: say(words[value]) }));
}

/** A pass is offered only where nothing stands against it. */
function resultField({ say, file }: Asking): ActField {
  const unmet = file === undefined ? 0 : unmetOf(file).length;
  if (unmet === 0) return choice("result", say(words.result), said(say, ["pass", "fail"]));
  const hint = say(words.pass_blocked);
  return { ...choice("result", say(words.result), said(say, ["fail"])), hint };
}

function selfTestFields(say: Saying): readonly ActField[] {
  const each = DIMENSIONS.flatMap((name): readonly ActField[] => {
    const dimension = say(DIMENSION_WORDS[name]);
    return [
      { kind: "head", name: `head_${name}`, label: dimension },
      { kind: "both", name: `finding_${name}`, label: say(words.finding) },
      { kind: "filed", name: `evidence_${name}`, label: say(words.evidence, { dimension }) },
    ];
  });
  const whole = (["commitments", "benefit", "sustainability"] as const).map((name) => ({
    ...({ kind: "both", name, label: say(evaluationWords[name]) } as const),
  }));
  return [...each, ...whole];
}

function auditFields(say: Saying): readonly ActField[] {
  const conclusions = (["meets", "meets_with_findings", "adverse"] as const).map((value) => ({
    ...{ value, label: say(evaluationWords[value]) },
  }));
  const hint = say(words.audit_hint);
  return [
    choice("conclusion", say(words.conclusion), conclusions),
    { kind: "filed", name: "evidence", label: say(words.report) },
    ...DIMENSIONS.map((name): ActField => {
      const label = say(words.audit_finding, { dimension: say(DIMENSION_WORDS[name]) });
      return { kind: "both", name: `finding_${name}`, label, hint, optional: true };
    }),
  ];
}

function opinionFields(say: Saying): readonly ActField[] {
  const each = DIMENSIONS.flatMap((name): readonly ActField[] => {
    const dimension = say(DIMENSION_WORDS[name]);
    const score = { name: `score_${name}`, label: say(words.score, { dimension }) };
    return [
      { kind: "head", name: `head_${name}`, label: dimension },
      { kind: "whole", ...score, least: 0, most: 100 },
      { kind: "filed", name: `evidence_${name}`, label: say(words.rests_on, { dimension }) },
    ];
  });
  const none = [{ value: "yes", label: say(words.no_interest) }];
  const interest = { name: "noInterest", label: say(words.interest), options: none };
  return [
    ...each,
    { kind: "both", name: "opinion", label: say(words.opinion) },
    { kind: "several", ...interest },
  ];
}

function expertOptions({ experts, file, say }: Asking): readonly Option[] {
  const taken = file?.panel.map(({ person }) => person) ?? [];
  return experts
    .filter(({ person }) => !taken.includes(person))
    .map((one) => ({ value: one.person, label: expertName(one, say) }));
}

function expertName({ name, organisation }: Expert, say: Saying): string {
  return `${say(name)} · ${say(organisation)}`;
}

/** Everybody on the panel for the supervisor, oneself for an expert. */
function panelOptions({ file, experts, say, person: self }: Asking): readonly Option[] {
  const appointed = file?.panel.filter(({ state }) => state === "appointed") ?? [];
  const own = appointed.filter(({ person }) => person === self);
  return (own.length > 0 ? own : appointed).map(({ person }) => {
    const known = experts.find((one) => one.person === person);
    return { value: person, label: known === undefined ? person : expertName(known, say) };
  });
}

const STAGES = ["self_test", "audit", "expert_review"] as const;

/** The stages that lie behind. */
function stageOptions({ file, say }: Asking): readonly Option[] {
  const at = STAGES.findIndex((stage) => stage === file?.state);
  const behind = at === -1 ? STAGES : STAGES.slice(0, at);
  return behind.map((value) => ({ value, label: say(evaluationWords[value]) }));
}

function unmetOptions({ file, say }: Asking): readonly Option[] {
  return (file === undefined ? [] : unmetOf(file)).map(({ criterion, label }) => ({
    ...{ value: criterion, label: `${criterion} · ${say(label)}` },
  }));
}

/** What is sent; undefined for an act that says it all by its address. */
export function bodyOf(
  act: Act,
  values: Values,
  { experts, watch }: Pick<Asking, "experts" | "watch">,
): object | undefined {
  const reason = bothOf(values, "reason");
  switch (act) {
    case "request_end":
    case "review":
    case "measure":
      return undefined;
    case "self_test":
      return selfTestBody(values);
    case "audit":
      return auditBody(values);
    case "opinion":
      return opinionBody(values);
    case "appoint": {
      const known = experts.find(({ person }) => person === values["person"]);
      return { person: values["person"], organisation: known?.home };
    }
    case "recuse":
      return { person: values["person"], reason };
    case "return":
      return { to: values["to"], reasons: [reason] };
    case "override":
      return { criterion: values["criterion"], reason, evidence: values["evidence"] };
    case "result":
      return { result: values["result"], reason };
    case "graduation":
      return { from: values["from"] };
    case "second_test":
      return { reason };
    case "extension":
      return { days: Number(values["days"]), reason };
    case "ruling":
      return { grant: values["grant"] === "yes", reason };
    case "watch_ruling":
      return watchBody(values, watch);
  }
}

function watchBody(values: Values, watch: WatchAnswer | undefined): object {
  const [ruling, reason] = [values["ruling"], bothOf(values, "reason")];
  if (ruling === "extend") return { ruling, reason, days: Number(values["days"]) };
  if (ruling !== "accept") return { ruling, reason };
  return { ruling, reason, conditions: conditionsOf(values, watch) };
}

function ofEach<T>(one: (name: Dimension) => T): Record<string, T> {
  return Object.fromEntries(DIMENSIONS.map((name) => [name, one(name)]));
}

function selfTestBody(values: Values): object {
  const [commitments, benefit, sustainability] = [
    ...["commitments", "benefit", "sustainability"].map((name) => bothOf(values, name)),
  ];
  const dimensions = ofEach((name) => ({
    finding: bothOf(values, `finding_${name}`),
    evidence: values[`evidence_${name}`],
  }));
  return { dimensions, commitments, benefit, sustainability };
}

function auditBody(values: Values): object {
  const findings = DIMENSIONS.flatMap((dimension) => {
    const finding = bothOf(values, `finding_${dimension}`);
    return finding.zh === "" ? [] : [{ dimension, finding }];
  });
  return { conclusion: values["conclusion"], findings, evidence: values["evidence"] };
}

function opinionBody(values: Values): object {
  const scores = ofEach((name) => ({
    score: Number(values[`score_${name}`]),
    evidence: values[`evidence_${name}`],
  }));
  return { scores, opinion: bothOf(values, "opinion"), noInterest: true };
}
