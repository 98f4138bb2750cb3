/**
 * The supervised act, whole: an authorisation by token with policy, balances of card, token and
 * pilot, state, journal, opening and leaf, every commit on the disk. Closed loops keep a number of
 * callers busy; open loops let acts arrive at a rate and time them from arrival to answer. The
 * baseline is the same guard with one act per transaction.
 */
import { enforceLimits, limits } from "@sandbank/kernel/config";
import { type ActBed, actBed } from "./act/bed.ts";
import { type Bench, median, type Result, type Say } from "./measure.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
const TOKENS = Number(process.env["BENCH_TOKENS"] ?? 1_000_000);
const CLOSED_MS = 3_000;
const OPEN_MS = 4_000;
const CALLERS = [64, 256] as const;
const RATES = [1_000, 5_000, 10_000] as const;
const ALONE_CALLERS = 16;

export const bench: Bench = {
  name: "act",
  promise:
    "supervised authorisations whole, 2 % declined: ≥ 5,000/s offered with p99 ≤ 20 ms, ≥ 10,000/s with p99 ≤ 60 ms, ≥ 8 × one act per transaction",
  async run(say) {
    say(`filling a pilot with ${TOKENS.toLocaleString("en")} tokens of half as many customers`);
    const bed = await actBed({ tokens: TOKENS });
    try {
      await closed(bed, CALLERS[1], CLOSED_MS);
      return [...(await closedLoops(bed, say)), ...(await openLoops(bed, say))];
    } finally {
      await bed.end();
    }
  },
};

/** Callers who ask again as soon as they are answered. Answers with acts per second. */
async function closed(bed: ActBed, callers: number, ms: number): Promise<number> {
  const start = performance.now();
  let count = 0;
  const caller = async () => {
    while (performance.now() - start < ms) {
      await bed.authorise();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (count / (performance.now() - start)) * 1000;
}

async function alone(bed: ActBed): Promise<number> {
  const usual = { ...limits };
  enforceLimits({ ...usual, batchSize: 1 });
  try {
    return await closed(bed, ALONE_CALLERS, CLOSED_MS);
  } finally {
    enforceLimits(usual);
  }
}

async function closedLoops(bed: ActBed, say: Say): Promise<Result[]> {
  const rates = new Map<string, number[]>();
  const note = (name: string, rate: number, round: number) => {
    rates.getOrInsertComputed(name, () => []).push(rate);
    say(`round ${round}/${ROUNDS}  ${name}: ${Math.round(rate)}/s`);
  };
  for (let round = 1; round <= ROUNDS; round++) {
    note("one act per transaction", await alone(bed), round);
    for (const callers of CALLERS) {
      note(`act, closed loop, ${callers} callers`, await closed(bed, callers, CLOSED_MS), round);
    }
  }
  const baseline = median(rates.get("one act per transaction") ?? []);
  return [...rates].map(([name, all]): Result => {
    const value = median(all);
    if (name.startsWith("one")) return { name, value, unit: "acts/s" };
    const against = { baseline: "one act per transaction", ratio: value / baseline };
    return { name, value, unit: "acts/s", ...against, target: "≥ 8 ×" };
  });
}

async function openLoops(bed: ActBed, say: Say): Promise<Result[]> {
  const results: Result[] = [];
  for (const rate of RATES) {
    const rounds: { p50: number; p99: number }[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const { p50, p99 } = await open(bed, rate);
      rounds.push({ p50, p99 });
      say(
        `round ${round}/${ROUNDS}  ${rate}/s offered: p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)} ms`,
      );
    }
    const target = rate === 5_000 ? "p99 ≤ 20 ms" : rate === 10_000 ? "p99 ≤ 60 ms" : "";
    const name = `act, ${rate}/s offered`;
    const [p50, p99] = [rounds.map((one) => one.p50), rounds.map((one) => one.p99)];
    results.push({ name: `${name}, p50`, value: median(p50), unit: "ms" });
    results.push({ name: `${name}, p99`, value: median(p99), unit: "ms", target });
  }
  return results;
}

/** Acts that arrive at a fixed rate whatever becomes of those before. */
async function open(bed: ActBed, rate: number): Promise<{ p50: number; p99: number }> {
  const start = performance.now();
  const waits: number[] = [];
  const answers: Promise<void>[] = [];
  while (performance.now() - start < OPEN_MS) {
    const due = Math.floor(((performance.now() - start) / 1000) * rate);
    while (answers.length < due) {
      const arrival = start + (answers.length / rate) * 1000;
      answers.push(bed.authorise().then(() => void waits.push(performance.now() - arrival)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
  waits.sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
