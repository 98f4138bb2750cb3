/** A holder is erased: by himself or by two of the bank, once everything has ended, and wholly. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  factsLine,
  folderSource,
  logFolder,
  openPublisher,
  verifyLog,
} from "@sandbank/kernel/evidence";
import { openings, type Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { VISITOR } from "@sandbank/kernel/http";
import { statement } from "@sandbank/kernel/store";
import { rowsWith } from "@sandbank/kernel/testing";
import type { ReceiptAnswer } from "../contract.ts";
import { CARD, CUSTOMERS, furnishedBed, HOLDER, payment, RISK, TRAVEL } from "../testing/bed.ts";
import { roomy } from "../testing/bed.ts";
import { vaultedBed, type VaultedBed } from "../testing/vaulted.ts";
import { cardNumber } from "../vault/vault.fixture.ts";
import { type Bed, cardOf, ISSUER } from "../testing/bed.ts";
import { FORGET_CARDS } from "./erasure.ts";

const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
const person = (id: string, role: Principal["roles"][number], organisation: string): Principal => ({
  ...{ kind: "person", id, organisation, roles: [role] },
});
const WANG = person(HOLDER, "customer", "customers");
const CHEN = person("approver-chen", "institution_approver", "sandbar-bank");
const OTHER_CARD = "0199a000-0000-7000-8000-000000000002";

/** A holder who paid once, was declined once, got a refund, and has spent what was left. */
async function livedBed(): Promise<Bed> {
  const bed = await furnishedBed("10000");
  await bed.done("tokens.add_card", {
    ...cardOf(OTHER_CARD, "li-na"),
    par: "SBX0OTHEROTHEROTHEROTHEROTHER",
  });
  const token = await bed.issue({ dayAmount: "10000" });
  const requestor = { principal: TRAVEL };
  const pay = async (amount: string, reference: string) => {
    const content = payment(token.number, amount, { reference });
    const answer = await bed.done<{ payment: string }>("tokens.authorise", content, requestor);
    return { payment: answer.payment };
  };
  await bed.act("tokens.authorise", payment(token.number, "10001"), requestor);
  const first = await pay("4000", "order-wang-1");
  await bed.done("tokens.capture", { ...first, amount: "4000", final: true }, requestor);
  await bed.done("tokens.refund", { ...first, amount: "1000" }, requestor);
  const second = await pay("7000", "order-wang-2");
  await bed.done("tokens.capture", { ...second, amount: "7000", final: true }, requestor);
  await bed.done("tokens.delete_token", { token: token.number, holder: HOLDER });
  return bed;
}

/** Publishes the log into a folder and verifies it from there, with the auditor's facts file. */
async function verified({ publishing, readings }: Bed) {
  const folder = mkdtempSync(join(tmpdir(), "sandbank-erasure-"));
  try {
    const logs = join(folder, "logs");
    const publisher = openPublisher({
      ...{ store: publishing, keys: join(folder, "keys"), logs, witnesses: [], quorum: 0 },
      ...{ witnessTimeoutMs: 100, leaseMs: 10_000 },
    });
    await publisher.round();
    const source = folderSource(join(logs, logFolder("test.sandbank/payment-tokens/1")));
    const rows = await openings(readings, 1, { after: 0n, most: 2_000 });
    return await verifyLog({ source, facts: rows.map(factsLine) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("erasing a holder at his own request", () => {
  let bed: Bed;
  const erase = (principal: Principal, more: object = {}) =>
    bed.act("tokens.erase_me", { holder: HOLDER }, { principal, ...more });

  before(async () => {
    bed = await livedBed();
  });
  after(() => bed.end());

  test("nobody else asks for it, not even the bank's key for its customers", async () => {
    assert.equal(codeOf(await erase(CUSTOMERS)), "holder_is_another");
    assert.equal(codeOf(await erase({ ...WANG, id: "li-na" })), "holder_is_another");
    assert.equal(codeOf(await erase(TRAVEL)), "role_may_not");
  });

  test("money on a card, or a token that could pay, stands against it", async () => {
    await bed.done("tokens.fund_card", { card: CARD, amount: "1" }, { principal: ISSUER });
    assert.equal(codeOf(await erase(WANG)), "account_not_empty");
    const token = await bed.issue();
    assert.equal(codeOf(await erase(WANG)), "holder_has_tokens");
    const content = payment(token.number, "1");
    const travel = { principal: TRAVEL };
    const held = await bed.done<{ payment: string }>("tokens.authorise", content, travel);
    await bed.done("tokens.delete_token", { token: token.number, holder: HOLDER });
    assert.equal(codeOf(await erase(WANG)), "account_not_empty", "held is not gone");
    const capture = { payment: held.payment, amount: "1", final: true };
    await bed.done("tokens.capture", capture, travel);
  });

  test("name, face and orders are then nowhere, and another holder's are where they were", async () => {
    const own = [HOLDER, "SBX0ABCDEFGHIJKLMNOPQRSTUVWXY", "order-wang"];
    assert.notEqual((await rowsWith(bed.owner, own)).length, 0);
    const outcome = await erase(WANG, { id: "goodbye" });
    assert.equal(codeOf(outcome), "accepted");
    assert.deepEqual(await rowsWith(bed.owner, own), []);
    assert.notEqual((await rowsWith(bed.owner, ["li-na", "SBX0OTHER"])).length, 0);
    await bed.booksAgree();
  });

  test("the published log verifies with the facts file: the erased are counted, the rest opens", async () => {
    const seen = await verified(bed);
    assert.deepEqual(seen.findings, []);
    const { opened = 0, unopened, erased = 0 } = seen.replayed ?? {};
    assert.equal(unopened, 0);
    assert.equal(opened + erased, seen.acts);
    assert(erased > 12);
  });

  test("the vault is told to forget the cards, by reference", async () => {
    const rows = await rowsWith(bed.owner, [FORGET_CARDS]);
    assert.equal(rows.length, 1);
    assert.match(rows[0] ?? "", new RegExp(CARD));
  });

  test("he is unknown from then on, and a card of his can be added anew", async () => {
    assert.equal(codeOf(await erase(WANG)), "holder_unknown");
    assert.equal(codeOf(await erase(WANG, { id: "goodbye" })), "act_erased");
    const ref = "0199a000-0000-7000-8000-000000000009";
    await bed.done("tokens.add_card", cardOf(ref, HOLDER));
  });
});

describe("the receipt of an erasure", () => {
  let bed: VaultedBed;
  const numbers = [cardNumber(41), cardNumber(42)];
  before(async () => {
    bed = await vaultedBed();
    await bed.put(roomy);
    for (const number of numbers) {
      await bed.ask("POST /api/cards", { body: { holder: HOLDER, number, expires: "2069-12" } });
    }
  });
  after(() => bed.end());

  const receiptOf = (id: string) =>
    bed.ask<ReceiptAnswer>("GET /api/erasures/{id}", { params: { id }, principal: VISITOR });

  test("says what was ordered at once, and what the vault destroyed once it has", async () => {
    const asked = { params: { holder: HOLDER }, principal: WANG };
    const made = await bed.ask<{ receipt: string }>("POST /api/holders/{holder}/erasure", asked);
    const ordered = await receiptOf(made.receipt);
    assert.deepEqual([ordered.cards, ordered.acts, ordered.payments], [2, 2, 0]);
    assert.equal(ordered.destroyed, null);
    assert.ok(ordered.covers.length > 0 && ordered.stays.length > 0);
    await bed.deliver();
    const { destroyed, ...rest } = await receiptOf(made.receipt);
    assert.deepEqual({ ...rest, destroyed: null }, ordered);
    assert.deepEqual([destroyed?.sealed, destroyed?.claims], [2, 2]);
  });

  test("both halves stand in the journal, the second opens, and no card is left in the vault", async () => {
    const acts = await openings(bed.readings, 1, { after: 0n, most: 2_000 });
    const confirmed = acts.filter(({ facts }) => facts?.includes('"sealed":2'));
    assert.equal(confirmed.length, 1);
    const rows = await bed.owner.query(statement("erasure_test.cards", "select from vault.card"));
    assert.deepEqual(rows, []);
    assert.deepEqual(await rowsWith(bed.owner, [HOLDER, ...numbers]), []);
  });

  test("a vault that was told twice destroyed once, and an unknown receipt is unknown", async () => {
    const [row] = await bed.owner.query<{ id: string; cards: number }>(
      statement("erasure_test.erasure", "select id, cards from vault.erasure"),
    );
    assert.equal(row?.cards, 2);
    const again = await bed.vault.forget(row.id, []);
    assert.deepEqual([again.cards, again.claims], [2, 2]);
    assert.equal(await receiptOf("0199a000-0000-7000-8000-0000000000ff"), "erasure_unknown");
  });
});

describe("erasing a holder by two of the bank", () => {
  let bed: Bed;
  before(async () => {
    bed = await livedBed();
  });
  after(() => bed.end());

  test("one proposes, another approves, and the proposal itself is erased with the rest", async () => {
    const parked = await bed.act("tokens.erase_holder", { holder: HOLDER }, { principal: RISK });
    assert.ok(parked.kind === "parked");
    const approval = { task: parked.task };
    const approve = (principal: Principal) =>
      bed.act("guard.approve_task", approval, { principal });
    assert.equal(codeOf(await approve({ ...CHEN, id: RISK.id })), "task_own_proposal");
    assert.equal(codeOf(await approve(CHEN)), "accepted");
    assert.deepEqual(await rowsWith(bed.owner, [HOLDER, "order-wang"]), []);
    assert.equal(codeOf(await approve(CHEN)), "task_decided");
  });
});
