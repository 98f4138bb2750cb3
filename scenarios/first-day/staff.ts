/**
 * What people of the bank, its customers, the supervisor and the keeper of the clock do on a first
 * day, each with a key of their own. Each id is derived from the seed, so that doing it again is
 * doing it once.
 */
import { pause, SandbankClient, type ShopFront } from "@sandbank/world";
import { fromIso, type Instant } from "@sandbank/kernel/clock";
import { bodyOf } from "../front-door.ts";
import type { Server } from "../server.ts";
import { inLanes } from "../lanes.ts";
import { type Customer, OPEN_HOURS, type Plan } from "./plan.ts";

export const PILOT = "payment-tokens";
const EFFECTIVE_TRIES = 400;

export interface Staff {
  readonly operator: SandbankClient;
  /** Approves what the bank's operator proposes. */
  readonly second: SandbankClient;
  readonly customers: SandbankClient;
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

/** A token as its customer holds it: the id to manage it, the number to pay with. */
export interface Held {
  readonly id: string;
  readonly number: string;
}

/** Whom a bank gets ready for: strangers with their scenes, customers with card, money and token. */
export interface Readying {
  /** The beginning of every command id. */
  readonly key: string;
  readonly shops: readonly ShopFront[];
  readonly customers: readonly Customer[];
  readonly lanes: number;
  readonly onCustomer: () => void;
}

/** Registers and admits both strangers, then gives each customer a card, money and a token. */
export async function prepare(
  staff: Pick<Staff, "operator" | "second" | "customers">,
  of: Readying,
): Promise<readonly Held[]> {
  const { key, shops, customers } = of;
  for (const front of shops) {
    const organisation = front.id === "farsail" ? "farsail-travel" : "lantern-finance";
    const { trid, name } = front;
    const asked = { trid, organisation, name };
    bodyOf(await staff.operator.post("/api/requestors", `${key}.${front.id}`, asked), trid);
    await admit(staff, { key: `${key}.${front.id}`, trid });
    for (const scene of new Set(front.articles.map((article) => article.scene))) {
      const those = front.articles.filter((article) => article.scene === scene);
      const merchants = [...new Set(those.map(({ merchant }) => merchant))];
      const mccs = [...new Set(those.map(({ mcc }) => mcc))];
      const channels = [...new Set(those.map(({ channel }) => channel))];
      const body = { id: scene, trid, merchants, mccs, channels, name };
      bodyOf(await staff.operator.post("/api/scenes", `${key}.${scene}`, body), scene);
    }
  }
  const scenes = [...new Set(shops.flatMap(({ articles }) => articles.map((a) => a.scene)))];
  const consent = await consentOf(staff);
  const tokens: Held[] = [];
  const tasks = customers.map((customer, at) => async () => {
    tokens[at] = await equip(staff, { key: `${key}.customer-${at}`, customer, scenes, consent });
    of.onCustomer();
  });
  await inLanes(of.lanes, tasks);
  return tokens;
}

/** Admits a requestor: one of the bank proposes it, another approves. */
async function admit(
  staff: Pick<Staff, "operator" | "second">,
  { key, trid }: { readonly key: string; readonly trid: string },
): Promise<void> {
  const path = `/api/requestors/${trid}/activate`;
  const proposed = await staff.operator.post(path, `${key}.admit`, {});
  const { task } = bodyOf<{ task: string }>(proposed, "proposing to admit a requestor");
  const approved = await staff.second.post(`/api/tasks/${task}/approve`, `${key}.admitted`, {});
  bodyOf(approved, "admitting a requestor");
}

/** The text that customers agree to, as they do who were shown it. */
interface Consent {
  readonly version: number;
  readonly hash: string;
}

async function consentOf({ customers }: Pick<Staff, "customers">): Promise<Consent> {
  const text = await customers.get("/api/consent-text");
  const { version, hash } = bodyOf<Consent>(text, "reading what is agreed to");
  return { version, hash };
}

/** One token for every scene: bound once, used everywhere (P4.2, P4.4). */
async function equip(
  staff: Pick<Staff, "operator" | "customers">,
  of: {
    readonly key: string;
    readonly customer: Customer;
    readonly scenes: readonly string[];
    readonly consent: Consent;
  },
): Promise<Held> {
  const { key, customer, scenes, consent } = of;
  const { holder, card: number, trait, bound, funds } = customer;
  const cardBody = { holder, number, expires: "2036-12" };
  const added = await staff.customers.post("/api/cards", `${key}.card`, cardBody);
  const { id: card } = bodyOf<{ id: string }>(added, "adding a card");
  const amount = funds.toString();
  const funded = await staff.operator.post(`/api/cards/${card}/funds`, `${key}.funds`, { amount });
  bodyOf(funded, "funding a card");
  const controls = controlsOf(customer);
  const asked = { holder, card, scenes, controls, consent };
  const issued = await staff.customers.post("/api/tokens", `${key}.token`, asked);
  const token = bodyOf<Held>(issued, "issuing a token");
  if (trait === "small") {
    // Tightened after the issue: what a holder does in the bank's app, without a second factor.
    const tighter = { holder, controls: { paymentAmount: bound.toString() }, version: 1 };
    const path = `/api/tokens/${token.id}/controls`;
    bodyOf(await staff.customers.put(path, `${key}.controls`, tighter), "tightening a control");
  }
  return { id: token.id, number: token.number };
}

function controlsOf({ trait, bound }: Customer): Record<string, string> {
  if (trait === "day") return { dayAmount: bound.toString() };
  if (trait !== "night") return {};
  const hours = Array.from({ length: 168 }, (_, at) => {
    const hour = at % 24;
    return hour >= OPEN_HOURS.from && hour < OPEN_HOURS.to ? "1" : "0";
  });
  return { hours: hours.join("") };
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
