/**
 * The counter over HTTP contracts: drafting, attachments, signing,
 * comments with receipts, versions compared, and who may see what before publication.
 */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import { type Asking, codeAskerOf } from "@sandbank/kernel/http/testing";
import * as contract from "./contract.ts";
import { enrolmentText } from "./signature/signature.ts";
import { type Bed, CUSTOMER, OFFICER, sandboxBed, SYSTEM } from "./testing/bed.ts";
import { declaredFrom, DRAFTED, HARBOUR_BANK } from "./testing/declared.ts";
import { BEGINS, CLOSES, FIRST_DAY } from "./testing/walk.ts";

const person = (id: string, organisation: string, ...roles: Role[]): Principal => ({
  ...{ kind: "person", id, organisation, roles },
});
const DRAFTER = person("drafter-he", "harbour-bank", "institution_operator");
const SIGNER = person("signer-luo", "harbour-bank", "institution_approver");
const STRANGER = person("stranger-du", "tideway-tech", "institution_operator");
const SECOND = person("approver-qian", "supervisor", "supervisor_approver");
const VISITOR = person("visitor", "visitors");

const text = { zh: "演示用说明", en: "a text of the test" };
const params = { slug: DRAFTED };
const file = Buffer.from("演示用服务协议书（虚构）\n");

let bed: Bed;
let routes: ReturnType<typeof codeAskerOf>;

/** Asks a route as somebody: the officer unless told. */
const ask = (name: string, { by = OFFICER, ...asked }: Asking & { readonly by?: Principal } = {}) =>
  routes(name, { ...asked, principal: by });

const step = (by: Principal, body: object) =>
  ask("POST /api/applications/{slug}/steps", { params, body, by });

async function byTwo(body: object): Promise<unknown> {
  const parked = contract.outcomeContract.parse(await step(OFFICER, body));
  assert.ok(parked.outcome === "parked");
  return ask("POST /api/tasks/{id}/approve", { params: { id: parked.task }, body: {}, by: SECOND });
}

async function application(by: Principal) {
  const answer = await ask("GET /api/applications/{slug}", { params, by });
  return contract.applicationContract.parse(answer);
}

describe("the counter", () => {
  let signing: { readonly id: string; sign(said: string): string };

  before(async () => {
    bed = await sandboxBed();
    routes = codeAskerOf(bed.sandbox.routes, { principal: OFFICER, lang: "zh" });
    await bed.act("guard.turn_clock", { to: toIso(BEGINS as Instant) }, { principal: SYSTEM });
  });
  after(() => bed.end());

  test("an attachment is kept under the hash of its bytes, and given to whoever may have it", async () => {
    const post = (body: object, by = DRAFTER) => ask("POST /api/attachments", { body, by });
    const sent = { name: "agreement.txt", type: "text/plain", content: file.toString("base64") };
    const pdf = { ...sent, type: "application/pdf" };
    assert.equal(await post(pdf), "attachment_is_not_what_it_says");
    const program = { ...sent, content: Buffer.from("4d5a9000", "hex").toString("base64") };
    assert.equal(await post(program), "attachment_type_not_taken");
    assert.equal(await post(sent, CUSTOMER), "staff_of_this_pilot_only");
    const big = { ...sent, content: Buffer.alloc(10 * 1024 * 1024 + 1, 97).toString("base64") };
    assert.equal(await post(big), "attachment_too_large");
    const kept = contract.attachmentContract.parse(await post(sent));
    assert.equal(kept.hash, createHash("sha256").update(file).digest("hex"));
    const get = (by: Principal) =>
      ask("GET /api/attachments/{hash}", { params: { hash: kept.hash }, by });
    const whole = contract.attachmentFileContract.parse(await get(OFFICER));
    assert.deepEqual(Buffer.from(whole.content, "base64"), file);
    assert.equal(await get(STRANGER), "attachment_unknown");
    const body = { declaration: declaredFrom(FIRST_DAY, { ...kept }) };
    const drafted = await ask("POST /api/applications", { body, by: DRAFTER });
    assert.equal(contract.outcomeContract.parse(drafted).outcome, "accepted");
  });

  test("a draft is listed for its institution and the supervisor, for nobody else", async () => {
    const listed = async (by: Principal) => {
      const answer = await ask("GET /api/applications", { by });
      return contract.applicationsContract.parse(answer).applications.map((one) => one.slug);
    };
    const { applications } = contract.applicationsContract.parse(
      await ask("GET /api/applications", { by: OFFICER }),
    );
    assert.deepEqual(applications[0]?.lead, HARBOUR_BANK.name);
    assert.deepEqual(await listed(DRAFTER), [DRAFTED]);
    assert.deepEqual(await listed(OFFICER), [DRAFTED]);
    assert.deepEqual(await listed(STRANGER), []);
    assert.equal(await ask("GET /api/applications", { by: CUSTOMER }), "staff_of_this_pilot_only");
    const foreign = { params, by: STRANGER };
    assert.equal(await ask("GET /api/applications/{slug}", foreign), "pilot_unknown");
    for (const path of ["", "/history", "/consultations", "/notices"]) {
      assert.equal(await ask(`GET /api/pilots/{slug}${path}`, { params }), "pilot_unknown");
    }
    const { state, missing, versions, textToSign } = await application(DRAFTER);
    assert.deepEqual([state, missing, versions.length], ["draft", [], 1]);
    assert.match(textToSign, /^sandbank-declaration-v1\nharbour-pay\n1\n[0-9a-f]{64}\n$/);
  });

  test("two versions on file compare clause by clause", async () => {
    const { declaration } = await application(DRAFTER);
    const [one, ...rest] = declaration.form?.caps ?? [];
    const caps = [{ ...one, cap: "6000" }, ...rest];
    const body = { after: 1, declaration: { ...declaration, form: { ...declaration.form, caps } } };
    await ask("POST /api/applications/{slug}/versions", { params, body, by: DRAFTER });
    const query = { from: "1", to: "2" };
    const compare = (by: Principal, asked: object) =>
      ask("GET /api/applications/{slug}/differences", { params, query: asked, by });
    const found = contract.differencesContract.parse(await compare(DRAFTER, query));
    assert.deepEqual(found.weights, ["cap_raised"]);
    assert.deepEqual(
      found.differences.map(({ key }) => key),
      ["caps/pilot_customers"],
    );
    assert.equal(await compare(DRAFTER, { from: "1", to: "9" }), "version_unknown");
    assert.equal(await compare(STRANGER, query), "pilot_unknown");
  });

  test("a key is enrolled by whoever holds it, and signs until it is ended", async () => {
    const pair = generateKeyPairSync("ed25519");
    const publicKey = String(pair.publicKey.export({ format: "jwk" }).x);
    const by = (said: string) =>
      sign(null, Buffer.from(said), pair.privateKey).toString("base64url");
    const post = (proof: string) =>
      ask("POST /api/signing-keys", { body: { publicKey, proof }, by: SIGNER });
    assert.equal(await post(by(enrolmentText("tideway-tech", publicKey))), "signing_key_not_held");
    const proof = by(enrolmentText("harbour-bank", publicKey));
    assert.equal(contract.outcomeContract.parse(await post(proof)).outcome, "accepted");
    assert.equal(await post(proof), "signing_key_exists");
    const listed = await ask("GET /api/signing-keys", { by: SIGNER });
    const [key] = contract.signingKeysContract.parse(listed).keys;
    assert.equal(key?.publicKey, publicKey);
    signing = { id: key.id, sign: by };
    const end = (whose: Principal) =>
      ask("POST /api/signing-keys/{key}/end", { params: { key: key.id }, by: whose });
    const other = { ...SIGNER, organisation: "tideway-tech" };
    assert.equal(await end(other), "signing_key_unknown");
  });

  test("signed, accepted and published by two, everybody reads it and can check the signature", async () => {
    const { textToSign, latest } = await application(SIGNER);
    const signature = { key: signing.id, value: signing.sign(textToSign) };
    const submitted = await step(SIGNER, { step: "submit", version: latest, signature });
    assert.equal(contract.outcomeContract.parse(submitted).outcome, "accepted");
    await step(OFFICER, { step: "accept" });
    assert.equal(
      contract.outcomeContract.parse(await byTwo({ step: "publish" })).outcome,
      "accepted",
    );
    const version = await ask("GET /api/pilots/{slug}/versions/{version}", {
      ...{ params: { ...params, version: "2" }, by: VISITOR },
    });
    const read = contract.versionContract.parse(version);
    assert.equal(read.signature, signature.value);
    assert.ok(read.publicKey !== null && read.clauses.length > 30);
    const unread = { params: { ...params, version: "1" }, by: VISITOR };
    assert.equal(await ask("GET /api/pilots/{slug}/versions/{version}", unread), "version_unknown");
    const query = { from: "1", to: "2" };
    const compared = await ask("GET /api/pilots/{slug}/differences", { params, query });
    assert.equal(compared, "version_unknown", "a version that nobody published is nobody's");
    const { passages, rounds } = contract.historyContract.parse(
      await ask("GET /api/pilots/{slug}/history", { params }),
    );
    assert.deepEqual(
      passages.map(({ from, to }) => [from, to]),
      [[null, "consultation"]],
    );
    assert.deepEqual([rounds[0]?.state, rounds[0]?.closes], ["open", toIso(CLOSES as Instant)]);
  });

  const comment = (body: object, id?: string) =>
    ask("POST /api/pilots/{slug}/comments", { params, body, by: VISITOR, ...(id ? { id } : {}) });

  test("S2: a comment is masked, has a receipt, and sent twice is one comment", async () => {
    const said = {
      body: "我的卡4111 1111 1111 1111为什么不能用？",
      author: "渡客",
      clause: "caps/payment_amount",
    };
    const first = contract.commentedContract.parse(await comment(said, "form-1"));
    assert.deepEqual(contract.commentedContract.parse(await comment(said, "form-1")), first);
    const other = contract.commentedContract.parse(await comment({ body: "另一条" }, "form-1"));
    assert.deepEqual(
      [first.number, other.number],
      [1, 2],
      "a stranger's id stands in nobody's way",
    );
    assert.equal(await comment({ body: " \u0007 " }), "comment_says_nothing");
    assert.equal(await comment({ body: "x", clause: "none" }), "comment_clause_unknown");
    const follow = { params: { receipt: first.receipt.toLowerCase() }, by: VISITOR };
    const mine = contract.receiptViewContract.parse(
      await ask("GET /api/comments/{receipt}", follow),
    );
    assert.deepEqual(
      [mine.state, mine.body, mine.answer],
      ["waiting", "我的卡**** 1111为什么不能用？", null],
    );
    const wrong = { params: { receipt: "AAAA-AAAA-AAAA-AAAA" }, by: VISITOR };
    assert.equal(await ask("GET /api/comments/{receipt}", wrong), "comment_unknown");
    const kept = await bed.store.query<{ receipt: string }>(RECEIPTS);
    assert.ok(kept.every(({ receipt }) => !receipt.includes(first.receipt)));
  });
  const RECEIPTS = statement("test.receipts", "select receipt from sandbox.comment");

  test("S2: judged comments are public with reasons and answers, others are only counted", async () => {
    const twin = contract.commentedContract.parse(await comment({ body: "同样的问题" }));
    const seen = async () =>
      contract.consultationsContract.parse(
        await ask("GET /api/pilots/{slug}/consultations", { params, by: VISITOR }),
      );
    assert.deepEqual([(await seen()).waiting, (await seen()).comments], [3, []]);
    const listed = await ask("GET /api/applications/{slug}/comments", { params });
    const [one, two, three] = contract.staffCommentsContract.parse(listed).comments;
    assert.ok(one && two && three);
    const moderate = (body: object) =>
      ask("POST /api/applications/{slug}/moderations", { params, body });
    await moderate({ verdict: "admit", comment: one.id });
    await moderate({ verdict: "set_aside", comment: two.id, reason: text });
    await moderate({ verdict: "duplicate", comment: three.id, of: one.id });
    const body = { comments: [one.id], text, changes: true };
    const answered = await ask("POST /api/applications/{slug}/answers", {
      params,
      body,
      by: DRAFTER,
    });
    assert.equal(contract.outcomeContract.parse(answered).outcome, "accepted");
    const { comments, waiting } = await seen();
    assert.equal(waiting, 0);
    assert.deepEqual(
      comments.map(({ state, body: shown, answer }) => [state, shown, answer?.changes]),
      [
        ["admitted", "我的卡**** 1111为什么不能用？", true],
        ["set_aside", null, undefined],
        ["duplicate", "同样的问题", true],
      ],
    );
    assert.deepEqual(comments[2]?.duplicateOf, { round: 1, number: 1 });
    const follow = { params: { receipt: twin.receipt }, by: VISITOR };
    const mine = contract.receiptViewContract.parse(
      await ask("GET /api/comments/{receipt}", follow),
    );
    assert.deepEqual([mine.state, mine.answer?.text], ["duplicate", text]);
  });

  test("I29 counts what the public said and what came of it, and opens it without a word", async () => {
    const path = "GET /api/pilots/{slug}/indicators/{id}";
    const asked = {
      params: { ...params, id: "I29" },
      by: VISITOR,
      query: { span: "month", n: "1" },
    };
    const { windows } = contract.seriesContract.parse(await ask(path, asked));
    assert.deepEqual(
      windows[0]?.figures.map(({ figure, value, over }) => [figure, value, over]),
      [
        ...[["comments", "3", null]],
        ...[["answered", null, "0"]],
        ...[["overdue", "0", null]],
        ...[["changes", "1", null]],
      ],
    );
    const query = { span: "month", begins: windows[0]?.begins };
    const rows = contract.rowsContract.parse(
      await ask(`${path}/rows`, { params: { ...params, id: "I29" }, query }),
    );
    assert.ok(rows.kind === "comments");
    assert.deepEqual(
      rows.rows.map(({ number, state, due, changes }) => [number, state, due !== null, changes]),
      [
        [1, "admitted", true, true],
        [2, "set_aside", false, false],
        [3, "duplicate", false, false],
      ],
    );
    assert.doesNotMatch(JSON.stringify(rows), /我的卡|同样的问题/);
  });

  test("删除后证明仍在: a comment is erased by its receipt, and only its words are gone", async () => {
    const said = { body: "我叫渡客，请删除这句话", author: "渡客二号" };
    const first = contract.commentedContract.parse(await comment(said, "form-9"));
    const held = async (word: string) => {
      const rows = await bed.database.owner.query<{ text: string }>(EVERYTHING);
      return rows.filter((row) => row.text.includes(word)).map((row) => row.text.split(" ", 1)[0]);
    };
    assert.deepEqual(await held("请删除这句话"), ["wording"]);
    assert.deepEqual(await held("渡客二号"), ["wording"]);
    const erase = (receipt: string) =>
      ask("POST /api/comments/erasures", { body: { receipt }, by: VISITOR });
    assert.equal(await erase("0000-0000-0000-0000"), "comment_unknown");
    const done = contract.outcomeContract.parse(await erase(first.receipt));
    assert.equal(done.outcome, "accepted");
    assert.deepEqual([...(await held("请删除这句话")), ...(await held("渡客二号"))], []);
    assert.equal(await erase(first.receipt), "comment_was_erased");
    assert.equal(await comment(said, "form-9"), "command_id_reused");
    const follow = { params: { receipt: first.receipt }, by: VISITOR };
    const mine = contract.receiptViewContract.parse(
      await ask("GET /api/comments/{receipt}", follow),
    );
    assert.deepEqual(
      [mine.number, mine.state, mine.body, mine.erased],
      [first.number, "waiting", null, true],
    );
    const listed = await ask("GET /api/applications/{slug}/comments", { params });
    const row = contract.staffCommentsContract.parse(listed).comments.at(-1);
    assert.deepEqual([row?.author, row?.body, row?.erased], [null, null, true]);
    const moderate = (body: object) =>
      ask("POST /api/applications/{slug}/moderations", { params, body });
    const id = row?.id ?? "";
    assert.equal(await moderate({ verdict: "admit", comment: id }), "comment_was_erased");
    const aside = await moderate({ verdict: "set_aside", comment: id, reason: text });
    assert.equal(contract.outcomeContract.parse(aside).outcome, "accepted");
  });

  test("the supervisor erases a comment on request, nobody else without its receipt", async () => {
    const answer = await ask("GET /api/applications/{slug}/comments", { params });
    const [one] = contract.staffCommentsContract.parse(answer).comments;
    assert.ok(one);
    const erase = (by: Principal) =>
      ask("POST /api/applications/{slug}/erasures", { params, body: { comment: one.id }, by });
    for (const by of [DRAFTER, SIGNER]) assert.equal(await erase(by), "role_may_not");
    assert.equal(contract.outcomeContract.parse(await erase(OFFICER)).outcome, "accepted");
    const seen = contract.consultationsContract.parse(
      await ask("GET /api/pilots/{slug}/consultations", { params, by: VISITOR }),
    );
    const shown = seen.comments.find(({ number }) => number === one.number);
    assert.deepEqual(
      [shown?.state, shown?.author, shown?.body, shown?.erased, shown?.answer?.changes],
      ["admitted", null, null, true, true],
    );
  });
  const EVERYTHING = statement(
    "test.everything",
    `select 'journal ' || answer::text as text from guard.journal where answer is not null
     union all select 'facts ' || facts::text from guard.opening where facts is not null
     union all select 'change ' || change::text from guard.opening where change is not null
     union all select 'leaf ' || body from evidence.leaf
     union all select 'comment ' || comment::text from sandbox.comment
     union all select 'wording ' || wording::text from sandbox.wording`,
  );

  test("a refusal is final, its reasons are public, and the round ends with it", async () => {
    await byTwo({ step: "refuse", reasons: [text] });
    const history = await ask("GET /api/pilots/{slug}/history", { params, by: VISITOR });
    const { passages, rulings, rounds } = contract.historyContract.parse(history);
    assert.equal(passages.at(-1)?.to, "refused");
    assert.deepEqual([rulings[0]?.kind, rulings[0]?.reasons], ["refused", [text]]);
    assert.equal(rounds[0]?.state, "broken_off");
    assert.equal(await comment({ body: "太晚了" }), "consultation_closed");
    assert.equal(await step(OFFICER, { step: "accept" }), "pilot_was_refused");
  });
});
