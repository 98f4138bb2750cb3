/** Complaints of the tests, each a step on from the one before; all times are of Asia/Shanghai. */
import { fromIso } from "@sandbank/kernel/clock";
import { lateFrom } from "./complaint.ts";
import type { ComplaintRow } from "./complaint.store.ts";

export const at = (text: string) => fromIso(`${text}+08:00`);
export const RECEIVED = at("2026-03-02T10:00:00.000");
export const NOW = at("2026-03-10T09:00:00.000");
export const DUE = at("2026-03-18T00:00:00.000");
export const RECEIPT = "a".repeat(64);
export const ID = "01990000-0000-7000-8000-000000000001";
export const WORDING = { id: "01990000-0000-7000-8000-0000000000ff", commitment: "b".repeat(64) };

export const received: ComplaintRow = {
  ...{ id: ID, number: "C-2026-0001", pilot: "payment-tokens", state: "received" },
  ...{ institution: "sandbar-bank", category: "wrong_amount", channel: "public_form" },
  ...{ about_act: null, persons: 1, representatives: 0, wording: WORDING.id, receipt: RECEIPT },
  ...{ received_at: RECEIVED, days: 15, due: DUE, next_at: DUE, handler: null },
  ...{ concerns: [], interests: [], ground: null, outcome: null, answered_at: null },
  ...{ overdue_since: null, escalated_at: null, recheck_asked_at: null, recheck_due: null },
  ...{ recheck_at: null, recheck_overdue: null, recheck_outcome: null, ended_at: null },
};
export const accepted: ComplaintRow = { ...received, state: "accepted", handler: "chen" };
export const decided: ComplaintRow = {
  ...accepted,
  ...{ state: "decided", outcome: "rejected", answered_at: NOW },
};
export const rechecking: ComplaintRow = {
  ...decided,
  ...{ state: "rechecking", recheck_asked_at: NOW, recheck_due: lateFrom(NOW, 30) },
};
export const closed: ComplaintRow = { ...decided, state: "closed", ended_at: NOW, next_at: null };
