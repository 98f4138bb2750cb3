/** What misuse is counted over and shown with: authorised payments by day, and numbers of tokens. */
import type { CalendarDate, Instant } from "@sandbank/kernel/clock";
import { toIso } from "@sandbank/kernel/clock";
import { statement, type Store, textArray, uuidArray } from "@sandbank/kernel/store";

const AUTHORISED = statement(
  "tokens.authorised_by_day",
  `select (a.at at time zone 'Asia/Shanghai')::date as day, count(*) as n
     from tokens.authorisation a
    where a.partition = any($1::int[]) and a.at >= $2 and a.at < $3 group by 1`,
);
const NAMED = statement(
  "tokens.named_tokens",
  `select id, number from tokens.token where partition = $1 and number = any($2::text[])
   union
   select id, number from tokens.token where partition = $1 and id = any($3::uuid[])`,
);

/** Payments by the day on which they were authorised, or raised last. */
export async function findAuthorised(
  store: Store,
  partitions: readonly number[],
  span: { readonly since: Instant; readonly until: Instant },
): Promise<ReadonlyMap<CalendarDate, bigint>> {
  const values = [`{${partitions.join(",")}}`, toIso(span.since), toIso(span.until)];
  const rows = await store.query<{ readonly day: CalendarDate; readonly n: bigint }>(
    AUTHORISED,
    values,
  );
  return new Map(rows.map(({ day, n }) => [day, n]));
}

/** A token by both of its names. */
export interface NamedToken {
  readonly id: string;
  readonly number: string;
}

/** The tokens of these numbers and ids that there are. */
export function findNamed(
  store: Store,
  partition: number,
  by: { readonly numbers: Iterable<string>; readonly ids: Iterable<string> },
): Promise<NamedToken[]> {
  const values = [textArray([...new Set(by.numbers)]), uuidArray([...new Set(by.ids)])];
  return store.query<NamedToken>(NAMED, [partition, ...values]);
}
