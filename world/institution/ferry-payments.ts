/**
 * Harbour Bank 港湾银行, fictional: passengers of ferries open an account in its app and pay small
 * fares; the odd fare is too large to be one.
 */
import type { Business, InstitutionFront } from "./institution.ts";

const COMMON = { channel: "app", region: "330200", currency: "CNY" } as const;

export const HARBOUR: InstitutionFront = {
  organisation: "harbour-bank",
  pilot: "harbour-pay",
  name: { zh: "港湾银行（虚构）", en: "Harbour Bank (fictional)" },
  counts: { limit: "pilot_day_amount", stock: false },
  business(draw, count) {
    const made: Business[] = [];
    for (let n = 1; made.length < count; n++) {
      const customer = `passenger-${n}`;
      const opening = { class: "OPEN", customer, ...COMMON, eligibility: PERSON } as const;
      made.push({ number: `account-${n}`, facts: opening, ending: "confirm", later: [] });
      for (let crossed = 1; crossed <= draw.between(1, 5); crossed++) {
        const fare = BigInt(draw.between(200, 9_000));
        const facts = { class: "USE", customer, amount: String(fare), ...COMMON } as const;
        const back = draw.happens(6) ? [{ why: "refund" as const, amount: fare }] : [];
        made.push({ number: `fare-${n}.${crossed}`, facts, ending: "confirm", later: back });
      }
      if (draw.happens(12)) made.push(tooLarge(n, customer));
    }
    return made.slice(0, count);
  },
};

const PERSON = { customerType: "person" } as const;

function tooLarge(n: number, customer: string): Business {
  const facts = { class: "USE", customer, amount: "20001", ...COMMON } as const;
  return {
    ...{ number: `large-${n}`, facts, ending: "confirm", later: [] },
    refusedBy: "single_amount_exceeded",
  };
}
