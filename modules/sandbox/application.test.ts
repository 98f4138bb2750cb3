/**
 * A pilot's way from its first draft to a registered number, through the real guard on a real
 * database: who may do what, what each step stands on, and what the database refuses by itself.
 */
import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Instant, shanghaiYear, toIso } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import type { Declaration } from "./declaration/declaration.contract.ts";
import { hashOf } from "./declaration/declaration.ts";
import { declarationText, enrolmentText, keyId } from "./signature/signature.ts";
import { APPROVER, type Bed, OFFICER, sandboxBed, SYSTEM } from "./testing/bed.ts";
import { commentContent } from "./testing/comments.ts";
import { declaredFrom, DRAFTED, HARBOUR_BANK } from "./testing/declared.ts";
import { BEGINS, CLOSES, FIRST_DAY } from "./testing/walk.ts";

const person = (id: string, organisation: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, organisation, roles },
});
const DRAFTER = person("drafter-he", "harbour-bank", "institution_operator");
const SIGNER = person("signer-luo", "harbour-bank", "institution_approver", "institution_operator");
const STRANGER = person("stranger-du", "tideway", "institution_operator", "institution_approver");
const SECOND = { ...APPROVER, id: "approver-qian" };

const text = { zh: "演示用说明", en: "a text of the test" };
const DAY = 86_400_000;

let bed: Bed;
let key: { readonly id: string; readonly secret: KeyObject };

const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

async function ask(command: string, content: object, by: Principal = OFFICER): Promise<string> {
  return codeOf(await bed.act(command, content, { principal: by }));
}

/** A step by two: proposed by the officer, approved by the approver. */
async function byTwo(command: string, content: object): Promise<string> {
  const parked = await bed.act(command, content, { principal: OFFICER });
  if (parked.kind !== "parked") return codeOf(parked);
  return ask("guard.approve_task", { task: parked.task }, SECOND);
}

/** Turns the clock, and lets what is due happen at its own instant. */
async function turn(to: number): Promise<void> {
  const at = toIso(to as Instant);
  assert.equal(await ask("guard.turn_clock", { to: at }, SYSTEM), "accepted");
  for (const due of bed.sandbox.dues) await due.fire();
}

const agreementBytes = Buffer.from("演示用服务协议书（虚构）\n");
const agreement = {
  hash: "",
  name: "agreement.txt",
  type: "text/plain" as const,
  bytes: agreementBytes.length,
};

const pilot = DRAFTED;
const stateOf = async (): Promise<string> => {
  const rows = await bed.store.query<{ state: string }>(STATE, [pilot]);
  return rows[0]?.state ?? "none";
};
const STATE = statement("test.state_of", "select state from sandbox.pilot where slug = $1");

function signature(version: number, body: Declaration) {
  const said = declarationText({ pilot, version, hash: hashOf(body) });
  return { key: key.id, value: sign(null, Buffer.from(said), key.secret).toString("base64url") };
}

async function enrol(by: Principal): Promise<typeof key> {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = String(pair.publicKey.export({ format: "jwk" }).x);
  const proof = sign(
    null,
    Buffer.from(enrolmentText(by.organisation, publicKey)),
    pair.privateKey,
  ).toString("base64url");
  assert.equal(await ask("sandbox.enrol_signing_key", { publicKey, proof }, by), "accepted");
  return { id: keyId(publicKey) ?? "", secret: pair.privateKey };
}

describe("from a draft to a registered number", () => {
  let body: Declaration;

  before(async () => {
    bed = await sandboxBed();
    await turn(BEGINS);
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256").update(agreementBytes).digest("hex");
    Object.assign(agreement, { hash });
    body = declaredFrom(FIRST_DAY, { ...agreement });
  });
  after(() => bed.end());

  test("a declaration refers to no attachment that is not there", async () => {
    assert.equal(await ask("sandbox.draft", { declaration: body }, DRAFTER), "attachment_unknown");
    assert.equal(await ask("sandbox.attach", agreement, DRAFTER), "attachment_unknown");
    await bed.store.query(KEEP, [agreement.hash, agreementBytes]);
    assert.equal(await ask("sandbox.attach", agreement, DRAFTER), "accepted");
  });
  const KEEP = statement(
    "test.keep_bytes",
    "insert into sandbox.attachment_bytes values (0, $1, $2)",
  );

  test("a draft with a wrong identifier, alone without a licence, or with a number is refused", async () => {
    const firm = { ...HARBOUR_BANK, kind: "technology_firm" as const };
    const wrong: [string, Partial<Declaration>][] = [
      ["uscc_does_not_check", { institutions: [{ ...HARBOUR_BANK, uscc: "91990000MA00DEMA78" }] }],
      ["lei_does_not_check", { institutions: [{ ...HARBOUR_BANK, lei: "549300E7TSGLC0VSY746" }] }],
      ["no_licensed_institution", { institutions: [firm] }],
      ["number_is_issued_at_registration", { number: "91990000MA00DEMA79-2026-0001" }],
      ["declaration_drafted_cites_a_source", { form: null }],
    ];
    for (const [code, part] of wrong) {
      const declaration = { ...body, ...part };
      assert.equal(await ask("sandbox.draft", { declaration }, DRAFTER), code);
    }
    const joined = { ...body, institutions: [HARBOUR_BANK, { ...firm, role: "participant" }] };
    const other = { ...joined, pilot: "joined-pay", name: text };
    assert.equal(await ask("sandbox.draft", { declaration: other }, DRAFTER), "accepted");
  });

  test("a draft is on file, known to its own institution alone, and no pilot of the register", async () => {
    assert.equal(await ask("sandbox.draft", { declaration: body }, DRAFTER), "accepted");
    assert.equal(await ask("sandbox.draft", { declaration: body }, STRANGER), "pilot_exists");
    assert.equal(await bed.sandbox.register.detail(pilot), undefined);
    assert.ok((await bed.sandbox.register.summary()).every((one) => one.slug !== pilot));
    const change = { declaration: { ...body, summary: text }, after: 1 };
    assert.equal(await ask("sandbox.revise", change, STRANGER), "pilot_unknown");
    assert.equal(await ask("sandbox.accept", { pilot }), "pilot_is_draft");
  });

  test("a revision follows the version that was seen, changes something, and takes no other's name", async () => {
    const revised = { ...body, summary: text };
    const revise = (declaration: object, of: number) =>
      ask("sandbox.revise", { declaration, after: of }, DRAFTER);
    assert.equal(await revise(body, 1), "declaration_unchanged");
    assert.equal(await revise({ ...body, name: text }, 1), "pilot_name_taken");
    assert.equal(await revise(revised, 2), "version_not_latest");
    assert.equal(await revise(revised, 1), "accepted");
    assert.equal(await revise(revised, 1), "version_not_latest");
    body = revised;
  });

  test("who drafted may not sign, and a signature is over this version by a key of the institution", async () => {
    key = await enrol(STRANGER);
    const submit = (by: Principal, more: object = {}) => {
      const content = { pilot, version: 2, signature: signature(2, body), ...more };
      return ask("sandbox.submit", content, by);
    };
    assert.equal(await submit(SIGNER), "signing_key_unknown", "a key of another institution");
    key = await enrol(SIGNER);
    const drafting = { ...DRAFTER, roles: ["institution_approver" as const] };
    assert.equal(await submit(drafting), "drafter_may_not_sign");
    assert.equal(await submit(DRAFTER), "role_may_not");
    assert.equal(await submit(STRANGER), "pilot_unknown");
    assert.equal(await submit(SIGNER, { version: 1 }), "version_not_latest");
    const other = signature(2, { ...body, summary: { ...text, en: "other" } });
    assert.equal(await submit(SIGNER, { signature: other }), "signature_does_not_verify");
  });

  test("an incomplete declaration is refused with every clause that it lacks", async () => {
    const bare = { ...body, form: body.form && { ...body.form, hours: null, pledge: null } };
    const revise = { declaration: bare, after: 2 };
    assert.equal(await ask("sandbox.revise", revise, DRAFTER), "accepted");
    const submit = { pilot, version: 3, signature: signature(3, bare) };
    const outcome = await bed.act("sandbox.submit", submit, { principal: SIGNER });
    assert.ok(outcome.kind === "refused");
    assert.equal(outcome.refusal.code, "declaration_incomplete");
    assert.deepEqual(
      outcome.refusal.failed.map(({ clause, limit }) => [clause, limit]),
      [
        ["2.2", "/form/hours"],
        ["5.2", "/form/pledge"],
      ],
    );
    const whole = { declaration: body, after: 3 };
    assert.equal(await ask("sandbox.revise", whole, DRAFTER), "accepted");
  });

  test("submitted, it may be returned with reasons, and is accepted for review", async () => {
    const submit = { pilot, version: 4, signature: signature(4, body) };
    assert.equal(await ask("sandbox.submit", submit, SIGNER), "accepted");
    const revise = { declaration: { ...body, summary: { ...text, en: "late" } }, after: 4 };
    assert.equal(await ask("sandbox.revise", revise, DRAFTER), "pilot_is_submitted");
    const returned = { pilot, reasons: [text] };
    assert.equal(await ask("sandbox.return", returned, OFFICER), "accepted");
    assert.equal(await stateOf(), "draft");
    assert.equal(await ask("sandbox.submit", submit, SIGNER), "accepted", "signed before");
    assert.equal(await ask("sandbox.accept", { pilot }, DRAFTER), "role_may_not");
    assert.equal(await ask("sandbox.accept", { pilot }), "accepted");
    assert.equal(await stateOf(), "review");
    assert.equal(await ask("sandbox.return", returned, OFFICER), "pilot_is_in_review");
  });

  test("S2: published by two, the consultation lasts to 24:00 of its last whole day", async () => {
    const short = { pilot, days: 6 };
    assert.equal(await byTwo("sandbox.publish", short), "consultation_window_too_short");
    const parked = await bed.act("sandbox.publish", { pilot }, { principal: APPROVER });
    assert.ok(parked.kind === "parked");
    const task = { task: parked.task };
    assert.equal(await ask("guard.approve_task", task, APPROVER), "task_own_proposal");
    assert.equal(await ask("guard.approve_task", task, SECOND), "accepted");
    assert.equal(await stateOf(), "consultation");
    const detail = await bed.sandbox.register.detail(pilot);
    assert.deepEqual([detail?.declarationVersion, detail?.reported], [4, false]);
    assert.deepEqual(
      detail?.declarationVersions.map((one) => one.version),
      [4],
      "versions that nobody published stay with the institution",
    );
  });

  const comment = (n: number, clause?: string) =>
    commentContent(bed.store, { pilot, n, ...(clause && { clause }) });

  test("S2: 23:59:59.999 of the last day is in, 00:00:00.000 of the next is out", async () => {
    assert.equal(await ask("sandbox.comment", await comment(1), SYSTEM), "accepted");
    assert.equal(await ask("sandbox.comment", await comment(2), DRAFTER), "role_may_not");
    const stray = await comment(2, "caps/none");
    assert.equal(await ask("sandbox.comment", stray, SYSTEM), "comment_clause_unknown");
    const close = { pilot, round: 1 };
    assert.equal(await ask("sandbox.close_consultation", close, SYSTEM), "consultation_not_due");
    await turn(CLOSES - 1);
    assert.equal(await stateOf(), "consultation");
    const cited = await comment(2, "caps/pilot_customers");
    assert.equal(await ask("sandbox.comment", cited, SYSTEM), "accepted");
    assert.equal(await ask("sandbox.comment", await comment(3), SYSTEM), "accepted");
    const at = toIso(CLOSES as Instant);
    assert.equal(await ask("guard.turn_clock", { to: at }, SYSTEM), "accepted");
    assert.equal(await ask("sandbox.comment", await comment(4), SYSTEM), "consultation_closed");
    const next = async (until: number) => {
      const found = bed.sandbox.dues.map((due) => due.next(until as Instant));
      return (await Promise.all(found)).filter((one) => one !== undefined);
    };
    assert.deepEqual(await next(CLOSES), [CLOSES]);
    for (const due of bed.sandbox.dues) await due.fire();
    assert.deepEqual(await next(CLOSES + DAY), []);
    assert.equal(await stateOf(), "answering");
    assert.equal(await ask("sandbox.close_consultation", close, SYSTEM), "consultation_closed");
  });

  const COMMENTS = statement(
    "test.comments",
    "select id::text as id, number, state from sandbox.comment order by number",
  );
  const comments = () => bed.store.query<{ id: string; number: number; state: string }>(COMMENTS);

  test("registration waits until every comment is judged and every admitted one answered", async () => {
    assert.equal(await byTwo("sandbox.register", { pilot }), "comments_wait_for_moderation");
    const [one, two, three] = await comments();
    assert.ok(one && two && three);
    const moderate = (moderation: object, by = OFFICER) =>
      ask("sandbox.moderate", { pilot, moderation }, by);
    const twin = { verdict: "duplicate", comment: three.id, of: two.id };
    assert.equal(await moderate(twin), "original_not_admitted");
    assert.equal(await moderate({ verdict: "admit", comment: two.id }, DRAFTER), "role_may_not");
    assert.equal(await moderate({ verdict: "admit", comment: two.id }), "accepted");
    assert.equal(await moderate({ verdict: "admit", comment: two.id }), "comment_is_moderated");
    assert.equal(await moderate(twin), "accepted");
    const aside = { verdict: "set_aside", comment: one.id, reason: text };
    assert.equal(await moderate(aside), "accepted");
    assert.equal(await byTwo("sandbox.register", { pilot }), "comments_unanswered");
    const answer = (ids: string[], by = DRAFTER) =>
      ask("sandbox.answer", { pilot, comments: ids, text, changes: false }, by);
    assert.equal(await answer([one.id]), "comment_not_admitted");
    assert.equal(await answer([two.id], STRANGER), "pilot_unknown");
    assert.equal(await answer([two.id]), "accepted");
    assert.equal(await answer([two.id]), "comment_is_answered");
  });

  test("an editorial amendment stands at once; a material one asks the public again", async () => {
    const revise = (declaration: Declaration, of: number) =>
      ask("sandbox.revise", { declaration, after: of }, DRAFTER);
    const amend = (declaration: Declaration, version: number) => {
      const content = { pilot, version, signature: signature(version, declaration) };
      return ask("sandbox.amend", content, SIGNER);
    };
    assert.equal(await amend(body, 4), "version_already_in_force");
    const editorial = { ...body, summary: { zh: "渡口支付试点。", en: "Payments at ferries." } };
    assert.equal(await revise(editorial, 4), "accepted");
    assert.equal(await amend(editorial, 5), "accepted");
    assert.equal(await stateOf(), "answering");
    const caps = editorial.form?.caps.map((cap) => ({ ...cap, cap: `${cap.cap}0` })) ?? [];
    const material = { ...editorial, form: editorial.form && { ...editorial.form, caps } };
    assert.equal(await revise(material, 5), "accepted");
    assert.equal((await bed.sandbox.register.detail(pilot))?.declarationVersion, 5);
    assert.equal(await amend(material, 6), "accepted");
    assert.equal(await stateOf(), "consultation");
    assert.equal(await byTwo("sandbox.register", { pilot }), "pilot_is_in_consultation");
    await turn(CLOSES + 8 * DAY);
    assert.equal(await stateOf(), "answering");
    body = material;
  });

  test("1.1: registered by two, the number is the credit code, the year and the next of four digits", async () => {
    const parked = await bed.act("sandbox.register", { pilot });
    assert.ok(parked.kind === "parked");
    const approve = { task: parked.task };
    const done = await bed.act("guard.approve_task", approve, { principal: SECOND });
    assert.ok(done.kind === "accepted", codeOf(done));
    const year = shanghaiYear(done.at);
    const number = `91990000MA00DEMA79-${year}-0001`;
    assert.equal((done.answer as { number: string }).number, number);
    assert.equal((await bed.sandbox.register.detail(pilot))?.number, number);
    assert.equal(await byTwo("sandbox.register", { pilot }), "pilot_is_registered");
  });

  test("armed by its own declaration alone; too late to start after the days allowed", async () => {
    const arm = { pilot, partitions: [9] };
    const admission = { pilot };
    const given = { ...arm, admission: { ...admission } };
    assert.notEqual(await ask("sandbox.arm", given), "accepted");
    assert.equal(await ask("sandbox.arm", arm), "accepted");
    assert.equal(await stateOf(), "ready");
    const detail = await bed.sandbox.register.detail(pilot);
    assert.equal(detail?.policy?.version, 1);
    await turn(CLOSES + 8 * DAY + 92 * DAY);
    assert.equal(await ask("sandbox.start", { pilot }), "registration_too_old");
    assert.equal(await ask("sandbox.withdraw", { pilot }, SIGNER), "accepted");
    assert.equal(await stateOf(), "withdrawn");
    assert.equal(await ask("sandbox.withdraw", { pilot }, SIGNER), "pilot_was_withdrawn");
  });

  test("the database has written down every move by itself", async () => {
    const rows = await bed.store.query<{ to_state: string }>(PASSAGES, [pilot]);
    assert.deepEqual(
      rows.map((row) => row.to_state),
      [
        ...["draft", "submitted", "draft", "submitted", "review", "consultation", "answering"],
        ...["consultation", "answering", "registered", "ready", "withdrawn"],
      ],
    );
  });
  const PASSAGES = statement(
    "test.passages",
    "select to_state from sandbox.passage where pilot = $1 order by step",
  );
});
