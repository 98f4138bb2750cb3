/**
 * A month of an institution's business: new customers under numbers of their own, so that months
 * follow each other and no act is another month's.
 */
import { Draw } from "./draw.ts";
import type { Business, InstitutionFront } from "./institution.ts";

/** What an institution does in a month such as `2027-03`; the same seed is the same business. */
export function businessOfMonth(
  front: InstitutionFront,
  of: { readonly month: string; readonly seed: number; readonly count: number },
): Business[] {
  const { month, seed, count } = of;
  return front.business(new Draw(seed), count).map((one) => inMonth(one, month));
}

function inMonth(of: Business, month: string): Business {
  const { customer, merchant } = of.facts;
  return {
    ...of,
    number: `${month}.${of.number}`,
    facts: {
      ...of.facts,
      ...(customer === undefined ? {} : { customer: `${month}.${customer}` }),
      ...(merchant === undefined ? {} : { merchant: `${month}.${merchant}` }),
    },
  };
}
