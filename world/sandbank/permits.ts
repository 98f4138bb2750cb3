/**
 * A client of Sandbank's permit edge on one page, written from `GET /openapi.json` and nothing else:
 * ask before an act, confirm or cancel after it, give back later, in batches of up to 1,000. The id
 * of an act is the institution's own, so whatever was not heard is simply sent again.
 */
import type { Failed, SandbankClient } from "./client.ts";
import { NotReached } from "./client.ts";

/** Most acts that one request takes. */
export const BATCH_MAX = 1_000;

/** The facts of an act: amounts are decimal strings of fen, customers are opaque ids. */
export interface PermitFacts {
  readonly class: "OPEN" | "USE" | "SERVICE";
  readonly customer?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly region?: string;
  readonly channel?: string;
  readonly partner?: string;
  readonly merchant?: string;
  readonly product?: string;
  readonly eligibility?: { readonly customerType?: string; readonly kyc?: number };
  readonly secured?: {
    readonly debt: string;
    readonly value: string;
    readonly guaranteed: boolean;
  };
  readonly purpose?: {
    readonly name: string;
    readonly business: string;
    readonly authorisedFor: string;
  };
  readonly holdSeconds?: number;
}

export type PermitAct =
  | ({ readonly act: "reserve"; readonly id: string } & PermitFacts)
  | { readonly act: "confirm"; readonly id: string; readonly amount?: string }
  | { readonly act: "cancel"; readonly id: string }
  | {
      readonly act: "refund" | "repayment";
      readonly id: string;
      readonly part: number;
      readonly amount: string;
    }
  | { readonly act: "closure"; readonly id: string; readonly part: number };

/** How a permit stands after an act, or why the act was refused. */
export type PermitResult =
  | {
      readonly outcome: "accepted";
      readonly permit: string;
      readonly state: string;
      readonly amount: string | null;
      readonly confirmed: string | null;
      readonly givenBack: string | null;
    }
  | {
      readonly outcome: "refused";
      readonly permit: string;
      readonly code: string;
      readonly failed?: readonly Failed[];
    }
  | { readonly outcome: "unknown"; readonly permit: string };

/** A version of the user statement, as far as a consent names it. */
interface Statement {
  readonly version: number;
  readonly hash: string;
  readonly at: string;
}

export class PermitClient {
  readonly #client: SandbankClient;
  readonly #path: string;

  constructor(client: SandbankClient, pilot: string) {
    this.#client = client;
    this.#path = `/api/permits/${pilot}`;
  }

  /** Sends acts in their order, 1,000 at a time. Throws `NotReached` if one stays unknown. */
  async act(acts: readonly PermitAct[]): Promise<PermitResult[]> {
    const all: PermitResult[] = [];
    for (let from = 0; from < acts.length; from += BATCH_MAX) {
      all.push(...(await this.#batch(acts.slice(from, from + BATCH_MAX))));
    }
    return all;
  }

  async #batch(acts: readonly PermitAct[], again = true): Promise<PermitResult[]> {
    const heard = await this.#client.post(`${this.#path}/batches`, undefined, { acts });
    if (heard.said === "no") throw new Error(`${heard.status} ${heard.code}: ${heard.detail}`);
    const { results } = heard.body as { readonly results: PermitResult[] };
    if (results.every((one) => one.outcome !== "unknown")) return results;
    if (again) return this.#batch(acts, false);
    throw new NotReached(`${this.#path}: the outcome of an act stays unknown`);
  }

  /** Tells which customers agreed to the user statement in force, through which channel. */
  async consent(customers: readonly string[], channel: string): Promise<void> {
    const pilot = this.#path.split("/").at(-1);
    const heard = await this.#client.get(`/api/pilots/${pilot}/statements`);
    if (heard.said === "no") throw new Error(`${heard.status} ${heard.code}: ${heard.detail}`);
    const { versions } = heard.body as { readonly versions: readonly Statement[] };
    const [latest] = versions;
    if (latest === undefined) throw new Error(`${pilot} has no user statement`);
    const { version, hash, at } = latest;
    for (let from = 0; from < customers.length; from += BATCH_MAX) {
      const consents = customers
        .slice(from, from + BATCH_MAX)
        .map((customer) => ({ customer, version, hash, at, channel }));
      const told = await this.#client.post(`${this.#path}/consents`, undefined, { consents });
      if (told.said === "no") throw new Error(`${told.status} ${told.code}: ${told.detail}`);
      const { results } = told.body as { readonly results: readonly { outcome: string }[] };
      if (results.some((one) => one.outcome !== "accepted")) throw new Error("a consent is open");
    }
  }

  /** How one permit stands, or undefined for one that was never granted. */
  async look(id: string): Promise<{ readonly state: string } | undefined> {
    const heard = await this.#client.get(`${this.#path}/${id}`);
    return heard.said === "yes" ? (heard.body as { readonly state: string }) : undefined;
  }
}
