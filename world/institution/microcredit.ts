/**
 * Furrow Bank 阡陌银行, fictional: small firms are granted a line online, draw on it and pay back; the
 * odd one asks for more than a line may be, or for one fen more than one firm may owe.
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
      if (draw.happens(10)) made.push(beyondFirm(n, drawing));
    }
    return made.slice(0, count);
  },
};

/** What one firm may owe in all, in fen. */
const OWED_MAX = 300_000_000n;

/** Asked for while the drawing before it is held in full: together they are one fen too much. */
function beyondFirm(n: number, drawing: Business["facts"]): Business {
  const amount = String(OWED_MAX - BigInt(drawing.amount ?? "0") + 1n);
  return {
    ...{ number: `more-${n}`, facts: { ...drawing, amount }, ending: "confirm", later: [] },
    refusedBy: "customer_limit_exceeded",
  };
}

function tooMuch(n: number, granting: Business["facts"]): Business {
  const facts = { ...granting, amount: "300000001" };
  return {
    ...{ number: `large-${n}`, facts, ending: "confirm", later: [] },
    refusedBy: "single_amount_exceeded",
  };
}
