/**
 * The end of a pilot of payment tokens: every holder told, every token deleted and every card unbound,
 * thousands in an act, as the exit does it. The baseline deletes the tokens one by one, as an issuer
 * without it would, many at once.
 */
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { type ActBed, actBed, numberOf, PARTITION, SYSTEM } from "./act/bed.ts";
import type { Bench, Result, Say } from "./measure.ts";

const TOKENS = Number(process.env["BENCH_TOKENS"] ?? 120_000);
/** So many are left to the end, whatever was deleted one by one before it. */
const ENDED = Math.floor((TOKENS / 6) * 5);
const CALLERS = 64;
const ONE_BY_ONE_MS = 3_000;
const PARTS = ["notices", "tokens", "cards"] as const;

const ISSUER: Principal = {
  ...{ kind: "key", id: "issuer-key", organisation: "bank", roles: ["institution_operator"] },
};

export const bench: Bench = {
  name: "ending",
  promise: "a pilot of 100,000 tokens is brought to its end in less than 60 s",
  async run(say) {
    say(`filling a pilot with ${TOKENS.toLocaleString("en")} tokens`);
    const bed = await actBed({ tokens: TOKENS });
    try {
      return await ending(bed, say);
    } finally {
      await bed.end();
    }
  },
};

async function ending(bed: ActBed, say: Say): Promise<Result[]> {
  const baseline = "tokens deleted one by one, 64 callers";
  const single = await oneByOne(bed);
  say(`${baseline}: ${Math.round(single)}/s`);
  const start = performance.now();
  const done = new Map<string, number>();
  for (const part of PARTS) done.set(part, await windUp(bed, part, say));
  const seconds = (performance.now() - start) / 1000;
  const tokens = done.get("tokens") ?? 0;
  const [holders, cards] = [done.get("notices") ?? 0, done.get("cards") ?? 0];
  const rate = (tokens + cards + holders) / seconds;
  return [
    {
      name: `${counted(tokens, holders, cards)}, all told`,
      value: seconds,
      unit: "s",
      target: "< 60 s",
    },
    {
      ...{ name: "holders, tokens and cards brought to an end", value: rate, unit: "/s" },
      ...{ baseline, ratio: rate / single },
    },
    { name: baseline, value: single, unit: "/s" },
  ];
}

function counted(...counts: readonly number[]): string {
  const [tokens, holders, cards] = counts.map((count) => count.toLocaleString("en"));
  return `${tokens} tokens deleted, ${holders} holders told, ${cards} cards unbound`;
}

/** Deletes tokens as an issuer does who has no better way, for a while or until they are spent. */
async function oneByOne(bed: ActBed): Promise<number> {
  const start = performance.now();
  const ms = () => performance.now() - start;
  let next = 0;
  const caller = async () => {
    while (ms() < ONE_BY_ONE_MS && next < TOKENS - ENDED) {
      const token = numberOf(next++);
      const content = { token, holder: "c0" };
      const call = { partition: PARTITION, id: `one-${token}`, principal: ISSUER };
      accepted(await bed.guard.act({ ...call, command: "tokens.delete_token", content }));
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return (next / ms()) * 1000;
}

async function windUp(bed: ActBed, part: (typeof PARTS)[number], say: Say): Promise<number> {
  let done = 0;
  for (let act = 1, left = 1; left > 0; act++) {
    const answer = accepted(
      await bed.guard.act({
        ...{ partition: PARTITION, id: `end-${part}-${act}`, principal: SYSTEM },
        ...{ command: "tokens.wind_up", content: { part } },
      }),
    ) as { readonly done: number; readonly left: number };
    done += answer.done;
    left = answer.left;
  }
  say(`${part}: ${done.toLocaleString("en")}`);
  return done;
}

function accepted(outcome: Outcome): unknown {
  if (outcome.kind !== "accepted") throw new Error(`an act was ${outcome.kind}`);
  return outcome.answer;
}
