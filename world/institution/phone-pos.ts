/**
 * Pebble Acquiring 卵石收单, fictional: market stalls take small amounts on a telephone, by a card, a
 * phone or a code. A sum that is no small amount is refused.
 */
import type { Business, InstitutionFront } from "./institution.ts";

const CHANNELS = ["contactless_phone", "qr", "contactless_card"] as const;
const REGIONS = ["110000", "130000", "330000", "440000"] as const;

export const PEBBLE: InstitutionFront = {
  organisation: "pebble-acquiring",
  pilot: "phone-pos",
  name: { zh: "卵石收单（虚构）", en: "Pebble Acquiring (fictional)" },
  counts: { limit: "pilot_day_amount", stock: false },
  business(draw, count) {
    const made: Business[] = [];
    for (let n = 1; made.length < count; n++) {
      const merchant = `STALL-${n}`;
      const region = draw.one(REGIONS);
      const joining = { class: "OPEN", customer: merchant, merchant, region } as const;
      const facts = { ...joining, product: "merchant" };
      made.push({ number: `stall-${n}`, facts, ending: "confirm", later: [] });
      for (let sold = 1; sold <= draw.between(3, 9); sold++) {
        const channel = draw.one(CHANNELS);
        const amount = BigInt(draw.between(200, 30_000));
        const sale = { merchant, region, channel, product: "payment", currency: "CNY" };
        const taking = { class: "USE", amount: String(amount), ...sale } as const;
        const back = draw.happens(4) ? [{ why: "refund" as const, amount }] : [];
        const ending = draw.happens(3) ? "silence" : "confirm";
        made.push({ number: `sale-${n}.${sold}`, facts: taking, ending, later: back });
      }
      if (draw.happens(10)) {
        const sale = { merchant, region, channel: "qr", product: "payment", currency: "CNY" };
        made.push(tooLarge(n, { class: "USE", amount: "100001", ...sale }));
      }
    }
    return made.slice(0, count);
  },
};

function tooLarge(n: number, facts: Business["facts"]): Business {
  return {
    ...{ number: `large-${n}`, facts, ending: "confirm", later: [] },
    refusedBy: "single_amount_exceeded",
  };
}
