/**
 * Indicators beside the acts they are about: how quickly the follower counts what the journal holds,
 * how far it lies behind while 3,000 acts a second arrive, and what half a second of acts costs it.
 * The baseline has no counters: it recomputes the same figures from journal and history.
 */
import { machineNow } from "@sandbank/kernel/clock";
import { type Follower, followerRole, followRounds, openFollower } from "@sandbank/sandbox";
import { sandboxMigrations, sandboxRole } from "@sandbank/sandbox";
import { type Store, statement } from "@sandbank/kernel/store";
import { type ActBed, actBed, PARTITION } from "./act/bed.ts";
import { type Bench, median, type Result, type Say } from "./measure.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
const ACTS = 100_000;
const CALLERS = 256;
const RATE = 3_000;
/** A little more is offered, so that what is answered can reach the rate and not only approach it. */
const OFFERED = (RATE * 21) / 20;
const OFFERED_MS = 12_000;
/** What arrives between two rounds at that rate. */
const HALF_A_SECOND = RATE / 2;

const RECOMPUTED = [
  `select date_trunc('hour', at), command, class, outcome, count(*) from guard.journal
    where partition = $1 group by 1, 2, 3, 4`,
  `select max(n) from (select count(*) as n from guard.journal where partition = $1
    group by date_trunc('second', at)) s`,
  `select date_trunc('hour', j.at), f ->> 'code', f ->> 'limit', count(*)
     from guard.journal j, jsonb_array_elements(j.answer::jsonb -> 'failed') f
    where j.partition = $1 and j.outcome <> 'accepted' group by 1, 2, 3`,
  `select date_trunc('hour', x.at), a.key, sum(case t.kind when 2 then -t.amount else t.amount end)
     from ledger.act x, unnest(x.accounts, x.amounts, x.kinds) t(account, amount, kind)
     join ledger.account a on a.partition = $1 and a.id = t.account
    where x.partition = $1 and a.key like 'limit/%' group by 1, 2`,
].map((text, i) => statement(`bench.recompute_${i}`, text));
const BEHIND = statement(
  "bench.behind",
  `select j.at from sandbox.follower f
     join guard.journal j on j.partition = f.partition and j.seq = f.seq + 1
    where f.partition = $1`,
);

export const bench: Bench = {
  name: "follow",
  promise: "indicators at most 5 s behind while 3,000 supervised acts a second arrive",
  async run(say) {
    say(`filling a pilot and letting it act ${ACTS} times`);
    const bed = await actBed({
      tokens: 100_000,
      migrations: [sandboxMigrations],
      roles: [sandboxRole, followerRole],
    });
    const follower = openFollower(bed.database.as(followerRole.role));
    try {
      await act(bed, ACTS);
      return [...(await rates(bed, follower, say)), ...(await keepingUp(bed, follower, say))];
    } finally {
      await bed.end();
    }
  },
};

async function act(bed: ActBed, most: number): Promise<void> {
  let left = most;
  const caller = async () => {
    while (left-- > 0) await bed.authorise();
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function recompute(owner: Store): Promise<void> {
  for (const one of RECOMPUTED) await owner.query(one, [PARTITION]);
}

async function rates(bed: ActBed, follower: Follower, say: Say): Promise<Result[]> {
  const whole: number[] = [];
  const little: number[] = [];
  const again: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    whole.push(await timed(() => follower.rebuild(PARTITION)));
    await act(bed, HALF_A_SECOND);
    again.push(await timed(() => recompute(bed.database.owner)));
    little.push(await timed(() => follower.catchUp(PARTITION)));
    say(
      `round ${round}/${ROUNDS}  all ${ACTS}: ${Math.round(whole.at(-1) ?? 0)} ms; ` +
        `${HALF_A_SECOND} more: ${Math.round(little.at(-1) ?? 0)} ms, ` +
        `recomputed: ${Math.round(again.at(-1) ?? 0)} ms`,
    );
  }
  const baseline = "recomputing from the journal";
  const value = median(little);
  return [
    {
      name: "acts followed from the first on",
      value: (ACTS / median(whole)) * 1000,
      unit: "acts/s",
    },
    { name: `${baseline} of ${ACTS} acts`, value: median(again), unit: "ms" },
    {
      ...{ name: `figures after ${HALF_A_SECOND} more acts`, value, unit: "ms", baseline },
      ratio: value / median(again),
    },
  ];
}

interface Kept {
  /** Acts answered in a second. */
  readonly rate: number;
  /** How old the oldest act was that no figure knew, in ms, looked at ten times a second. */
  readonly ages: readonly number[];
}

/** Lets acts arrive for a while, beside the follower. */
async function keepUp(bed: ActBed, follower: Follower, say: Say): Promise<Kept> {
  const rounds = followRounds({
    follower,
    partitions: () => [PARTITION],
    now: async () => machineNow(),
    log: { error: (_, sentence) => say(sentence) },
  });
  const ages: number[] = [];
  const watch = setInterval(() => {
    void bed.database.owner.query<{ at: number }>(BEHIND, [PARTITION]).then(([row]) => {
      ages.push(row === undefined ? 0 : machineNow() - row.at);
    });
  }, 100);
  const start = performance.now();
  const answers: Promise<unknown>[] = [];
  while (performance.now() - start < OFFERED_MS) {
    const due = Math.floor(((performance.now() - start) / 1000) * OFFERED);
    while (answers.length < due) answers.push(bed.authorise());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
  const rate = (answers.length / (performance.now() - start)) * 1000;
  clearInterval(watch);
  await rounds.end();
  return { rate, ages };
}

async function keepingUp(bed: ActBed, follower: Follower, say: Say): Promise<Result[]> {
  const kept: Kept[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const one = await keepUp(bed, follower, say);
    kept.push(one);
    say(
      `round ${round}/${ROUNDS}  ${Math.round(one.rate)} acts/s answered; behind: ` +
        `median ${median(one.ages)} ms, worst ${(Math.max(...one.ages) / 1000).toFixed(2)} s`,
    );
  }
  const ages = kept.flatMap((one) => one.ages);
  const worst = Math.max(...ages) / 1000;
  const rate = median(kept.map((one) => one.rate));
  return [
    { name: `behind at ${OFFERED}/s offered, worst`, value: worst, unit: "s", target: "≤ 5 s" },
    { name: `behind at ${OFFERED}/s offered, median`, value: median(ages) / 1000, unit: "s" },
    { name: "answered meanwhile", value: rate, unit: "acts/s", target: `≥ ${RATE}` },
  ];
}
