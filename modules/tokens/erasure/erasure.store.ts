/** What the module's tables hold of one holder, and taking it away. */
import { type Effect } from "@sandbank/kernel/guard";
import { statement, textArray, type Tx } from "@sandbank/kernel/store";

const HELD = statement(
  "tokens.held_of",
  `select h.holder,
          array(select c.id::text from tokens.card c
                 where c.partition = $1 and c.holder = h.holder order by c.id) as cards,
          exists (select from tokens.token t
                   where t.partition = $1 and t.holder = h.holder and t.state = 'live') as live
     from unnest($2::text[]) h(holder)`,
);

/** What there is of a holder. */
export interface Held {
  readonly holder: string;
  readonly cards: readonly string[];
  /** True while a token could still pay. */
  readonly live: boolean;
}

export async function heldIn(
  tx: Tx,
  partition: number,
  holders: readonly string[],
): Promise<ReadonlyMap<string, Held>> {
  const rows = await tx.query<Held>(HELD, [partition, textArray([...new Set(holders)])]);
  return new Map(rows.map((row) => [row.holder, row]));
}

/** Cards lose name, reference and face and close; tokens lose the name; declines go. */
export const eraseHolder: Effect<{ readonly holder: string }> = {
  statement: statement(
    "tokens.erase_holder",
    `with cards as (
       update tokens.card c set holder = 'erased', par = rpad('ERASED', 29, '0'), last4 = '0000',
              bin = '000000', state = 'closed'
        where c.partition = $1 and c.holder = any($2::text[])),
     declines as (
       delete from tokens.decline d where d.partition = $1 and d.holder = any($2::text[]))
     update tokens.token t set holder = 'erased'
      where t.partition = $1 and t.holder = any($2::text[])`,
  ),
  columns: ["holder"],
};

/** Payments lose name and order; what was paid where, and when, stays. */
export const erasePayment: Effect<{ readonly id: string }> = {
  statement: statement(
    "tokens.erase_payment",
    `update tokens.authorisation a set holder = 'erased', reference = 'erased'
      where a.partition = $1 and a.id = any($2::uuid[])`,
  ),
  columns: ["id"],
};
