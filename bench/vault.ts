/**
 * The vault of card numbers: binding and seeing them through its own door, every look counted and
 * written down on the disk before a number is opened; and what its ciphers cost on one core. The
 * baselines are a bare select that records nothing, and the same ciphers with keys passed as bytes.
 */
import { statement, type Store } from "@sandbank/kernel/store";
import { type Bench, type Contender, during, type Result, type Say, takeTurns } from "./measure.ts";
import { BIND_BATCH, type VaultBed, vaultBed } from "./vault/bed.ts";
import { CIPHERS, cipherContenders } from "./vault/ciphers.ts";

const CARDS = Number(process.env["BENCH_CARDS"] ?? 1_000_000);
const ROUNDS = 3;
const ROUND_MS = 1_000;
/** Numbers that one call may see. */
const BULK = 100;
const BULK_CALLERS = 8;
const CALLERS = [8, 256] as const;

const BULK_NAME = `detokenise, ${BULK} a call, ${BULK_CALLERS} callers`;
const BARE = "bare select one by one, 8 connections";
const BARE_BULK = `bare select of ${BULK}, ${BULK_CALLERS} callers`;
const singleName = (callers: number) => `detokenise one a call, ${callers} callers`;

/** What somebody writes who neither counts looks nor writes them down, and opens nothing. */
const SELECT = statement(
  "bench.bare_cards",
  `select c.ref, c.iv, c.sealed from unnest($1::uuid[]) k(ref)
     join vault.card c on c.partition = 4 and c.ref = k.ref`,
);

/** Callers who ask again as soon as they are answered; `work` says how much one answer is. */
function callers(name: string, count: number, work: () => Promise<number>): Contender {
  const round = async () => {
    const all = await Promise.all(Array.from({ length: count }, () => during(ROUND_MS, work)));
    const done = all.reduce((sum, one) => sum + one.count, 0);
    return { count: done, ms: Math.max(...all.map((one) => one.ms)) };
  };
  return { name, round };
}

function bare(store: Store, bed: VaultBed, size: number): () => Promise<number> {
  return async () => {
    const refs = bed.places(size).map(({ ref }) => ref);
    return (await store.query(SELECT, [`{${refs.join(",")}}`])).length;
  };
}

async function looks(bed: VaultBed, say: Say): Promise<Result[]> {
  const contenders = [
    callers(BARE, CALLERS[0], bare(bed.store, bed, 1)),
    callers(BARE_BULK, BULK_CALLERS, bare(bed.store, bed, BULK)),
    callers(BULK_NAME, BULK_CALLERS, () => bed.see(BULK)),
    ...CALLERS.map((count) => callers(singleName(count), count, () => bed.see(1))),
  ];
  const rates = await takeTurns(contenders, { rounds: ROUNDS, say });
  const rate = (name: string) => rates.get(name) ?? NaN;
  const against = (name: string, baseline: string, target: string): Result => ({
    ...{ name, value: rate(name), unit: "cards/s", baseline },
    ...{ ratio: rate(name) / rate(baseline), target },
  });
  return [
    against(BULK_NAME, BARE_BULK, "≥ 50,000/s"),
    ...CALLERS.map((count) => against(singleName(count), BARE, "≥ 20,000/s")),
    ...[BARE_BULK, BARE].map((name): Result => ({ name, value: rate(name), unit: "cards/s" })),
  ];
}

const KEYS = { kek: "key-encryption", card: "data", index: "index" } as const;

/** Turning each key once, with all cards there: the first touches no card, the others every one. */
async function turns(bed: VaultBed, say: Say): Promise<Result[]> {
  const cards = CARDS.toLocaleString("en");
  say(`turning the keys of ${cards} cards`);
  const turn = async (kind: keyof typeof KEYS) => {
    const ms = await bed.turn(kind);
    say(`the ${KEYS[kind]} key: ${(ms / 1000).toFixed(1)} s`);
    return ms;
  };
  const kek = await turn("kek");
  const rates = [];
  for (const kind of ["card", "index"] as const) {
    const value = (CARDS / (await turn(kind))) * 1000;
    rates.push({ name: `turn the ${KEYS[kind]} key`, value, unit: "cards/s" });
  }
  const name = `turn the key-encryption key over ${cards} cards`;
  return [{ name, value: kek / 1000, unit: "s", target: "< 10 s" }, ...rates];
}

async function ciphers(say: Say): Promise<Result[]> {
  const rates = await takeTurns(cipherContenders(), { rounds: ROUNDS, say });
  const unit = "/s/core";
  return CIPHERS.flatMap(({ name, bytesName: baseline }): Result[] => {
    const [value, other] = [rates.get(name) ?? NaN, rates.get(baseline) ?? NaN];
    return [
      { name, value, unit, baseline, ratio: value / other },
      { name: baseline, value: other, unit },
    ];
  });
}

async function run(say: Say): Promise<Result[]> {
  const onOneCore = await ciphers(say);
  say(`binding ${CARDS.toLocaleString("en")} cards, fsync on`);
  const bed = await vaultBed(CARDS);
  try {
    const name = `bind cards, ${BIND_BATCH} a batch, ${CARDS.toLocaleString("en")} in all`;
    const bound: Result = { name, value: (CARDS / bed.boundInMs) * 1000, unit: "cards/s" };
    return [...(await looks(bed, say)), bound, ...(await turns(bed, say)), ...onOneCore];
  } finally {
    await bed.end();
  }
}

export const bench: Bench = {
  name: "vault",
  promise:
    "card numbers seen, counted, written down and opened: at least 50,000/s in calls of 100, 20,000/s one by one",
  run,
};
