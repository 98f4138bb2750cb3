/** P4.3: would it pass? The answer is what an authorisation then hears, control, version and rest. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fromIso } from "@sandbank/kernel/clock";
import type { Controls, Explained } from "../contract.ts";
import { type Bed, furnishedBed, HOLDER, payment, TRAVEL, TUESDAY } from "../testing/bed.ts";
import { booksOf, journalOf } from "../testing/readings.ts";
import { findToken } from "../token/token.store.ts";
import { declinesOf } from "./decline.ts";
import { explain, windowsOf } from "./explain.ts";

const requestor = { principal: TRAVEL };
const SUNDAYS = "0".repeat(144) + "1".repeat(24);

interface Row {
  readonly says: string;
  readonly controls: Controls;
  readonly amount: string;
  /** Whether 1.00 was paid before. */
  readonly used?: true;
  readonly codes: readonly string[];
}

const ROWS: readonly Row[] = [
  { says: "nothing", controls: {}, amount: "100", codes: [] },
  {
    says: "an amount",
    controls: { paymentAmount: "99" },
    amount: "100",
    codes: ["token_payment_amount_exceeded"],
  },
  {
    says: "a window that is half used",
    controls: { dayAmount: "150" },
    amount: "100",
    used: true,
    codes: ["token_day_amount_exceeded"],
  },
  {
    says: "two windows, one within the scene",
    controls: { weekCount: "1", sceneBounds: [{ scene: "travel", lifeAmount: "150" }] },
    amount: "100",
    used: true,
    codes: ["token_week_count_exceeded", "token_scene_amount_exceeded"],
  },
  { says: "hours", controls: { hours: SUNDAYS }, amount: "100", codes: ["token_hour_closed"] },
  {
    says: "a confirmation that there is not",
    controls: { stepUpAmount: "99" },
    amount: "100",
    codes: ["token_confirmation_needed"],
  },
  { says: "funds", controls: {}, amount: "100000", codes: ["funds_insufficient"] },
];

describe("P4.3: explaining", () => {
  let bed: Bed;
  before(async () => {
    bed = await furnishedBed("50000");
  });
  after(() => bed.end());
  const placed = async (id: string) => {
    const token = await findToken(bed.store, 1, id);
    assert.ok(token);
    return { token, partition: 1 };
  };
  const ports = () => ({ store: bed.store, books: booksOf(bed.readings) });
  const asked = (amount: string, more: object = {}) => {
    const { token: _, reference: __, ...content } = payment("", amount, more);
    return { holder: HOLDER, ...content, currency: "CNY" as const, scene: "travel" };
  };

  for (const { says, controls, amount, used, codes } of ROWS) {
    test(`against a payment stands: ${says}`, async () => {
      const { number, id } = await bed.issue(controls);
      if (used) await bed.done("tokens.authorise", payment(number, "100"), requestor);
      const now = TUESDAY;
      const told = await explain(ports(), await placed(id), { payment: asked(amount), now });
      assert.deepEqual(
        told.failed.map(({ code }) => code),
        codes,
      );
      assert.equal(told.passes, codes.length === 0);
      const outcome = await bed.act("tokens.authorise", payment(number, amount), requestor);
      assert.equal(outcome.kind === "accepted", told.passes);
      if (!told.passes) assert.deepEqual(told.failed, await heard());
    });
  }

  /** What the holder reads of the payment that was refused last. */
  async function heard(): Promise<Explained["failed"]> {
    const { store, partitions, readings } = bed;
    const ports = { store, partitions, journal: journalOf(readings) };
    const { declines } = await declinesOf(ports, { holder: HOLDER });
    return declines[0]?.failed ?? [];
  }

  test("another instant has windows of its own", async () => {
    const { number, id } = await bed.issue({ dayAmount: "150", weekAmount: "180" });
    await bed.done("tokens.authorise", payment(number, "100"), requestor);
    const token = await placed(id);
    const left = async (text: string) => {
      const now = fromIso(text);
      const told = await explain(ports(), token, { payment: asked("100"), now });
      return [told.passes, told.windows.map(({ limit, left: rest }) => `${limit} ${rest}`)];
    };
    assert.deepEqual(await left("2060-11-24T10:00:00+08:00"), [
      ...[false, ["token_day_amount 150", "token_week_amount 80"]],
    ]);
    assert.deepEqual(await left("2060-11-29T00:00:00+08:00"), [
      ...[true, ["token_day_amount 150", "token_week_amount 180"]],
    ]);
  });

  test("a holder sees what is used and left, a cap below its use leaves nothing", async () => {
    const sceneBounds = [{ scene: "travel", dayCount: "3" }];
    const { number, id } = await bed.issue({ dayAmount: "150", sceneBounds });
    await bed.done("tokens.authorise", payment(number, "100"), requestor);
    const lower = { dayAmount: "50", sceneBounds };
    const content = { token: number, holder: HOLDER, controls: lower };
    await bed.done("tokens.change_controls", content);
    const windows = await windowsOf(ports(), await placed(id), TUESDAY);
    assert.deepEqual(
      windows.map(({ limit, scene, cap, used, left, clause }) => [
        ...[limit, scene, cap, used, left, clause],
      ]),
      [
        ["token_day_amount", null, "50", "100", "0", "control v2"],
        ["token_scene_day_count", "travel", "3", "1", "2", "control v2"],
      ],
    );
  });
});
