/** P4.1: the life of a payment, every state against every event; and what a requestor hears. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Instant } from "@sandbank/kernel/clock";
import { allRefusals } from "@sandbank/kernel/words";
import "../index.ts";
import { coarse } from "./coarse.ts";
import { PAYMENT, PAYMENT_EVENTS, stateAt } from "./payment.ts";

/** Rows: state; columns: capture, finish, increase, void, expire, refund. */
const LIFE: Readonly<Record<string, readonly string[]>> = {
  authorised: [
    ...["part_captured", "captured", "authorised", "voided", "expired"],
    "!payment_not_captured",
  ],
  part_captured: [
    ...["part_captured", "captured", "!payment_captured_in_part", "captured", "captured"],
    "part_captured",
  ],
  captured: [
    ...["!payment_captured", "!payment_captured", "!payment_captured", "!payment_captured"],
    ...["captured", "captured"],
  ],
  voided: [
    ...["!payment_voided", "!payment_voided", "!payment_voided", "!payment_voided", "voided"],
    "!payment_voided",
  ],
  expired: [
    ...["!payment_expired", "!payment_expired", "!payment_expired", "!payment_expired", "expired"],
    "!payment_expired",
  ],
};

test("P4.1: every event has one answer in every state", () => {
  const drawn = Object.entries(PAYMENT).map(([state, row]) => {
    const steps = PAYMENT_EVENTS.map((event) => row[event]);
    return [state, steps.map((step) => ("to" in step ? step.to : `!${step.no}`))];
  });
  assert.deepEqual(Object.fromEntries(drawn), LIFE);
});

test("an authorisation is over at its expiry exactly", () => {
  const held = { state: "authorised", expires: 1000 as Instant } as const;
  assert.equal(stateAt(held, 999 as Instant), "authorised");
  assert.equal(stateAt(held, 1000 as Instant), "expired");
  assert.equal(stateAt({ ...held, state: "part_captured" }, 1000 as Instant), "captured");
  assert.equal(stateAt({ ...held, state: "voided" }, 1000 as Instant), "voided");
});

test("a requestor hears nothing of customers, tokens and limits, whatever refused", () => {
  const silent = allRefusals().filter(({ part, category }) => {
    const own = part === "tokens" || part === "ledger" || part === "guard";
    return own && category !== "invalid" && category !== "unauthenticated";
  });
  assert(silent.length > 40);
  const heard = new Set<string>();
  for (const { code, category } of silent) {
    const failed = [{ code, limit: "token_day_amount", used: 1n, cap: 2n, asked: 3n }];
    const said = coarse({ refused: true, code, category, failed });
    assert.deepEqual(said.failed, []);
    heard.add(said.code);
  }
  assert.deepEqual([...heard].sort(), [
    ...["class_closed", "command_id_of_another", "command_id_reused", "outside_test_period"],
    ...["payment_declined", "pilot_not_armed", "queue_full", "role_may_not"],
  ]);
});
