/**
 * P4.1, P4.3: everything that is tried with a token that was stolen or is none. The requestor hears
 * one code for all of it, the holder the whole reason, and no try costs other work than its like.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Statement, Tx } from "@sandbank/kernel/store";
import { type Authorisation, authorisationContract } from "../contract.ts";
import { codeOf } from "../cryptogram/cryptogram.ts";
import { type Bed, CODES, furnishedBed, HOLDER, ISSUER, payment, RISK } from "../testing/bed.ts";
import { SHOPS, TRAVEL, TRID } from "../testing/bed.ts";
import { journalOf } from "../testing/readings.ts";
import { authoriseBy } from "./authorise.ts";
import { declinesOf } from "./decline.ts";

interface Try {
  readonly of: string;
  readonly asked: object;
  readonly principal?: Principal;
  /** What the holder reads, in order; none for a token that is nobody's. */
  readonly reasons: readonly string[];
}

const UNKNOWN = "9999880100000000";
const FORGED = { counter: "2", code: "0".repeat(32) };

describe("P4.3: a stolen token", () => {
  let bed: Bed;
  let tokens: { readonly own: string; readonly deleted: string; readonly suspended: string };
  let tries: readonly Try[];

  before(async () => {
    bed = await furnishedBed();
    const name = { zh: "须密文", en: "With cryptograms" };
    const lists = { merchants: ["farsail-air"], mccs: ["4511"], channels: ["app"] };
    const scene = { id: "guarded", trid: TRID, ...lists, name, cryptogram: true };
    await bed.done("tokens.register_scene", scene, { principal: ISSUER });
    const scenes = ["travel", "guarded"];
    const [own, deleted, suspended] = [
      (await bed.issue({}, scenes)).number,
      (await bed.issue({}, scenes)).number,
      (await bed.issue({}, scenes)).number,
    ];
    await bed.done("tokens.delete_token", { token: deleted, holder: HOLDER });
    const cause = { token: suspended, cause: "risk" };
    await bed.done("tokens.suspend_token", cause, { principal: RISK });
    tokens = { own, deleted, suspended };
    tries = await triesWith(bed, tokens);
  });
  after(() => bed.end());

  test("is declined with one coarse code, and the holder reads the whole reason", async () => {
    for (const { of, asked, principal = TRAVEL, reasons } of tries) {
      const outcome = await bed.act("tokens.authorise", asked, { principal });
      assert.deepEqual(heard(outcome), ONE_CODE, of);
      if (reasons.length === 0) continue;
      const { store, partitions, readings } = bed;
      const ports = { store, partitions, journal: journalOf(readings) };
      const { declines } = await declinesOf(ports, { holder: HOLDER });
      assert.deepEqual(
        declines[0]?.failed.map(({ code }) => code),
        reasons,
        of,
      );
    }
  });

  test("costs the same statements, codes and writes whatever is wrong with it", async () => {
    const works = new Map<string, string[]>();
    for (const { of, asked, principal = TRAVEL } of tries) {
      const content = authorisationContract.parse(asked);
      const { brought, work } = await workOf(bed, content, principal);
      works.set(brought, [...(works.get(brought) ?? []), `${work}  ${of}`]);
    }
    assert.deepEqual([...works.keys()].toSorted(), ["genuine", "nothing", "wrong"]);
    for (const [brought, seen] of works) {
      assert.ok(brought === "genuine" || seen.length > 4, brought);
      const distinct = new Set(seen.map((one) => one.split("  ")[0]));
      assert.equal(distinct.size, 1, seen.join("\n"));
    }
  });

  test("that has expired is declined like the others", async () => {
    await bed.turn(fromIso("2070-01-01T00:00:00+08:00"));
    const asked = payment(tokens.own, "100", { reference: "late" });
    const outcome = await bed.act("tokens.authorise", asked, { principal: TRAVEL });
    assert.deepEqual(heard(outcome), ONE_CODE);
    const { store, partitions, readings } = bed;
    const ports = { store, partitions, journal: journalOf(readings) };
    const { declines } = await declinesOf(ports, { holder: HOLDER });
    assert.deepEqual(
      declines[0]?.failed.map(({ code }) => code),
      ["token_expired"],
    );
    await bed.booksAgree();
  });
});

const ONE_CODE = {
  ...{ refused: true, code: "payment_declined", category: "conflicting", failed: [] },
};

function heard(outcome: Outcome): unknown {
  return outcome.kind === "refused" ? outcome.refusal : outcome.kind;
}

/** A cryptogram of 1.00 in the guarded scene, as the holder's app gets one. */
async function brought(bed: Bed, token: string) {
  const asked = { token, holder: HOLDER, scene: "guarded", amount: "100", currency: "CNY" };
  const { counter } = await bed.done<{ counter: number }>("tokens.make_cryptogram", asked);
  const bound = { counter, scene: "guarded", organisation: "farsail", currency: "CNY" };
  return { counter: String(counter), code: codeOf(CODES, token, { ...bound, amount: 100n }) };
}

/** Every way to try, with what the holder is to read of it. */
async function triesWith(
  bed: Bed,
  { own, deleted, suspended }: Readonly<Record<"own" | "deleted" | "suspended", string>>,
): Promise<readonly Try[]> {
  const used = await brought(bed, own);
  const guarded = { scene: "guarded" };
  const paid = payment(own, "100", { ...guarded, cryptogram: used });
  await bed.done("tokens.authorise", paid, { principal: TRAVEL });
  const fresh = await brought(bed, own);
  const at = (more: object, token = own) => payment(token, "100", more);
  const foreign = "scene_of_another_requestor";
  return [
    { of: "unknown", asked: at({}, UNKNOWN), reasons: [] },
    { of: "no token at all", asked: at({}, "4111111111111111"), reasons: [] },
    { of: "deleted", asked: at({}, deleted), reasons: ["token_deleted"] },
    { of: "suspended", asked: at({}, suspended), reasons: ["token_suspended"] },
    {
      ...{ of: "in another scene", asked: at({ scene: "shopping" }), principal: SHOPS },
      reasons: ["scene_not_of_token"],
    },
    { of: "by another requestor", asked: at({}), principal: SHOPS, reasons: [foreign] },
    { of: "at another category", asked: at({ mcc: "5999" }), reasons: ["mcc_outside_scene"] },
    {
      ...{ of: "at another merchant", asked: at({ scene: "guarded", merchant: "elsewhere" }) },
      reasons: ["merchant_outside_scene", "cryptogram_missing"],
    },
    { of: "with no cryptogram", asked: at(guarded), reasons: ["cryptogram_missing"] },
    {
      ...{ of: "with a forged one", asked: at({ ...guarded, cryptogram: FORGED }) },
      reasons: ["cryptogram_wrong"],
    },
    {
      ...{ of: "with one that was used", asked: at({ ...guarded, cryptogram: used }) },
      reasons: ["cryptogram_spent"],
    },
    {
      ...{ of: "with one that was never made" },
      asked: at({ ...guarded, cryptogram: { ...FORGED, counter: "999" } }),
      reasons: ["cryptogram_wrong"],
    },
    {
      ...{ of: "with one of another amount" },
      asked: payment(own, "101", { ...guarded, cryptogram: fresh }),
      reasons: ["cryptogram_of_another_payment"],
    },
    {
      ...{ of: "with one of another scene", asked: at({ cryptogram: fresh }) },
      reasons: ["cryptogram_of_another_payment"],
    },
    {
      ...{ of: "with one of another token", asked: at({ ...guarded, cryptogram: fresh }, deleted) },
      reasons: ["token_deleted", "cryptogram_wrong"],
    },
  ];
}

/** What one try costs: codes computed, statements read, effects written. */
async function workOf(
  bed: Bed,
  content: Authorisation,
  principal: Principal,
): Promise<{ readonly brought: string; readonly work: string }> {
  let codes = 0;
  const counting = {
    cryptogramOf(token: string, message: string) {
      codes += 1;
      return CODES.cryptogramOf(token, message);
    },
  };
  const command = authoriseBy(counting);
  const facts = await command.prepare?.(content, principal, 1);
  assert(facts && "cryptogram" in facts);
  const read: string[] = [];
  const written = await bed.store.transaction(async (tx) => {
    const id = "0199a000-0000-7000-8000-0000000000ff";
    const question = { command: content, facts, principal, id, partition: 1 };
    const [state] = await command.load(recording(tx, read), 1, [question]);
    assert(state);
    const now = fromIso("2060-11-23T10:00:01+08:00");
    const decided = command.decide({ ...question, state, now });
    assert("onRefusal" in decided, "every try is declined by the module itself");
    return decided.onRefusal.map(({ effect }) => effect.statement.name);
  });
  const work = JSON.stringify({ codes, read: read.toSorted(), written });
  return { brought: content.cryptogram ? facts.cryptogram : "nothing", work };
}

function recording(tx: Tx, read: string[]): Tx {
  const noted = (asked: Statement) => {
    read.push(asked.name);
    return asked;
  };
  return {
    query: (asked, values) => tx.query(noted(asked), values),
    rows: (asked, values) => tx.rows(noted(asked), values),
  };
}
