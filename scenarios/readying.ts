/**
 * How a bank gets ready for payments by token: two strangers are registered and admitted with their
 * scenes, and each customer gets a card, money and a token. Each id is derived from the scenario's
 * key, so that doing it again is doing it once.
 */
import type { SandbankClient, ShopFront } from "@sandbank/world";
import { type Customer, OPEN_HOURS } from "./customer.ts";
import { bodyOf } from "./front-door.ts";
import { inLanes } from "./lanes.ts";

/** The people of the bank who ready it, and its customers. */
export interface BankDesk {
  readonly operator: SandbankClient;
  /** Approves what the bank's operator proposes. */
  readonly second: SandbankClient;
  readonly customers: SandbankClient;
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
export async function prepare(staff: BankDesk, of: Readying): Promise<readonly Held[]> {
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
  staff: BankDesk,
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

async function consentOf({ customers }: BankDesk): Promise<Consent> {
  const text = await customers.get("/api/consent-text");
  const { version, hash } = bodyOf<Consent>(text, "reading what is agreed to");
  return { version, hash };
}

/** One token for every scene: bound once, used everywhere (P4.2, P4.4). */
async function equip(
  staff: BankDesk,
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
