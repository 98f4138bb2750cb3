/**
 * The ledger's promise: batches of 1000 transfers, each a group of a money transfer and the use of a
 * limit, one in ten held and one in ten captured, over 10,000 customers and onto one hot account, with
 * 0, 2 and 20 % declines, every commit on the disk. One process, one partition, one writer.
 */
import { ledgerMigrations } from "@sandbank/kernel/ledger";
import { statement, type Store } from "@sandbank/kernel/store";
import { type TestDatabase, testDatabase } from "@sandbank/kernel/testing";
import { type Baseline, baselines, connect, transfers } from "./ledger/baselines.ts";
import { benchMigrations, KeptLedger, postPlain } from "./ledger/ours.ts";
import { BATCH, funding, type Shape, Traffic } from "./ledger/traffic.ts";
import { type Bench, type Contender, during, type Result, type Say, takeTurns } from "./measure.ts";

const ROUNDS = 3;
const ROUND_MS = 800;
const SHAPES: readonly Shape[] = ["10k accounts", "one hot account"];
const DECLINES = [0, 2, 20] as const;
/** Baselines meet the middle share of declines only: they do not get faster with the others. */
const DECLINES_OF_BASELINES = 2;
/** Enough for the kept balances to hold nearly all customers. */
const WARM_BATCHES = 25;
const WAYS = ["plain", "kept"] as const;
type Way = (typeof WAYS)[number];

const AGAINST = [
  { baseline: "naive", target: "≥ 50,000/s, ≥ 8 ×" },
  { baseline: "savepoint batch", target: "" },
  { baseline: "savepoint batch with limits", target: "≥ 3 ×" },
] as const;

interface Case {
  readonly shape: Shape;
  readonly declines: number;
  readonly run: number;
}

function nameOf(way: Way, shape: Shape, declines: number): string {
  return `ledger ${way}, ${shape}, ${declines} % declined`;
}

const OPEN = statement("bench.open", "select ledger.open_partition(1, 'sandbank_bench')");

async function prepare(say: Say): Promise<TestDatabase> {
  say("starting a PostgreSQL of its own, fsync on");
  const database = await testDatabase({
    migrations: [ledgerMigrations, benchMigrations],
    roles: [{ role: "sandbank_bench", memberOf: ["sandbank_act"] }],
    durable: true,
  });
  await database.owner.query(OPEN);
  say("opening and funding the accounts");
  const store = database.as("sandbank_bench", { connections: 1 });
  const groups = funding();
  for (let n = 0; n < groups.length; n += BATCH) await postPlain(store, groups.slice(n, n + BATCH));
  return database;
}

/** Both ways of driving it begin each round warm: what a running server is. */
function ours(store: Store, way: Way, { shape, declines, run }: Case): Contender {
  const traffic = new Traffic(shape, declines, run);
  const round = async () => {
    const kept = new KeptLedger(store);
    const batch = async (): Promise<number> => {
      if (way === "plain") await postPlain(store, traffic.batch());
      else await kept.post(traffic.batch());
      return BATCH;
    };
    for (let n = 0; n < WARM_BATCHES; n += 1) await batch();
    await kept.end();
    const done = await during(ROUND_MS, batch);
    await kept.end();
    return done;
  };
  return { name: nameOf(way, shape, declines), round };
}

function baselineOf(database: TestDatabase, baseline: Baseline, shape: Shape): Contender {
  let run = (baselines.indexOf(baseline) * SHAPES.length + SHAPES.indexOf(shape)) * 1_000;
  const round = async () => {
    run += 1;
    const clients = await connect(database.login("sandbank_bench"), baseline);
    const next = transfers(shape, DECLINES_OF_BASELINES, run);
    const rounds = clients.map((client) => during(ROUND_MS, () => baseline.transfer(client, next)));
    const all = await Promise.all(rounds);
    await Promise.all(clients.map((client) => client.end()));
    const count = all.reduce((sum, each) => sum + each.count, 0);
    return { count, ms: Math.max(...all.map((each) => each.ms)) };
  };
  return { name: `${baseline.name}, ${shape}`, round };
}

async function run(say: Say): Promise<Result[]> {
  const database = await prepare(say);
  const store = database.as("sandbank_bench", { connections: 2 });
  let runs = 0;
  const contenders = SHAPES.flatMap((shape) => [
    ...WAYS.flatMap((way) =>
      DECLINES.map((declines) => ours(store, way, { shape, declines, run: ++runs })),
    ),
    ...baselines.map((baseline) => baselineOf(database, baseline, shape)),
  ]);
  const rates = await takeTurns(contenders, { rounds: ROUNDS, say });
  await database.end();
  return SHAPES.flatMap((shape) => resultsOf(rates, shape));
}

function resultsOf(rates: ReadonlyMap<string, number>, shape: Shape): Result[] {
  const rate = (name: string): number => rates.get(name) ?? NaN;
  const unit = "transfers/s";
  const own = WAYS.flatMap((way) =>
    DECLINES.flatMap((declines): Result[] => {
      const name = nameOf(way, shape, declines);
      const value = rate(name);
      return AGAINST.map(({ baseline: called, target }) => {
        const baseline = `${called}, ${shape}`;
        return { name, value, unit, baseline, ratio: value / rate(baseline), target };
      });
    }),
  );
  const others = baselines.map(({ name }) => `${name}, ${shape}`);
  return [...own, ...others.map((name): Result => ({ name, value: rate(name), unit }))];
}

export const bench: Bench = {
  name: "ledger",
  promise: "at least 50,000 durable transfers a second in batches of 1000, limits and holds on",
  run,
};
