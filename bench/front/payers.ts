/** Customers of the demonstration's bank with a card, money and a token each, who buy flights. */
import { demoCardNumber, type SandbankClient } from "@sandbank/world";
import { bodyOf, type Demonstration } from "./demonstration.ts";

/** Fen; enough for every payment of a bench. */
const FUNDS = "100000";
const FIRST_CARD = 700_000;

export interface Payer {
  readonly holder: string;
  /** Id of the token, by which its holder manages it. */
  readonly token: string;
  /** Pays one fen; answers with the code of a refusal, or undefined for a yes. */
  pay(): Promise<string | undefined>;
}

/** Registers so many, one after the other. */
export async function payers(front: Demonstration, count: number): Promise<readonly Payer[]> {
  const customers = front.client("sandbar-bank", "customers");
  const shop = front.client("farsail-travel", "requestor");
  const operator = front.client("sandbar-bank", "operator");
  const made: Payer[] = [];
  for (let n = 0; n < count; n++) made.push(await payer({ customers, shop, operator }, n));
  return made;
}

async function payer(
  by: Readonly<Record<"customers" | "shop" | "operator", SandbankClient>>,
  n: number,
): Promise<Payer> {
  const holder = `bench-${n}`;
  const body = { holder, number: demoCardNumber(FIRST_CARD + n), expires: "2036-12" };
  const added = await by.customers.post("/api/cards", `${holder}.card`, body);
  const { id: card } = bodyOf<{ id: string }>(added, "adding a card");
  const funds = { amount: FUNDS };
  bodyOf(await by.operator.post(`/api/cards/${card}/funds`, `${holder}.funds`, funds), "funding");
  const text = await by.customers.get("/api/consent-text");
  const { version, hash } = bodyOf<{ version: number; hash: string }>(text, "reading the terms");
  const asked = { holder, card, scenes: ["flights"], controls: {}, consent: { version, hash } };
  const issued = await by.customers.post("/api/tokens", `${holder}.token`, asked);
  const { id: token, number } = bodyOf<{ id: string; number: string }>(issued, "issuing a token");
  const flight = { merchant: "FARSAIL-AIR", mcc: "4511", channel: "app", scene: "flights" };
  let paid = 0;
  return {
    ...{ holder, token },
    async pay() {
      const reference = `${holder}-${paid++}`;
      const heard = await by.shop.post("/api/authorisations", reference, {
        ...{ token: number, amount: "1", currency: "CNY", reference, ...flight },
      });
      return heard.said === "yes" ? undefined : heard.code;
    },
  };
}
