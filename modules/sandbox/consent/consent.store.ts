/** SQL of consents, in the partition of their pilot; appended, never changed. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Tx } from "@sandbank/kernel/store";

/** Whose customer. */
export interface CustomerName {
  readonly organisation: string;
  readonly customer: string;
}

/** A consent is recorded; told twice it is one. */
export const addConsent: Effect<
  CustomerName & { readonly version: number; readonly at: string; readonly channel: string }
> = {
  statement: statement(
    "sandbox.add_consent",
    `insert into sandbox.consent (partition, organisation, customer, version, at, channel)
     select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::timestamptz[], $6::text[])
     on conflict do nothing`,
  ),
  columns: ["organisation", "customer", "version", "at", "channel"],
};

const LATEST = statement(
  "sandbox.consents",
  `select organisation, customer, max(version) as version from sandbox.consent
    where partition = $1 and organisation = any($2::text[]) and customer = any($3::text[])
    group by organisation, customer`,
);

/** The latest version that each customer consented to, in the order asked; undefined for none. */
export async function consentsIn(
  tx: Tx,
  partition: number,
  names: readonly (CustomerName | undefined)[],
): Promise<(number | undefined)[]> {
  const known = names.filter((name) => name !== undefined);
  if (known.length === 0) return names.map(() => undefined);
  const organisations = [...new Set(known.map((name) => name.organisation))];
  const customers = [...new Set(known.map((name) => name.customer))];
  const rows = await tx.query<CustomerName & { version: number }>(LATEST, [
    ...[partition, organisations, customers],
  ]);
  const found = new Map(rows.map((row) => [`${row.organisation} ${row.customer}`, row.version]));
  return names.map((name) => name && found.get(`${name.organisation} ${name.customer}`));
}
