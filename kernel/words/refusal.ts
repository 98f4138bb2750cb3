/**
 * A refusal is the expected "no" of the business: a value with a code, never an exception. Each part
 * declares its codes in one table, in order of precedence, with the sentence and the remedy in zh
 * and en. This file knows no transport: the six categories are mapped to statuses by kernel/http.
 */
import type { Text } from "./text.ts";

/** The six kinds of "no". Transport status follows from the category alone, never from the code. */
export type Category =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "absent"
  | "conflicting"
  | "exhausted";

/** What a table says of one code. Texts may name parameters as `{name}`. */
export interface RefusalEntry {
  readonly category: Category;
  readonly text: Text;
  readonly remedy: Text;
}

/** One limit or check that failed, in the order of the clauses that it cites. */
export interface Failed {
  readonly code: string;
  /** The limit or check, as the policy or the control names it: `pilot_day_amount`, `token_month`. */
  readonly limit?: string;
  readonly unit?: "fen" | "count";
  readonly used?: bigint;
  readonly cap?: bigint;
  readonly asked?: bigint;
  /** The clause of the declaration, or the version of the control, that sets the limit. */
  readonly clause?: string;
}

/** The "no" itself. `code` is the first that failed by precedence; `failed` lists them all. */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly category: Category;
  readonly failed: readonly Failed[];
  /** JSON pointer of the field at fault, where one is. */
  readonly field?: string;
  readonly params?: Readonly<Record<string, string>>;
}

const registry = new Map<string, RefusalEntry & { readonly part: string; readonly rank: number }>();

export interface RefusalDetail {
  readonly failed?: readonly Failed[];
  readonly field?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/**
 * Declares the refusals of one part and returns its `refuse`. Codes are sentences in snake_case,
 * unique in the whole project; declaring one twice is a bug and throws.
 */
export function declareRefusals<const T extends Readonly<Record<string, RefusalEntry>>>(
  part: string,
  table: T,
): (code: keyof T & string, detail?: RefusalDetail) => Refusal {
  let rank = 0;
  for (const [code, entry] of Object.entries(table)) {
    if (registry.has(code)) throw new Error(`refusal code declared twice: ${code}`);
    registry.set(code, { ...entry, part, rank: rank++ });
  }
  return (code, detail = {}) => {
    const entry = table[code];
    if (!entry) throw new Error(`refusal code not declared: ${code}`);
    return { refused: true, code, category: entry.category, failed: [], ...detail };
  };
}

/** True if the value is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && (value as Refusal).refused === true;
}

/** What the tables say of a code, or undefined for an unknown code. */
export function refusalEntry(code: string): RefusalEntry | undefined {
  return registry.get(code);
}

/** Every declared code with its part, for docs, tests and the list in the reference. */
export function allRefusals(): readonly (RefusalEntry & {
  readonly code: string;
  readonly part: string;
})[] {
  return [...registry].map(([code, entry]) => ({ code, ...entry }));
}
