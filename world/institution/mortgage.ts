/**
 * Eaves Bank 檐下银行, fictional: homes secure credit for firms and their owners. At 75 % of the value
 * exactly no guarantee is asked; one fen above it there must be one.
 */
import type { Business, InstitutionFront } from "./institution.ts";

export const EAVES: InstitutionFront = {
  organisation: "eaves-bank",
  pilot: "mortgage-credit",
  name: { zh: "檐下银行（虚构）", en: "Eaves Bank (fictional)" },
  counts: { limit: "pilot_outstanding", stock: true },
  consents: "branch",
  business(draw, count) {
    const made: Business[] = [];
    for (let n = 1; made.length < count; n++) {
      const value = BigInt(draw.between(800_000, 6_000_000)) * 100n;
      const most = (value * 3n) / 4n;
      const debt = draw.happens(50) ? most : most + BigInt(draw.between(1, 5_000_000));
      const business = `home-${n}`;
      const of = {
        ...{ customer: `owner-${n}`, channel: draw.one(["online", "branch"]), currency: "CNY" },
        eligibility: { customerType: draw.one(["enterprise", "owner"]) },
        secured: { debt: String(debt), value: String(value), guaranteed: debt > most },
        purpose: { name: "this_loan", business, authorisedFor: business },
      };
      const granting = { class: "OPEN", product: "line", amount: String(debt), ...of } as const;
      if (debt > most) made.push(unguaranteed(n, granting));
      made.push({ number: `line-${n}`, facts: granting, ending: "confirm", later: [] });
      const drawn = debt / BigInt(draw.between(2, 5));
      const drawing = {
        ...granting,
        class: "USE",
        product: "drawdown",
        amount: String(drawn),
      } as const;
      const part = { why: "repayment" as const, amount: drawn / 3n };
      made.push({ number: `draw-${n}`, facts: drawing, ending: "confirm", later: [part] });
    }
    return made.slice(0, count);
  },
};

function unguaranteed(n: number, granting: Business["facts"]): Business {
  const { secured } = granting;
  if (secured === undefined) throw new Error("a mortgage is secured");
  return {
    ...{ number: `bare-${n}`, ending: "confirm", later: [] },
    facts: { ...granting, secured: { ...secured, guaranteed: false } },
    refusedBy: "guarantee_required_above_loan_to_value",
  };
}
