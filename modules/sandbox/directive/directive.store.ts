/** SQL of directives. A row appears when a directive is in force and ends when it is lifted. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";

export interface DirectiveRow {
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly kind: "suspension" | "restriction";
  readonly status: "in_force" | "effective" | "lifted";
  readonly closes: readonly ("OPEN" | "USE")[];
  readonly lowers: readonly { readonly limit: string; readonly cap: string }[];
  readonly reason: Text;
  readonly lifted_when: Text;
  readonly policy: number;
  readonly in_force_at: Instant;
  readonly effective_at: Instant | null;
  readonly lifted_at: Instant | null;
}

const OF_PILOTS = statement(
  "sandbox.directives_of_pilots",
  `select id::text as id, pilot, number, kind, status, closes, lowers, reason, lifted_when, policy,
          in_force_at,
          effective_at,
          lifted_at
     from sandbox.directive where partition = $1 and pilot = any($2::text[])
    order by pilot, number limit 5000`,
);

/** The directives of these pilots, oldest first. */
export function directivesIn(
  tx: Tx,
  partition: number,
  pilots: readonly string[],
): Promise<DirectiveRow[]> {
  return tx.query<DirectiveRow>(OF_PILOTS, [partition, pilots]);
}

/** The same outside a transaction. */
export function readDirectives(
  store: Store,
  partition: number,
  pilots: readonly string[],
): Promise<DirectiveRow[]> {
  return store.query<DirectiveRow>(OF_PILOTS, [partition, pilots]);
}

export interface IssuedDirective {
  readonly id: string;
  readonly pilot: string;
  readonly number: number;
  readonly kind: "suspension" | "restriction";
  readonly closes: string;
  readonly lowers: string;
  readonly reason: Text;
  readonly lifted_when: Text;
  readonly policy: number;
  readonly in_force_at: string;
}

/** A directive comes into force. Its two lists travel as JSON text. */
export const issueDirective: Effect<IssuedDirective> = {
  statement: statement(
    "sandbox.issue_directive",
    `insert into sandbox.directive (partition, id, pilot, number, kind, status, closes, lowers,
       reason, lifted_when, policy, in_force_at)
     select $1, u.id, u.pilot, u.number, u.kind, 'in_force', u.closes, u.lowers, u.reason,
            u.lifted_when, u.policy, u.at
       from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::jsonb[], $7::jsonb[],
              $8::jsonb[], $9::jsonb[], $10::int[], $11::timestamptz[])
              u(id, pilot, number, kind, closes, lowers, reason, lifted_when, policy, at)`,
  ),
  columns: [
    "id",
    "pilot",
    "number",
    "kind",
    "closes",
    "lowers",
    "reason",
    "lifted_when",
    "policy",
    "in_force_at",
  ],
};

/** Every partition obeys it. */
export const makeEffective: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement(
    "sandbox.make_effective",
    `update sandbox.directive d set status = 'effective', effective_at = u.at
       from unnest($2::uuid[], $3::timestamptz[]) u(id, at)
      where d.partition = $1 and d.id = u.id`,
  ),
  columns: ["id", "at"],
};

/** It is lifted. */
export const liftDirective: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement(
    "sandbox.lift_directive",
    `update sandbox.directive d set status = 'lifted', lifted_at = u.at
       from unnest($2::uuid[], $3::timestamptz[]) u(id, at)
      where d.partition = $1 and d.id = u.id`,
  ),
  columns: ["id", "at"],
};
