/**
 * Looks at card numbers, on their way to the disk: whatever waits is counted against its quotas and
 * written down in one transaction, so that many looks wait for the disk once. A card is handed out
 * only when the record of its look is committed. It opens nothing and holds no number.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { shanghaiDate, uuidv7 } from "@sandbank/kernel/clock";
import type { Principal } from "@sandbank/kernel/identity";
import { ConnectionLost, type Store } from "@sandbank/kernel/store";
import { cardsOfLooksIn, type Quota, recordSightsIn, spendQuotasIn } from "./look.store.ts";
import type { Purpose } from "./purpose.ts";
import type { CardPlace, SealedCard } from "./vault.store.ts";

/** Looks and cards of one transaction; what waits longer goes into the next. */
const GROUP_LOOKS_MAX = 512;
const GROUP_CARDS_MAX = 2_048;

export interface Look {
  /** Id of the act that granted it; drawn where there is none. */
  readonly id?: string;
  readonly cards: readonly CardPlace[];
  readonly purpose: Purpose;
  readonly principal: Principal;
  /** Numbers that this principal may see for this purpose in a day. */
  readonly day_cap: number;
}

/** The cards of a look that are there; undefined if its quota does not suffice. */
type Taken = SealedCard[] | undefined;

interface Waiting {
  readonly look: Look;
  resolve(taken: Taken): void;
  reject(fault: unknown): void;
}

export class Looks {
  readonly #store: Store;
  readonly #now: () => Instant;
  #waiting: Waiting[] = [];
  #draining = false;

  constructor(store: Store, now: () => Instant) {
    this.#store = store;
    this.#now = now;
  }

  /** Counts a look, writes it down, and gives its cards once that is on the disk. */
  take(look: Look): Promise<Taken> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ look, resolve, reject });
      if (this.#draining) return;
      this.#draining = true;
      void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    do {
      // Whoever asks within this turn of the loop goes along.
      await new Promise(setImmediate);
      await this.#settle(this.#group());
    } while (this.#waiting.length > 0);
    this.#draining = false;
  }

  #group(): Waiting[] {
    let [looks, cards] = [0, 0];
    for (const { look } of this.#waiting.slice(0, GROUP_LOOKS_MAX)) {
      cards += look.cards.length;
      if (looks > 0 && cards > GROUP_CARDS_MAX) break;
      looks += 1;
    }
    return this.#waiting.splice(0, looks);
  }

  /** Answers every look of a group; no fault of one becomes that of another. */
  async #settle(group: readonly Waiting[]): Promise<void> {
    try {
      const taken = await this.#record(group.map(({ look }) => look));
      const short: Waiting[] = [];
      group.forEach((one, at) => {
        // What does not fit together may fit one by one, in the order of asking.
        if (taken[at] === undefined && group.length > 1) short.push(one);
        else one.resolve(taken[at]);
      });
      for (const one of short) await this.#settle([one]);
    } catch (fault) {
      // The group is rolled back, unless a commit went unanswered: then nobody knows, and none is repeated.
      if (group.length > 1 && !(fault instanceof ConnectionLost)) {
        for (const one of group) await this.#settle([one]);
      } else for (const one of group) one.reject(fault);
    }
  }

  #record(looks: readonly Look[]): Promise<Taken[]> {
    return this.#store.transaction(async (tx) => {
      const at = this.#now();
      const day = shanghaiDate(at);
      const within = await spendQuotasIn(tx, day, quotasOf(looks));
      const fit = looks.filter((look) => within.has(quotaName(look)));
      if (fit.length === 0) return looks.map(() => undefined);
      const sights = fit.map(({ id = uuidv7(), cards, purpose, principal }) => ({
        ...{ id, principal: principal.id, organisation: principal.organisation },
        ...{ purpose, refs: cards.map(({ ref }) => ref) },
      }));
      const [taken] = await Promise.all([
        cardsOfLooksIn(
          tx,
          fit.map(({ cards }) => cards),
        ),
        recordSightsIn(tx, at, sights),
      ]);
      const byLook = new Map(fit.map((look, n) => [look, taken[n]]));
      return looks.map((look) => byLook.get(look));
    });
  }
}

function quotaName({ principal, purpose }: Look): string {
  return `${purpose} ${principal.id}`;
}

/** What a group asks of each quota, in one order in every process: none waits in a circle. */
function quotasOf(looks: readonly Look[]): (readonly [string, Quota])[] {
  const quotas = new Map<string, Quota>();
  for (const look of looks) {
    const { purpose, principal, day_cap: cap, cards } = look;
    const name = quotaName(look);
    const used = (quotas.get(name)?.used ?? 0) + cards.length;
    quotas.set(name, { principal: principal.id, purpose, used, cap });
  }
  return [...quotas].sort(([a], [b]) => (a < b ? -1 : 1));
}
