/**
 * The token pilot on its way through an evaluation, for tests: its people, what they hand in, and a
 * bed on which six thresholds are measured as a test says it.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fromIso } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import { VISITOR } from "@sandbank/kernel/http";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { codeAskerOf } from "@sandbank/kernel/http/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { shippedAdmissions } from "../admission/admission.ts";
import type { Admission } from "../admission/admission.contract.ts";
import * as contract from "../contract.ts";
import { takeAttachment } from "../counter/attachments.ts";
import { DIMENSION_NAMES } from "../evaluation/evaluation.ts";
import { type Bed, CUSTOMER, OFFICER, PILOT, sandboxBed, SENIOR_XU, SERVED } from "./bed.ts";
import { countOf, ratioOf } from "./measures.ts";

const person = (id: string, organisation: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, organisation, roles },
});
export const AUDITOR = person("auditor-zhou", "clearglass-audit", "auditor");
export const ONE = person("expert-one", "academy-one", "expert");
export const TWO = person("expert-two", "academy-two", "expert");
export const THREE = person("expert-three", "academy-three", "expert");
export const EXPERTS = [ONE, TWO, THREE];
export const STRANGER = person("senior-bao", "rowan-bank", "institution_approver");

export const text = { zh: "测试用说明", en: "a text of the test" };
/** A document of the test; its institution files it, and whoever judges after it may rest on it. */
export const DOCUMENT = Buffer.from("佐证文件 evidence of the test\n");
export const evidence = createHash("sha256").update(DOCUMENT).digest("hex");
const each = (one: object) => Object.fromEntries(DIMENSION_NAMES.map((name) => [name, one]));
export const SELF_TEST = {
  dimensions: each({ finding: text, evidence }),
  ...{ commitments: text, benefit: text, sustainability: text },
};
export const AUDIT = { conclusion: "meets_with_findings", findings: [], evidence };
export const opinionOf = (score: number) => ({
  ...{ scores: each({ score, evidence }), opinion: text, noInterest: true },
});

/** Every threshold of the demonstration's terms met, the success rate as it is told. */
export const figures = (success: readonly [bigint, bigint] = [9_950n, 10_000n]) => [
  ratioOf("success_rate_bp", ...success),
  ratioOf("reported_bp", 7n, 7n),
  ...[countOf("grave_incidents", 1n), countOf("records_leaked", 0n)],
  countOf("complaints_overdue", 0n),
  ratioOf("compensation_adequacy_bp", 3n, 3n),
];

export const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

export const EVALUATION = "/api/pilots/{slug}/evaluation";

export interface EvaluatedBed {
  readonly bed: Bed;
  /** What was done, or the code of the refusal. */
  ask(command: string, content?: object, principal?: Principal): Promise<string>;
  /** Proposed by the officer, approved by another person. */
  byTwo(command: string, content?: object): Promise<string>;
  stateOf(): Promise<string | undefined>;
  pay(verb?: string, amount?: number): Promise<string>;
  /** What a route answers that is only read. */
  read(path: string, principal?: Principal, query?: object): Promise<unknown>;
  standing(): Promise<contract.EvaluationAnswer>;
  file(): Promise<contract.EvaluationFile>;
  noticesOf(kind: string): Promise<readonly contract.Notice[]>;
  /** From the self-test to the stage of confirmation, with three experts of one score. */
  toConfirm(score?: number): Promise<void>;
  /** Files a document as `POST /api/attachments` does; its hash, or the code of the refusal. */
  filed(document: Uint8Array, principal: Principal): Promise<string>;
  /** The last stages again, from the experts on. */
  scored(score: number): Promise<void>;
}

/** The token pilot started on 1 March 2060, every threshold met; `terms` beside those that ship. */
export async function evaluatedBed(terms?: Partial<Admission>): Promise<EvaluatedBed> {
  const bed = await sandboxBed();
  let count = 0;
  const ask: EvaluatedBed["ask"] = async (command, content = {}, principal = OFFICER) =>
    codeOf(await bed.act(`sandbox.${command}`, { pilot: PILOT, ...content }, { principal }));
  const routes = codeAskerOf(bed.sandbox.routes, { principal: VISITOR });
  const read: EvaluatedBed["read"] = (path, principal = VISITOR, query = {}) =>
    routes(`GET ${path}`, { params: { slug: PILOT }, query, principal });
  const scored: EvaluatedBed["scored"] = async (score) => {
    for (const expert of EXPERTS) {
      assert.equal(await ask("submit_opinion", opinionOf(score), expert), "accepted");
    }
    assert.equal(await ask("conclude_review"), "accepted");
  };
  await bed.turn(fromIso("2060-03-01T10:00:00+08:00"));
  await (terms === undefined ? bed.started() : startedUnder(bed, terms));
  bed.measures.say(figures());
  const filed: EvaluatedBed["filed"] = async (bytes, principal) => {
    const file = { name: "evidence.txt", type: "text/plain" as const, bytes };
    const asked = { principal, id: `filed-${++count}`, file };
    const kept = await takeAttachment(bed.store, bed.guard, asked);
    return isRefusal(kept) ? kept.code : kept.hash;
  };
  assert.equal(await filed(DOCUMENT, SENIOR_XU), evidence);
  return {
    ...{ bed, ask, read, scored, filed },
    byTwo: async (command, content = {}) =>
      codeOf(await bed.order(`sandbox.${command}`, { pilot: PILOT, ...content })),
    stateOf: async () => (await bed.sandbox.register.detail(PILOT))?.state,
    async pay(verb = "pay", amount = 1) {
      const to = { partition: 1, principal: CUSTOMER };
      return codeOf(await bed.act(`tokens.${verb}`, { customer: "c1", amount }, to));
    },
    standing: async () => contract.evaluationContract.parse(await read(EVALUATION)),
    file: async () =>
      contract.evaluationFileContract.parse(await read(`${EVALUATION}/file`, OFFICER)),
    noticesOf: async (kind) =>
      ((await bed.sandbox.register.notices(PILOT)) ?? []).filter((one) => one.kind === kind),
    async toConfirm(score = 80) {
      assert.equal(await ask("submit_self_test", SELF_TEST, SENIOR_XU), "accepted");
      assert.equal(await ask("submit_audit", AUDIT, AUDITOR), "accepted");
      for (const { id, organisation } of EXPERTS) {
        assert.equal(await ask("appoint_expert", { person: id, organisation }), "accepted");
      }
      await scored(score);
    },
  };
}

/** The token pilot armed and started on terms of the test. */
async function startedUnder(bed: Bed, terms: Partial<Admission>): Promise<void> {
  await bed.sandbox.load();
  const shipped = shippedAdmissions().find((one) => one.pilot === PILOT) ?? assert.fail();
  const arm = { pilot: PILOT, partitions: [SERVED[0]], admission: { ...shipped, ...terms } };
  assert.equal(codeOf(await bed.act("sandbox.arm", arm)), "accepted");
  assert.equal(codeOf(await bed.act("sandbox.start", { pilot: PILOT })), "accepted");
  await bed.jobs.drain();
}
