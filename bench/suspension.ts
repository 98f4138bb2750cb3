/**
 * How long a suspension is on its way: from the moment in which it is asked for over HTTP to the last
 * payment that was still answered with a yes, while callers pay without a pause at the same door. Of
 * the whole pilot, by the approval of a supervisor's order; and of one token, by its holder. The
 * baseline is a payment's own way there and back in the same load.
 */
import { setTimeout as pause } from "node:timers/promises";
import { demonstration } from "./front/demonstration.ts";
import { type Payer, payers } from "./front/payers.ts";
import { pilotSwitch, type Switch, tokenSwitch } from "./front/switches.ts";
import { type Bench, median, type Result } from "./measure.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
/** Suspensions of each kind in a round. */
const EACH = 5;
const CALLERS = 16;
/** How long payments run before a suspension is asked for, and after it was answered. */
const AROUND_MS = 400;

/** What was seen of suspensions of one kind, each figure in ms. */
interface Watched {
  /** From asking for the suspension to its answer. */
  readonly answered: number[];
  /** From asking for the suspension to the last yes to a payment. */
  readonly lastYes: number[];
  /** A payment's way there and back. */
  readonly paid: number[];
}

export const bench: Bench = {
  name: "suspension",
  promise: "a suspension is effective within 1 s for a pilot and within 0.1 s for a token",
  async run(say) {
    say(`starting a furnished demonstration, and ${CALLERS} customers with a token each`);
    const front = await demonstration();
    try {
      const all = await payers(front, CALLERS);
      const first = all[0]!;
      const pilot = { name: "pilot", by: pilotSwitch(front), callers: all, watched: unseen() };
      const token = {
        ...{ name: "token", by: tokenSwitch(front, first), watched: unseen() },
        callers: all.map(() => first),
      };
      for (let round = 1; round <= ROUNDS; round++) {
        for (const { name, by, callers, watched } of [pilot, token]) {
          for (let n = 0; n < EACH; n++) await suspend(by, { callers, watched });
          const worst = Math.max(...watched.lastYes);
          say(`round ${round}/${ROUNDS}  ${name}: last yes after at most ${worst.toFixed(0)} ms`);
        }
      }
      return [...resultsOf(pilot, "≤ 1 s"), ...resultsOf(token, "≤ 0.1 s")];
    } finally {
      await front.end();
    }
  },
};

function unseen(): Watched {
  return { answered: [], lastYes: [], paid: [] };
}

/** Suspends once while the callers pay, and lifts it again. */
async function suspend(
  by: Switch,
  { callers, watched }: { readonly callers: readonly Payer[]; readonly watched: Watched },
): Promise<void> {
  const answers: { readonly at: number; readonly code: string | undefined }[] = [];
  let paying = true;
  const lanes = callers.map(async (payer) => {
    while (paying) {
      const start = performance.now();
      const code = await payer.pay();
      answers.push({ at: performance.now(), code });
      if (code === undefined) watched.paid.push(performance.now() - start);
    }
  });
  await pause(AROUND_MS);
  const approve = await by.propose();
  const asked = performance.now();
  await approve();
  watched.answered.push(performance.now() - asked);
  await pause(AROUND_MS);
  paying = false;
  await Promise.all(lanes);
  const refused = answers.filter(({ code }) => code !== undefined);
  const wrong = refused.find(({ at, code }) => at < asked || code !== by.code);
  if (wrong !== undefined) throw new Error(`a payment heard ${wrong.code}`);
  if (answers.at(-1)?.code !== by.code) throw new Error("the suspension is not effective");
  const yes = answers.filter(({ code }) => code === undefined);
  watched.lastYes.push(Math.max(0, ...yes.map(({ at }) => at - asked)));
  await by.lift();
}

function resultsOf(
  { name, watched }: { readonly name: string; readonly watched: Watched },
  target: string,
): Result[] {
  const baseline = `a payment beside ${CALLERS - 1} others`;
  const paid = median(watched.paid);
  const timed = (what: string, ms: number, more: Partial<Result> = {}): Result => ({
    ...{ name: `${name} suspended, ${what}`, value: ms / 1_000, unit: "s" },
    ...{ baseline, ratio: ms / paid, ...more },
  });
  return [
    timed("last yes to a payment, worst", Math.max(...watched.lastYes), { target }),
    timed("last yes to a payment, median", median(watched.lastYes)),
    timed("its own answer, median", median(watched.answered)),
    { name: `${baseline}, median (${name})`, value: paid / 1_000, unit: "s" },
  ];
}
