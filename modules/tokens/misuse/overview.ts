/** Misuse over a span of days: by day, cause, scene and token. */
import { addDays, type CalendarDate, type Instant, toIso } from "@sandbank/kernel/clock";
import { shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import { type Counted, count, misusedOf, none, per10k } from "./misuse.ts";
import { DECLINE_CAUSES, type DeclineCause, type MisuseAnswer } from "../misuse.contract.ts";
import { findAuthorised } from "./misuse.store.ts";
import { type Ports, readTries, type TriesPage, type Tried } from "./tried.ts";

/** Beyond the newest act. */
export const NEWEST = 9_223_372_036_854_775_807n;
/** Declines that one answer counts; the earliest beyond are left out, and the answer says so. */
const COUNTED_MAX = 20_000;
/** Declines read at once. */
const READ_AT_ONCE = 1_000;
/** Tokens that one answer names. */
const TOKENS_MAX = 50;

interface Token extends Counted {
  readonly number: string;
  readonly last: Instant;
}

/** The sums of a span. */
class Sums {
  readonly days = new Map<CalendarDate, Counted>();
  readonly causes = new Map<DeclineCause, bigint>();
  readonly scenes = new Map<string, Counted>();
  readonly tokens = new Map<string, Token>();

  add({ at, cause, scene, token, number }: Tried): void {
    count(kept(this.days, shanghaiDate(at), none), cause);
    this.causes.set(cause, (this.causes.get(cause) ?? 0n) + 1n);
    count(kept(this.scenes, scene, none), cause);
    if (token === null || number === null || (cause !== "scene" && cause !== "limit")) return;
    // Newest first: the first that is seen is the last that was tried.
    count(
      kept(this.tokens, token, () => ({ ...none(), number, last: at })),
      cause,
    );
  }
}

function kept<Key, Value>(all: Map<Key, Value>, key: Key, begin: () => Value): Value {
  const known = all.get(key) ?? begin();
  all.set(key, known);
  return known;
}

/** Misuse of the last `days` days, today among them, over at most so many declines. */
export async function misuseOver(
  ports: Ports,
  days: number,
  most = COUNTED_MAX,
): Promise<MisuseAnswer> {
  const now = await ports.now();
  const first = addDays(shanghaiDate(now), 1 - days);
  const span = { since: shanghaiMidnight(first), until: (now + 1) as Instant };
  const [authorised, { sums, cut }] = await Promise.all([
    findAuthorised(ports.store, ports.partitions.all, span),
    summed(ports, { ...span, most }),
  ]);
  const dates = Array.from({ length: days }, (_, at) => addDays(first, at));
  return {
    asOf: toIso(now),
    days: dates.map((day) => dayOf(day, sums.days.get(day) ?? none(), authorised.get(day) ?? 0n)),
    causes: DECLINE_CAUSES.flatMap((cause) => {
      const declined = sums.causes.get(cause);
      return declined === undefined ? [] : [{ cause, declined: String(declined) }];
    }),
    scenes: ranked(sums.scenes).map(([scene, counted]) => ({ scene, ...shown(counted) })),
    tokens: ranked(sums.tokens)
      .slice(0, TOKENS_MAX)
      .map(([token, { number, last, scene, limit }]) => ({
        ...{ token, number, last: toIso(last) },
        ...{ outOfScene: String(scene), overLimit: String(limit) },
      })),
    cut,
  };
}

async function summed(
  ports: Ports,
  { most, ...span }: { readonly since: Instant; readonly until: Instant; readonly most: number },
): Promise<{ readonly sums: Sums; readonly cut: boolean }> {
  const sums = new Sums();
  let room = most;
  for (const partition of ports.partitions.all) {
    for (let before: bigint | undefined = NEWEST; before !== undefined;) {
      if (room === 0) return { sums, cut: true };
      const now = Math.min(room, READ_AT_ONCE);
      const page: TriesPage = await readTries(ports, { partition, ...span, before, most: now });
      for (const tried of page.tries) sums.add(tried);
      room -= now;
      before = page.last;
    }
  }
  return { sums, cut: false };
}

function dayOf(day: CalendarDate, counted: Counted, authorised: bigint) {
  const tries = authorised + counted.declined;
  const share = per10k(misusedOf(counted), tries);
  return {
    ...{ day, tries: String(tries), ...shown(counted) },
    per10k: share === undefined ? null : String(share),
  };
}

function shown({ declined, scene, limit }: Counted) {
  return { declined: String(declined), outOfScene: String(scene), overLimit: String(limit) };
}

/** Most misuse first, then most declines, then by name. */
function ranked<Value extends Counted>(all: ReadonlyMap<string, Value>): [string, Value][] {
  return [...all].toSorted(([a, one], [b, other]) => {
    const more = misusedOf(other) - misusedOf(one) || other.declined - one.declined;
    return more === 0n ? (a < b ? -1 : 1) : more < 0n ? -1 : 1;
  });
}
