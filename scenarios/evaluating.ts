/**
 * The stages of an evaluation, each by whoever it belongs to: the institution asks for it and tests
 * itself, an outsider audits, three experts give their opinions, and the supervisor has the
 * thresholds measured. What follows from it is the scenario's own.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { filed, filedOfEach, type Send } from "./evidence.ts";
import { type People, personOf } from "./person.ts";
import { act, check, read, settled, type Stage, type Step, tried, waitFor } from "./stage.ts";

/** Whose pilot is evaluated. */
export interface Evaluated {
  readonly pilot: string;
  readonly organisation: string;
}

type Evaluating = Stage & People;

const EXPERTS = ["shoal-institute", "reed-university", "dune-society"] as const;
const DIMENSIONS = [
  "innovation",
  "service_quality",
  "satisfaction",
  "continuity",
  "compliance",
  "transaction_security",
  "data_security",
  "risk_prevention",
] as const;

const said = (zh: string, en: string) => ({ zh, en });

/** The stages in their order, each by whoever it belongs to; `at` says when so many days later is. */
export function stagesOf<On extends Evaluating>(
  of: Evaluated,
  at: (days: number) => Instant,
): Step<On>[] {
  const { pilot } = of;
  return [
    { name: `${pilot}.asks`, at: at(0), run: (stage) => ask(stage, of) },
    { name: `${pilot}.self-test`, at: at(1), run: (stage) => selfTest(stage, of) },
    { name: `${pilot}.audit`, at: at(2), run: (stage) => auditReport(stage, of) },
    { name: `${pilot}.experts`, at: at(4), run: (stage) => expertise(stage, of) },
    { name: `${pilot}.review`, at: at(5), run: (stage) => review(stage, of) },
  ];
}

/** Where a part of an evaluation is. */
export function evaluationPath(of: Evaluated, part: string): string {
  return `/api/pilots/${of.pilot}/${part}`;
}

async function ask(stage: Evaluating, of: Evaluated): Promise<void> {
  const who = `${of.organisation} approver` as const;
  await act(stage, { who, path: evaluationPath(of, "evaluation"), key: `${of.pilot}.request-end` });
  await settled(stage, of.pilot, "evaluation");
}

function ofEach<T>(one: (dimension: string) => T): Record<string, T> {
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, one(dimension)]));
}

async function selfTest(stage: Evaluating, of: Evaluated): Promise<void> {
  const who = `${of.organisation} approver` as const;
  const asking = {
    who,
    path: evaluationPath(of, "evaluation/self-test"),
    key: `${of.pilot}.self-test`,
  };
  const send: Send = (to, key, body) => act(stage, { who, path: to, key, body });
  const bodyOf = (evidenceOf: (dimension: string) => string) => ({
    dimensions: ofEach((dimension) => ({
      finding: said("符合声明。", "As declared."),
      evidence: evidenceOf(dimension),
    })),
    commitments: said("承诺均已履行。", "Every commitment was kept."),
    benefit: said("客户受益。", "Customers benefit."),
    sustainability: said("商业可持续。", "It pays its way."),
  });
  const loose = { ...asking, key: `${asking.key}.loose`, body: bodyOf(() => "0".repeat(64)) };
  check(stage, {
    name: `${of.pilot}.evidence`,
    zh: `${of.pilot}的自测报告引用未存档的文件，被拒`,
    en: `A self-test of ${of.pilot} that rests on a document nobody filed is refused`,
    ...{ expected: "evaluation_evidence_not_filed", seen: await tried(stage, loose) },
  });
  const evidenceOf = await filedOfEach(send, `${of.pilot}/self-test`, DIMENSIONS);
  await act(stage, { ...asking, body: bodyOf(evidenceOf) });
}

async function auditReport(stage: Evaluating, of: Evaluated): Promise<void> {
  const who = "auditor auditor";
  const send: Send = (to, key, body) => act(stage, { who, path: to, key, body });
  const evidence = await filed(send, `${of.pilot}/audit`);
  const body = { conclusion: "meets", findings: [], evidence };
  await act(stage, {
    who,
    key: `${of.pilot}.audit`,
    body,
    path: evaluationPath(of, "evaluation/audit"),
  });
}

/** Three outsiders, each appointed by the supervisor, signed in and without an interest. */
async function expertise(stage: Evaluating, of: Evaluated): Promise<void> {
  for (const [at, organisation] of EXPERTS.entries()) {
    const person = await personOf(stage, organisation);
    await act(stage, {
      ...{ who: "supervisor officer", path: evaluationPath(of, "evaluation/experts") },
      key: `${of.pilot}.expert-${at}`,
      body: { person: person.id, organisation },
    });
    const send: Send = (to, key, body) => person.act(to, key, body);
    const evidenceOf = await filedOfEach(send, `${of.pilot}/${organisation}`, DIMENSIONS);
    await person.act(evaluationPath(of, "evaluation/opinions"), `${of.pilot}.opinion-${at}`, {
      scores: ofEach((dimension) => ({ score: 70 + at * 5, evidence: evidenceOf(dimension) })),
      opinion: said("建议按标准决定。", "Decide by the thresholds."),
      noInterest: true,
    });
  }
}

/** Measuring waits until every act of the test is counted. */
async function review(stage: Evaluating, of: Evaluated): Promise<void> {
  await waitFor(`the thresholds of ${of.pilot} are complete`, async () => {
    const found = await read<{ complete: boolean }>(
      stage,
      evaluationPath(of, "evaluation/thresholds"),
    );
    return found.complete ? true : undefined;
  });
  const asking = { who: "supervisor officer", key: `${of.pilot}.review` } as const;
  await act(stage, { ...asking, path: evaluationPath(of, "evaluation/review") });
}

interface Criterion {
  readonly subject: string;
  readonly kind: string;
  readonly required: string;
  readonly measured: string | null;
  readonly sums: string | null;
  readonly over: string | null;
  readonly met: boolean;
}

/** How an evaluation stands, as the bank shows it. */
interface Standing {
  readonly state: string;
  readonly result: { readonly passed: boolean; readonly overrides: number } | null;
  readonly graduation: { readonly policy: unknown; readonly notice: string | null } | null;
  readonly findings: { readonly measurement: { readonly criteria: readonly Criterion[] } } | null;
}

export function standingOf(stage: Stage, { pilot }: Evaluated): Promise<Standing> {
  return read<Standing>(stage, `/api/pilots/${pilot}/evaluation`);
}
