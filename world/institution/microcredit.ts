/**
 * Furrow Bank 阡陌银行, fictional: small firms are granted a line online, draw on it and pay back; the
 * odd one asks for more than a line may be, or turns out to be no small firm.
 */
import type { Business, InstitutionFront } from "./institution.ts";

const TYPES = ["small_enterprise", "micro_enterprise", "sole_trader"] as const;
const COMMON = { channel: "online", currency: "CNY" } as const;

export const FURROW: InstitutionFront = {
  organisation: "furrow-bank",
  pilot: "small-business-credit",
  name: { zh: "阡陌银行（虚构）", en: "Furrow Bank (fictional)" },
  counts: { limit: "pilot_outstanding", stock: true },
  consents: "app",
  business(draw, count) {
    const made: Business[] = [];
    for (let n = 1; made.length < count; n++) {
      const of = {
        ...{ customer: `firm-${n}`, ...COMMON },
        eligibility: { customerType: draw.one(TYPES), kyc: draw.between(2, 3) },
      };
      const line = BigInt(draw.between(100_000, 3_000_000)) * 100n;
      const granting = { class: "OPEN", product: "line", amount: String(line), ...of } as const;
      made.push({ number: `line-${n}`, facts: granting, ending: "confirm", later: [] });
      const drawn = line / BigInt(draw.between(1, 4));
      const drawing = { class: "USE", product: "drawdown", amount: String(drawn), ...of } as const;
      const part = drawn / BigInt(draw.between(2, 6));
      const later = draw.happens(20)
        ? [{ why: "closure" as const, amount: drawn }]
        : [{ why: "repayment" as const, amount: part }];
      made.push({ number: `draw-${n}`, facts: drawing, ending: "confirm", later });
      if (draw.happens(10)) made.push(tooMuch(n, granting));
    }
    return made.slice(0, count);
  },
};

function tooMuch(n: number, granting: Business["facts"]): Business {
  const facts = { ...granting, amount: "300000001" };
  return {
    ...{ number: `large-${n}`, facts, ending: "confirm", later: [] },
    refusedBy: "single_amount_exceeded",
  };
}
