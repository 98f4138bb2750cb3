/** Captures and refunds as the settlement of their day counts them. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement } from "@sandbank/kernel/store";

/** One capture or refund. */
export interface Movement {
  readonly id: string;
  readonly kind: "capture" | "refund";
  readonly payment: string;
  readonly merchant: string;
  readonly scene: string;
  /** Fen. */
  readonly amount: bigint;
}

export const addMovement: Effect<
  Movement & { readonly trid: string; readonly day: string; readonly at: string }
> = {
  statement: statement(
    "tokens.add_movement",
    `insert into tokens.movement
       (partition, id, kind, payment, trid, merchant, scene, amount, day, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[],
       $8::int8[], $9::date[], $10::timestamptz[])`,
  ),
  columns: ["id", "kind", "payment", "trid", "merchant", "scene", "amount", "day", "at"],
};
