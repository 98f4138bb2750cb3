/**
 * Trellis Bank 藤架银行, fictional: three partners open accounts for their customers and take payments
 * through its interfaces; a fourth that nobody declared tries now and then.
 */
import type { Business, InstitutionFront } from "./institution.ts";

const PARTNERS = ["swallow-stays", "wheatear-delivery", "slate-lettings"] as const;
const COMMON = { channel: "api", currency: "CNY" } as const;

export const TRELLIS: InstitutionFront = {
  organisation: "trellis-bank",
  pilot: "open-bank",
  name: { zh: "藤架银行（虚构）", en: "Trellis Bank (fictional)" },
  counts: { limit: "pilot_day_amount", stock: false },
  signs: true,
  business(draw, count) {
    const made: Business[] = [];
    for (let n = 1; made.length < count; n++) {
      const partner = draw.one(PARTNERS);
      const of = { customer: `guest-${n}`, partner, ...COMMON } as const;
      const opening = { class: "OPEN", product: "account", ...of } as const;
      made.push({ number: `account-${n}`, facts: opening, ending: "confirm", later: [] });
      for (let paid = 1; paid <= draw.between(1, 3); paid++) {
        const price = BigInt(draw.between(990, 59_900));
        const facts = { class: "USE", product: "payment", amount: String(price), ...of } as const;
        const back = draw.happens(10) ? [{ why: "refund" as const, amount: price / 2n }] : [];
        const ending = draw.happens(5) ? "cancel" : "confirm";
        made.push({
          number: `pay-${n}.${paid}`,
          facts,
          ending,
          later: ending === "cancel" ? [] : back,
        });
      }
      if (draw.happens(8)) made.push(undeclared(n, opening));
    }
    return made.slice(0, count);
  },
};

function undeclared(n: number, opening: Business["facts"]): Business {
  return {
    ...{ number: `stray-${n}`, facts: { ...opening, partner: "magpie-loans" } },
    ...{ ending: "confirm", later: [], refusedBy: "partner_not_declared" },
  };
}
