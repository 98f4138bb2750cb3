/**
 * What people of the bank, its customers, the supervisor and the keeper of the clock do on a first
 * day, each with a key of their own. Each id is derived from the seed, so that doing it again is
 * doing it once.
 */
import { pause, SandbankClient } from "@sandbank/world";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import { bodyOf } from "../front-door.ts";
import type { Server } from "../server.ts";
import type { BankDesk, Held } from "../readying.ts";
import type { Plan } from "./plan.ts";

export const PILOT = "payment-tokens";
const EFFECTIVE_TRIES = 400;

export interface Staff extends BankDesk {
  readonly officer: SandbankClient;
  readonly approver: SandbankClient;
  readonly clock: SandbankClient;
  readonly auditor: SandbankClient;
}

export function staffOf(server: Server): Staff {
  const client = (organisation: string, name: string) =>
    new SandbankClient({ origin: server.origin, key: server.key(organisation, name) });
  return {
    operator: client("sandbar-bank", "operator"),
    second: client("sandbar-bank", "approver"),
    customers: client("sandbar-bank", "customers"),
    officer: client("supervisor", "officer"),
    approver: client("supervisor", "approver"),
    clock: client("platform", "clock"),
    auditor: client("auditor", "auditor"),
  };
}

/** Business time as the bank states it. */
export async function businessNow(staff: Staff): Promise<Instant> {
  const { now } = bodyOf<{ now: string }>(await staff.clock.get("/api/clock"), "reading the clock");
  return fromIso(now);
}

/** A holder puts a token to sleep or wakes it. */
export async function nap(
  staff: Staff,
  of: { readonly plan: Plan; readonly at: number; readonly token: Held },
  verb: "suspend" | "resume",
): Promise<void> {
  const holder = of.plan.customers[of.at]?.holder;
  const path = `/api/tokens/${of.token.id}/${verb}`;
  const key = `${id(of.plan)}.customer-${of.at}.${verb}`;
  bodyOf(await staff.customers.post(path, key, { cause: "holder", holder }), verb);
}

/** An order of the supervisor: proposed by one, approved by another, then waited for. */
export async function orderByTwo(
  staff: Staff,
  of: { readonly id: string; readonly order: unknown; readonly open: boolean },
): Promise<void> {
  const path = `/api/pilots/${PILOT}/directives`;
  const proposed = await staff.officer.post(path, `${of.id}.propose`, of.order);
  const { task } = bodyOf<{ task: string }>(proposed, "proposing an order");
  const approved = await staff.approver.post(`/api/tasks/${task}/approve`, `${of.id}.approve`, {});
  bodyOf(approved, "approving an order");
  for (let tried = 0; tried < EFFECTIVE_TRIES; tried++) {
    const heard = await staff.officer.get(`/api/pilots/${PILOT}`);
    const { policy } = bodyOf<{
      policy: { effective: boolean; classes: { USE: boolean } } | null;
    }>(heard, "reading the pilot");
    if (policy?.effective && policy.classes.USE === of.open) return;
    await pause(25);
  }
  throw new Error(`the order ${of.id} did not become effective`);
}

const said = (zh: string, en: string) => ({ zh, en });

export function suspension() {
  return {
    kind: "suspension",
    classes: ["USE"],
    reason: said("演练：午间暂停新支付", "Exercise: new payments stop at midday"),
    notice: said(
      "13:00至14:00暂停新支付，已有支付的请款、撤销与退款照常。",
      "No new payments from 13:00 to 14:00; captures, voids and refunds go on.",
    ),
    liftedWhen: said("演练结束", "The exercise is over"),
  };
}

export function resumption() {
  return {
    kind: "resumption",
    reason: said("演练结束", "The exercise is over"),
    notice: said("新支付恢复。", "New payments are possible again."),
  };
}

export function restriction(cap: bigint) {
  return {
    kind: "restriction",
    caps: [{ limit: "pilot_day_amount", cap: cap.toString() }],
    reason: said("小规模演练", "An exercise at a small size"),
    notice: said("试点每日支付总额的上限下调。", "The pilot's daily cap is lowered."),
    liftedWhen: said("演练结束", "The exercise is over"),
  };
}

/** The beginning of every command id of a plan. */
export function id({ seed, payments }: Pick<Plan, "seed" | "payments">): string {
  return `first-day-${seed}-${payments}`;
}
