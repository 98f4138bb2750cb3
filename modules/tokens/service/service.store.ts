/** Finding holders by what they say of themselves. */
import { addDays, isCalendarDate, shanghaiMidnight, toIso } from "@sandbank/kernel/clock";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { NewService } from "../service.contract.ts";

/** Each word that was said narrows; one that was not said does not. Two are as bad as many. */
const SAID = statement(
  "tokens.holders_said",
  `select distinct c.holder from tokens.card c
    where c.partition = $1 and c.holder <> 'erased'
      and ($2::text is null or c.holder = $2)
      and ($3::text is null or c.last4 = $3)
      and ($4::text is null or exists (
            select from tokens.token t
             where t.partition = $1 and t.holder = c.holder and right(t.number, 4) = $4))
      and ($5::text is null or exists (
            select from tokens.authorisation a
             where a.partition = $1 and a.holder = c.holder and a.merchant = $5 and a.amount = $6::int8
               and a.at >= $7::timestamptz and a.at < $8::timestamptz))
    limit 2`,
);
function valuesOf(partition: number, said: NewService["said"]) {
  const { holder = null, card = null, token = null, payment } = said;
  const { merchant = null, amount = null, day = "" } = payment ?? {};
  // A day that no calendar has fits no payment.
  const from = isCalendarDate(day) ? shanghaiMidnight(day) : undefined;
  const to = isCalendarDate(day) ? shanghaiMidnight(addDays(day, 1)) : undefined;
  const span = [from === undefined ? null : toIso(from), to === undefined ? null : toIso(to)];
  return [partition, holder, card, token, merchant, amount, ...span];
}

/** The holders whom the words fit, at most two. */
export async function holdersSaidIn(
  tx: Tx | Store,
  partition: number,
  said: NewService["said"],
): Promise<string[]> {
  const rows = await tx.query<{ readonly holder: string }>(SAID, valuesOf(partition, said));
  return rows.map(({ holder }) => holder);
}
