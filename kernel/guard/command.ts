/**
 * A command is the only way to change anything. A module declares each of its commands once, here
 * in this shape; the guard does the rest: contract → principal → idempotency → supervision → pure
 * decision → ledger + state + evidence + jobs, in one transaction.
 */
import type { z } from "zod";
import type { Instant } from "../clock/index.ts";
import type { Principal, Role } from "../identity/index.ts";
import type { Entry } from "../ledger/index.ts";
import type { Fen } from "../money/index.ts";
import type { Statement, Tx } from "../store/index.ts";
import type { Refusal } from "../words/index.ts";

/**
 * OPEN starts new business (customer, card, token, merchant), USE is a new transaction of an
 * existing one, SERVICE finishes what exists (capture, void, refund, complain, look up). The phase
 * of the pilot says which classes live.
 */
export const CLASSES = ["OPEN", "USE", "SERVICE"] as const;
export type CommandClass = (typeof CLASSES)[number];

/** A thing that a command reads or writes, such as `token/0199…`. Conflicts wait for the next batch. */
export type Key = string;

/** Anything that RFC 8785 can write: what answers, facts and leaves are made of. No floats. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/**
 * A change of a module's own tables, written set-wise: all rows of one effect in a batch go into
 * one statement. `$1` is the partition; each column follows as an array in the order of `columns`,
 * so the text reads `insert into … select $1, * from unnest($2::uuid[], $3::bigint[])`.
 */
export interface Effect<Row extends object = object> {
  readonly statement: Statement;
  readonly columns: readonly (keyof Row & string)[];
}

export interface Change {
  readonly effect: Effect;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Binds a row to its effect, checked by type. */
export function change<Row extends object>(effect: Effect<Row>, row: Row): Change {
  return { effect: effect as unknown as Effect, row: row as Readonly<Record<string, unknown>> };
}

/**
 * What an act counts against the pilot's limits. The guard turns it into entries on the limit
 * accounts of the policy in force; the module does not know which limits there are.
 */
export interface Counts {
  /** `use` posts at once, `hold` goes with the hold of the decision, `give_back` returns. */
  readonly as: "use" | "hold" | "give_back";
  /** Stable id of the customer; a first-timer takes one unit of the distinct-customers limit. */
  readonly customer?: string;
  /** What an OPEN act opens where it is no business of a customer, who then need not be stated. */
  readonly opens?: "partner" | "scene";
  readonly amount?: Fen;
  readonly currency?: string;
  readonly region?: string;
  readonly channel?: string;
  readonly partner?: string;
  readonly merchant?: string;
  readonly product?: string;
  /** The organisation that acts, where a policy says which may. */
  readonly operator?: string;
  readonly eligibility?: Eligibility;
  readonly secured?: Secured;
  readonly purpose?: DataPurpose;
  /** For `give_back`: the instant of the act whose use returns, so that its own period gets it. */
  readonly at?: Instant;
  /** For `give_back`: the class of that act; USE unless told. */
  readonly of?: CommandClass;
  /** For `give_back`: the hold of that act, so that no limit that began later gets anything. */
  readonly held?: string;
  /**
   * For `give_back`: why. A refund returns its amount to every limit that took it, a repayment to
   * stocks alone, since what flowed has flowed; a closure also returns the unit of counted stocks.
   * A refund unless told.
   */
  readonly why?: "refund" | "repayment" | "closure";
}

/** What is known of the customer of an act (G13). */
export interface Eligibility {
  readonly customerType?: string;
  /** How well the customer is known, 0 to 3. */
  readonly kyc?: number;
  /** Version of the user statement that the customer consented to last. */
  readonly consent?: number;
}

/** What stands behind a loan once the act is done (G16), in fen, so that no rounding decides. */
export interface Secured {
  readonly debt: bigint;
  readonly value: bigint;
  readonly guaranteed: boolean;
}

/** What authorised data is used for, and for which piece of business it was authorised (G17). */
export interface DataPurpose {
  readonly name: string;
  readonly business: string;
  readonly authorisedFor: string;
}

/** A piece of work to be done soon after the commit, at least once. */
export interface Job {
  readonly task: string;
  readonly payload: Json;
}

/** What `decide` answers when it says yes. */
export interface Decision {
  /** Entries of the ledger: money and limits of the module's own; one linked group. */
  readonly entries: readonly Entry[];
  readonly counts?: Counts;
  readonly changes: readonly Change[];
  /** Changes that stand also where the policy or the ledger then refuses: what was shown is spent. */
  readonly spends?: readonly Change[];
  /** Public answer: references and public amounts, never personal data or a secret. */
  readonly answer: Json;
  readonly jobs?: readonly Job[];
  /** Leaves beside the act's own, for all the world to read: nothing personal, no single amount. */
  readonly leaves?: readonly Json[];
  /** For a command with `secret`: what its caller alone is told; kept sealed for some minutes. */
  readonly secret?: string;
  /** This act erases a customer (see `erasure`): nothing that opens it is kept either. */
  readonly forgets?: true;
}

/** A "no" that all the same leaves a trace in state: a spent cryptogram, a wrong-try counter. */
export interface RefusalWithChanges {
  readonly refusal: Refusal;
  readonly onRefusal: readonly Change[];
}

export interface Question<C, S, F> {
  /** What `load` found for this command. */
  readonly state: S;
  readonly command: C;
  /** What `prepare` found outside the lock; re-checked here where it can have changed. */
  readonly facts: F;
  readonly principal: Principal;
  /** Who approves, where a parked decision is being approved: `principal` is who proposed it. */
  readonly approver?: Principal;
  /** Business time, one instant for the whole batch. */
  readonly now: Instant;
  /** Id of the act, chosen by the guard: use it to derive ids of new rows. */
  readonly id: string;
  readonly partition: number;
}

/** What is known before state is loaded: all but the state and the instant of the batch. */
export type Loading<C, F> = Omit<Question<C, never, F>, "state" | "now" | "approver">;

/** One verb of the business. `C` content, `S` loaded state, `F` prepared facts. */
export interface Command<C = any, S = any, F = any> {
  /** `module.verb`, unique in the project. */
  readonly name: string;
  readonly class: CommandClass;
  /** Alone in its batch: directives, policy and phase changes, clock turns, exits. */
  readonly barrier?: boolean;
  /**
   * May be loaded and decided while a batch of other such commands is being committed. Say so only
   * where whatever `load` reads is written by commands without this mark, or under a key that both
   * name: everything else is seen as it was before that batch.
   */
  readonly alongside?: boolean;
  /** The first call parks a task; another person of one of these roles approves it. */
  readonly fourEyes?: { readonly approvers: readonly Role[] };
  /** Its answer carries a secret: what was prepared is not kept, and every decision states one. */
  readonly secret?: true;
  readonly contract: z.ZodType<C>;
  /** Who may: one of these roles. Ownership is for `decide` to check, against the state. */
  readonly may: readonly Role[];
  keys(command: C): { readonly reads: readonly Key[]; readonly writes: readonly Key[] };
  /** I/O, crypto, ids, outside the queue and any lock. A refusal here ends the act unjournalled. */
  prepare?(command: C, principal: Principal, partition: number): Promise<F | Refusal>;
  /** One state per question, in order, with one statement per kind of row, whatever the number. */
  load(tx: Tx, partition: number, questions: readonly Loading<C, F>[]): Promise<S[]>;
  /**
   * Whose business it is: the customer that an act is about, whatever becomes of it. It is kept with
   * what opens the act and nowhere else, finds refusals for their holder, and is erased with it.
   */
  subject?(state: S, command: C): string | undefined;
  /** The version that a proposer was shown; if it changed by the time of approval, it is refused. */
  shown?(state: S): string;
  /** Pure: no I/O, no clock, no randomness. */
  decide(question: Question<C, S, F>): Decision | Refusal | RefusalWithChanges;
}

/** How the guard answers a caller. */
export type Outcome =
  | {
      readonly kind: "accepted";
      readonly seq: bigint;
      readonly at: Instant;
      readonly answer: Json;
      readonly secret?: string;
    }
  | { readonly kind: "parked"; readonly task: string; readonly at: Instant }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly seq?: bigint }
  /** The connection was lost at commit and the journal could not be asked: ask again, same id. */
  | { readonly kind: "unknown" };

/** A command on its way in. */
export interface Call {
  readonly partition: number;
  /** Idempotency key within the principal's organisation: 1 to 80 characters of [A-Za-z0-9_.:-]. */
  readonly id: string;
  readonly command: string;
  readonly content: unknown;
  readonly principal: Principal;
}

/** The guard as edges see it. */
export interface Guard {
  act(call: Call): Promise<Outcome>;
}
