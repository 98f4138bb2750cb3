/**
 * Harrow Bank 禾田银行, fictional: tea merchants join, their tea leaves a trail of events from the
 * bush to the shop, and the trail earns them finance, paid back in parts.
 */
import type { Business, InstitutionFront } from "./institution.ts";

const STAGES = ["picked", "inspected", "stored", "shipped", "sold"] as const;

export const HARROW: InstitutionFront = {
  organisation: "harrow-bank",
  pilot: "item-provenance",
  name: { zh: "禾田银行（虚构）", en: "Harrow Bank (fictional)" },
  counts: { limit: "pilot_outstanding", stock: true },
  business(draw, count) {
    const made: Business[] = [];
    for (let n = 1; made.length < count; n++) {
      const customer = `tea-${n}`;
      const joining = { class: "OPEN", customer, product: "enterprise" } as const;
      made.push({ number: `join-${n}`, facts: joining, ending: "confirm", later: [] });
      for (const stage of STAGES) {
        const facts = { class: "USE", customer, product: "trace_event" } as const;
        made.push({ number: `lot-${n}.${stage}`, facts, ending: "confirm", later: [] });
      }
      const lent = BigInt(draw.between(5_000, 200_000)) * 100n;
      const finance = {
        class: "USE",
        customer,
        product: "trade_finance",
        currency: "CNY",
      } as const;
      const repaid = { why: "repayment" as const, amount: lent / BigInt(draw.between(2, 5)) };
      made.push({
        ...{ number: `finance-${n}`, facts: { ...finance, amount: String(lent) } },
        ...(draw.happens(10)
          ? { ending: "cancel", later: [] }
          : { ending: "confirm", later: [repaid] }),
      });
    }
    return made.slice(0, count);
  },
};
