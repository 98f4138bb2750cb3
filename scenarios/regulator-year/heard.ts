/**
 * What the year's own callers heard, written down as they heard it and kept beside the year: each try
 * at a route of one pilot, by token or by permit, with its status and time, and each refusal of a
 * permit with the limits and checks that said no. It is the callers' record and not the server's, so
 * that the two can be held against each other.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Failed, machineNow, type Tried } from "@sandbank/world";

/** The routes that belong to payment tokens alone. */
const OF_TOKENS =
  /^\/api\/(?:authorisations|bank-keys|card-events|cards|consent-text|declines|ending|erasures|holders|looks|misuse|requestors|scenes|settlements|tokens|unionpay|vault)(?:[/?]|$)/;

/** The pilot in the address of every route of the permit edge. */
const OF_PERMITS = /^\/api\/permits\/([a-z0-9-]+)(?:[/?]|$)/;

/** Whose requests these are: every one of a pilot is counted for it, and no other. */
function pilotOf(path: string): string | undefined {
  return OF_TOKENS.test(path) ? "payment-tokens" : OF_PERMITS.exec(path)?.[1];
}

/** One try of a call; `status` 0 where no answer was heard. */
export interface TriedThen extends Omit<Tried, "path"> {
  readonly run: number;
  readonly pilot: string;
  /** Machine time at its end, milliseconds since 1970. */
  readonly at: number;
}

/** A permit that was refused, by the institution's own id. */
export interface RefusedPermit {
  readonly pilot: string;
  readonly permit: string;
  readonly code: string;
  readonly failed: readonly Failed[];
}

export class Heard {
  readonly #tries: string;
  readonly #refusals: string;
  readonly #run: number;

  constructor(folder: string, run: number) {
    this.#tries = join(folder, "tries.txt");
    this.#refusals = join(folder, "refusals.jsonl");
    this.#run = run;
  }

  /** For `Door.onTried`. */
  readonly onTried = ({ path, status, tookUs }: Tried): void => {
    const pilot = pilotOf(path);
    if (pilot === undefined) return;
    appendFileSync(this.#tries, `${this.#run} ${machineNow()} ${status} ${tookUs} ${pilot}\n`);
  };

  refused(refusal: RefusedPermit): void {
    appendFileSync(this.#refusals, `${JSON.stringify(refusal)}\n`);
  }

  tries(): TriedThen[] {
    return linesOf(this.#tries).map((line) => {
      const [run, at, status, tookUs, pilot = ""] = line.split(" ");
      const told = { run: Number(run), at: Number(at), status: Number(status) };
      return { ...told, tookUs: Number(tookUs), pilot };
    });
  }

  /** The refusals of a pilot by permit; one that was asked for again was refused the same way. */
  refusals(pilot: string): ReadonlyMap<string, RefusedPermit> {
    const all = linesOf(this.#refusals).map((line) => JSON.parse(line) as RefusedPermit);
    return new Map(all.filter((one) => one.pilot === pilot).map((one) => [one.permit, one]));
  }
}

/** Whole lines alone: the last one of a run that was killed may be cut. */
function linesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8").split("\n").slice(0, -1);
}
