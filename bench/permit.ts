/**
 * The permit edge as an institution uses it: over HTTP with its key, every commit on the disk, a
 * permit reserved and then confirmed against the limits of a credit pilot. The baseline is one act
 * in each request and each transaction.
 */
import { enforceLimits, limits } from "@sandbank/kernel/config";
import { type Bench, type Contender, type Result, takeTurns } from "./measure.ts";
import { type PermitBed, permitBed } from "./permit/bed.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
const BATCH = 1_000;
const BATCH_CALLERS = 4;
const BATCHES_EACH = 4;
const SINGLE_CALLERS = 64;
const SINGLES_EACH = 40;
const ALONE_CALLERS = 16;
const ALONE_EACH = 40;

const BATCHED = `permits, ${BATCH} acts a request, ${BATCH_CALLERS} callers`;
const SINGLE = `permits, one act a request, ${SINGLE_CALLERS} callers`;
const SIGNED = "the same by signed requests";
const ALONE = "one act a request and a transaction";

export const bench: Bench = {
  name: "permit",
  promise: "permits over HTTP, reserved and confirmed, 1,000 acts a request: ≥ 3,000/s",
  async run(say) {
    const bed = await permitBed();
    try {
      const contenders = [batched(bed), signed(bed), single(bed), alone(bed)];
      const rates = await takeTurns(contenders, { rounds: ROUNDS, say });
      const rate = (name: string) => rates.get(name) ?? NaN;
      const against = (name: string, target: string): Result => ({
        ...{ name, value: rate(name), unit: "permits/s", target },
        ...{ baseline: ALONE, ratio: rate(name) / rate(ALONE) },
      });
      return [
        against(BATCHED, "≥ 3,000/s"),
        against(SIGNED, "as the row above"),
        against(SINGLE, ""),
        { name: ALONE, value: rate(ALONE), unit: "permits/s" },
      ];
    } finally {
      await bed.end();
    }
  },
};

/** Callers of whom each does its share of `work`; a piece of work is `size` permits. */
async function rush(
  of: { readonly callers: number; readonly each: number; readonly size: number },
  work: () => Promise<void>,
): Promise<{ count: number; ms: number }> {
  const start = performance.now();
  const caller = async () => {
    for (let n = 0; n < of.each; n++) await work();
  };
  await Promise.all(Array.from({ length: of.callers }, caller));
  return { count: of.callers * of.each * of.size, ms: performance.now() - start };
}

function batched(bed: PermitBed): Contender {
  const round = () =>
    rush({ callers: BATCH_CALLERS, each: BATCHES_EACH, size: BATCH }, () => bed.batch(BATCH));
  return { name: BATCHED, round };
}

function signed(bed: PermitBed): Contender {
  const round = () =>
    rush({ callers: BATCH_CALLERS, each: BATCHES_EACH, size: BATCH }, () => bed.signed(BATCH));
  return { name: SIGNED, round };
}

function single(bed: PermitBed): Contender {
  const round = () => rush({ callers: SINGLE_CALLERS, each: SINGLES_EACH, size: 1 }, bed.one);
  return { name: SINGLE, round };
}

function alone(bed: PermitBed): Contender {
  return {
    name: ALONE,
    async round() {
      const usual = { ...limits };
      enforceLimits({ ...usual, batchSize: 1 });
      try {
        return await rush({ callers: ALONE_CALLERS, each: ALONE_EACH, size: 1 }, bed.one);
      } finally {
        enforceLimits(usual);
      }
    },
  };
}
