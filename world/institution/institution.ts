/**
 * An institution that runs a pilot on its own systems and asks Sandbank for a permit before each
 * act. It keeps its own book of what came of each and compares it with what the pilot's public page
 * says is used, to the fen. Every institution of this world is fictional and says so.
 */
import type { Failed, SandbankClient } from "../sandbank/client.ts";
import {
  PermitClient,
  type PermitAct,
  type PermitFacts,
  type PermitResult,
} from "../sandbank/permits.ts";
import { Draw } from "./draw.ts";

/** One piece of business: what is asked for, and what becomes of it if it is granted. */
export interface Business {
  /** The institution's own number of it. */
  readonly number: string;
  readonly facts: PermitFacts;
  /** Done, for all of the amount or for less, called off, or forgotten. */
  readonly ending: "confirm" | "cancel" | "silence";
  readonly amount?: bigint;
  readonly later: readonly {
    readonly why: "refund" | "repayment" | "closure";
    readonly amount: bigint;
  }[];
  /** The code by which it has to be refused, where the generator asks for something forbidden. */
  readonly refusedBy?: string;
}

/** What people see of an institution, and the life it leads. */
export interface InstitutionFront {
  readonly organisation: string;
  readonly pilot: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** The limit that counts what is outstanding, or the takings of a day: what the book adds up. */
  readonly counts: { readonly limit: string; readonly stock: boolean };
  /** True where its program signs its requests instead of sending a key. */
  readonly signs?: boolean;
  /** The channel through which customers agree to the user statement, where the terms ask for it. */
  readonly consents?: string;
  business(draw: Draw, count: number): Business[];
}

/** What came of a piece of business. */
export interface Entry {
  readonly business: Business;
  readonly granted: boolean;
  /** Code of the refusal, as Sandbank told it, and every limit and check that said no. */
  readonly code?: string;
  readonly failed?: readonly Failed[];
  readonly confirmed: bigint;
  readonly refunded: bigint;
  readonly repaid: bigint;
}

export class Institution {
  readonly front: InstitutionFront;
  readonly book: Entry[] = [];
  readonly #permits: PermitClient;
  readonly #client: SandbankClient;

  constructor(front: InstitutionFront, client: SandbankClient) {
    this.front = front;
    this.#client = client;
    this.#permits = new PermitClient(client, front.pilot);
  }

  /** Lives through `count` pieces of business. The same seed again asks for the very same acts. */
  live(seed: number, count: number): Promise<void> {
    return this.liveThrough(this.front.business(new Draw(seed), count));
  }

  /** Lives through this business: asks for all of it, then finishes what was granted. */
  async liveThrough(wanted: readonly Business[]): Promise<void> {
    const { consents } = this.front;
    if (consents !== undefined) await this.#permits.consent(customersOf(wanted), consents);
    const asked = await this.#permits.act(
      wanted.map(({ number, facts }): PermitAct => ({ act: "reserve", id: number, ...facts })),
    );
    const granted = wanted.filter((_, at) => asked[at]?.outcome === "accepted");
    await this.#must(granted.flatMap(finishing));
    await this.#must(granted.flatMap(givingBack));
    wanted.forEach((business, at) => this.book.push(entryOf(business, asked[at])));
  }

  /** Gives back what was granted in an earlier life; nothing can stand against it. */
  giveBack(acts: readonly PermitAct[]): Promise<void> {
    return this.#must(acts);
  }

  /** What the book says is used of the limit that it counts. */
  get used(): bigint {
    return this.book.reduce((sum, { business, confirmed, refunded, repaid, granted }) => {
      if (!granted || business.facts.class !== "USE") return sum;
      const held = business.ending === "silence" ? BigInt(business.facts.amount ?? "0") : confirmed;
      return sum + held - refunded - (this.front.counts.stock ? repaid : 0n);
    }, 0n);
  }

  /** The same as the pilot's public limits state it. */
  async stated(): Promise<bigint> {
    const heard = await this.#client.get(`/api/pilots/${this.front.pilot}/limits`);
    if (heard.said === "no") throw new Error(`${heard.status} ${heard.code}`);
    const { limits } = heard.body as {
      readonly limits: readonly { readonly id: string; readonly used: string | null }[];
    };
    const found = limits.find(({ id }) => id === this.front.counts.limit);
    return BigInt(found?.used ?? "0");
  }

  /** Acts that nothing can stand against: what was granted is finished, whatever comes. */
  async #must(acts: readonly PermitAct[]): Promise<void> {
    if (acts.length === 0) return;
    for (const one of await this.#permits.act(acts)) {
      if (one.outcome === "refused") throw new Error(`${one.permit}: ${one.code}`);
    }
  }
}

function customersOf(wanted: readonly Business[]): string[] {
  return [...new Set(wanted.flatMap(({ facts }) => facts.customer ?? []))];
}

function finishing({ number: id, ending, amount }: Business): PermitAct[] {
  if (ending === "silence") return [];
  if (ending === "cancel") return [{ act: "cancel", id }];
  return [{ act: "confirm", id, ...(amount === undefined ? {} : { amount: String(amount) }) }];
}

function givingBack({ number: id, later, ending }: Business): PermitAct[] {
  if (ending !== "confirm") return [];
  return later.map(({ why, amount }, at): PermitAct => {
    const part = at + 1;
    return why === "closure"
      ? { act: why, id, part }
      : { act: why, id, part, amount: String(amount) };
  });
}

function entryOf(business: Business, result: PermitResult | undefined): Entry {
  const none = { confirmed: 0n, refunded: 0n, repaid: 0n };
  if (result?.outcome !== "accepted") {
    const heard =
      result?.outcome === "refused"
        ? { code: result.code, failed: result.failed ?? [] }
        : { code: "unknown" };
    return { business, granted: false, ...heard, ...none };
  }
  if (business.ending !== "confirm") return { business, granted: true, ...none };
  const asked = BigInt(business.facts.amount ?? "0");
  const sumOf = (why: string) =>
    business.later.reduce((sum, one) => (one.why === why ? sum + one.amount : sum), 0n);
  return {
    ...{ business, granted: true, confirmed: business.amount ?? asked },
    refunded: sumOf("refund"),
    // What a closure lets go of is whatever was left.
    repaid: sumOf("repayment") + sumOf("closure"),
  };
}
