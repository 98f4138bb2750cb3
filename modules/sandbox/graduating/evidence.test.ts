/**
 * 佐证须存档: what findings rest on is filed before, by whoever hands them in or by somebody before
 * him in the same evaluation; who may read it, and who may not, stage by stage.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import { attachmentFor, publicAttachment } from "../counter/attachments.ts";
import { CUSTOMER, OFFICER, PILOT, SENIOR_XU } from "../testing/bed.ts";
import {
  AUDIT,
  AUDITOR,
  type EvaluatedBed,
  evaluatedBed,
  evidence,
  EXPERTS,
  figures,
  ONE,
  opinionOf,
  SELF_TEST,
  STRANGER,
  text,
  THREE,
  TWO,
} from "../testing/evaluated.ts";
import { citedIn } from "./evidence.ts";

const document = (name: string) => Buffer.from(`a document of ${name}\n`);
const hashOf = (name: string) => createHash("sha256").update(document(name)).digest("hex");
const MISSING = "evaluation_evidence_not_filed";

test("every hash that a report names is found, with the place that names it", () => {
  assert.deepEqual(
    citedIn({ scores: { a: { score: 1, evidence: "h1" }, b: { evidence: "h2" } }, evidence: "h3" }),
    [
      { field: "/scores/a/evidence", hash: "h1" },
      { field: "/scores/b/evidence", hash: "h2" },
      { field: "/evidence", hash: "h3" },
    ],
  );
  assert.deepEqual(citedIn({ conclusion: "meets", findings: [], evidence: null }), []);
});

describe("findings rest on documents that are on file", () => {
  let on: EvaluatedBed;
  before(async () => {
    on = await evaluatedBed();
    await on.bed.turn(fromIso("2060-08-28T00:00:00+08:00"));
    assert.equal(await on.ask("request_end", {}, SENIOR_XU), "accepted");
    await on.bed.jobs.drain();
  });
  after(() => on.bed.end());

  const file = (name: string, principal: Principal) => on.filed(document(name), principal);
  /** Whether somebody may read the document of a name. */
  const reads = async (name: string, principal: Principal) => {
    const found = await attachmentFor(on.bed.store, principal, hashOf(name));
    return isRefusal(found) ? found.code : "read";
  };
  const appoint = ({ id, organisation }: Principal) =>
    on.ask("appoint_expert", { person: id, organisation });
  const scored = (expert: Principal, hash: string) => {
    const { scores, ...rest } = opinionOf(80);
    const compliance = { score: 80, evidence: hash };
    return on.ask("submit_opinion", { scores: { ...scores, compliance }, ...rest }, expert);
  };

  test("whoever takes part in an evaluation files, and nobody else", async () => {
    for (const principal of [SENIOR_XU, AUDITOR, ONE, OFFICER]) {
      assert.equal(await file(principal.id, principal), hashOf(principal.id), principal.id);
    }
    assert.equal(await file("a customer", CUSTOMER), "staff_of_this_pilot_only");
  });

  test("a hash that nobody has filed, or another institution has, is refused with its place", async () => {
    await file("another bank", STRANGER);
    for (const name of ["nobody", "another bank"]) {
      const { compliance } = SELF_TEST.dimensions as Readonly<Record<string, object>>;
      const content = {
        ...{ pilot: PILOT, ...SELF_TEST },
        dimensions: {
          ...SELF_TEST.dimensions,
          compliance: { ...compliance, evidence: hashOf(name) },
        },
      };
      const outcome = await on.bed.act("sandbox.submit_self_test", content, {
        principal: SENIOR_XU,
      });
      assert.ok(outcome.kind === "refused", name);
      const { code, field, params } = outcome.refusal;
      assert.deepEqual(
        [code, field, params?.["hash"]],
        [MISSING, "/dimensions/compliance/evidence", hashOf(name)],
      );
    }
    assert.equal(await on.ask("submit_self_test", SELF_TEST, SENIOR_XU), "accepted");
  });

  test("the auditor rests on his own document, and those of its evaluation read it", async () => {
    const report = { ...AUDIT, evidence: hashOf("the audit") };
    assert.equal(await on.ask("submit_audit", report, AUDITOR), MISSING);
    assert.equal(await file("the audit", AUDITOR), report.evidence);
    assert.equal(await reads("the audit", SENIOR_XU), "attachment_unknown", "not handed in yet");
    assert.equal(await on.ask("submit_audit", report, AUDITOR), "accepted");
    for (const principal of [AUDITOR, SENIOR_XU, OFFICER]) {
      assert.equal(await reads("the audit", principal), "read", principal.id);
    }
    for (const principal of [STRANGER, ONE]) {
      assert.equal(await reads("the audit", principal), "attachment_unknown", principal.id);
    }
    assert.equal(await reads("the audit", CUSTOMER), "staff_of_this_pilot_only");
  });

  test("an expert reads it once he is appointed, and no more once he is excluded", async () => {
    for (const expert of EXPERTS) assert.equal(await appoint(expert), "accepted");
    assert.equal(await reads("the audit", ONE), "read");
    const namesake = { ...ONE, organisation: "academy-nine" };
    assert.equal(await reads("the audit", namesake), "attachment_unknown");
    const four = { ...THREE, id: "expert-four", organisation: "academy-four" };
    assert.equal(await appoint(four), "accepted");
    assert.equal(await reads("the audit", four), "read");
    assert.equal(await on.ask("recuse_expert", { person: four.id, reason: text }), "accepted");
    assert.equal(await reads("the audit", four), "attachment_unknown");
  });

  test("a score may rest on what the auditor filed, or on the expert's own; each scores by himself", async () => {
    assert.equal(await scored(ONE, hashOf("a thought")), MISSING);
    assert.equal(await file("a thought", ONE), hashOf("a thought"));
    assert.equal(await scored(TWO, hashOf("a thought")), MISSING, "it is not his");
    assert.equal(await scored(ONE, hashOf("a thought")), "accepted");
    assert.equal(await scored(THREE, hashOf("the audit")), "accepted");
    for (const principal of [TWO, SENIOR_XU]) {
      assert.equal(await reads("a thought", principal), "attachment_unknown", principal.id);
    }
    assert.equal(await scored(TWO, evidence), "accepted", "the self-test rests on it already");
    on.bed.measures.say(figures([9_949n, 10_000n]));
    assert.equal(await on.ask("conclude_review"), "accepted");
    for (const principal of [TWO, SENIOR_XU]) {
      assert.equal(await reads("a thought", principal), "read", principal.id);
    }
  });

  test("an override may rest on a document of the supervisor's", async () => {
    const override = { criterion: "T1", reason: text, evidence: hashOf("a ruling") };
    assert.equal(await on.byTwo("override_criterion", override), MISSING);
    assert.equal(await file("a ruling", OFFICER), override.evidence);
    assert.equal(await on.byTwo("override_criterion", override), "accepted");
    const { measurement } = (await on.file()).findings;
    assert.equal(measurement?.criteria[0]?.override?.evidence, override.evidence);
  });

  test("what a finding rests on is not public, also once the finding is", async () => {
    assert.equal(
      await on.byTwo("confirm_evaluation", { result: "pass", reason: text }),
      "accepted",
    );
    const { findings } = await on.standing();
    assert.equal(findings?.audit?.report.evidence, hashOf("the audit"));
    const found = await publicAttachment(on.bed.store, hashOf("the audit"));
    assert.ok(isRefusal(found));
    assert.equal(found.code, "attachment_unknown");
  });

  test("the database refuses a report whose document nobody has filed", async () => {
    const report = (body: object) =>
      on.bed.database.owner.query(
        statement(
          "test.report_without_evidence",
          `insert into sandbox.evaluation_report
             (partition, id, pilot, round, kind, body, author, organisation, at)
           values (0, gen_random_uuid(), '${PILOT}', 1, 'opinion', $1, 'x', 'y', now())`,
        ),
        [JSON.stringify(body)],
      );
    const score = (hash: string) => ({ scores: { innovation: { score: 1, evidence: hash } } });
    await assert.rejects(
      report(score(hashOf("nobody"))),
      /no document with the hash .* is on file/,
    );
    await report(score(evidence));
  });
});
