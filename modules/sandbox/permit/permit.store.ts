/** SQL of permits, in the partition of the pilot that they belong to. */
import type { CommandClass, Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx } from "@sandbank/kernel/store";
import type { KeptState, Permit } from "./permit.ts";

const PERMITS = statement(
  "sandbox.permits",
  `select organisation, id, act, class, customer, amount, currency, region, channel, partner,
          merchant, product, confirmed, given_back, state, at, expires
     from sandbox.permit
    where partition = $1 and organisation = any($2::text[]) and id = any($3::text[])`,
);

/** Whose permit: ids are unique within the organisation that chose them. */
export interface PermitName {
  readonly organisation: string;
  readonly id: string;
}

/** The permits of these names that exist, in the order asked. */
export async function permitsIn(
  tx: Tx,
  partition: number,
  names: readonly PermitName[],
): Promise<(Permit | undefined)[]> {
  const organisations = [...new Set(names.map((name) => name.organisation))];
  const ids = [...new Set(names.map((name) => name.id))];
  const rows = await tx.query<Permit>(PERMITS, [partition, organisations, ids]);
  const found = new Map(rows.map((row) => [`${row.organisation} ${row.id}`, row]));
  return names.map(({ organisation, id }) => found.get(`${organisation} ${id}`));
}

/** One permit for a reader, or undefined. */
export async function findPermit(
  store: Store,
  partition: number,
  { organisation, id }: PermitName,
): Promise<Permit | undefined> {
  const [row] = await store.query<Permit>(PERMITS, [partition, [organisation], [id]]);
  return row;
}

export interface NewPermit extends PermitName {
  readonly act: string;
  readonly class: CommandClass;
  readonly customer: string | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly region: string | null;
  readonly channel: string | null;
  readonly partner: string | null;
  readonly merchant: string | null;
  readonly product: string | null;
  readonly at: string;
  readonly expires: string;
}

/** A permit is reserved. */
export const addPermit: Effect<NewPermit> = {
  statement: statement(
    "sandbox.add_permit",
    `insert into sandbox.permit (partition, organisation, id, act, class, customer, amount, currency,
       region, channel, partner, merchant, product, at, expires)
     select $1, n.*
       from unnest($2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::int8[],
         $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
         $14::timestamptz[], $15::timestamptz[]) n`,
  ),
  columns: [
    ...(["organisation", "id", "act", "class", "customer", "amount", "currency"] as const),
    ...(["region", "channel", "partner", "merchant", "product", "at", "expires"] as const),
  ],
};

/** A permit is confirmed, cancelled, closed, or gets something back. */
export const putPermit: Effect<
  PermitName & {
    readonly state: KeptState;
    readonly confirmed: bigint;
    readonly given_back: bigint;
  }
> = {
  statement: statement(
    "sandbox.put_permit",
    `update sandbox.permit p
        set state = n.state, confirmed = n.confirmed, given_back = n.given_back
       from unnest($2::text[], $3::text[], $4::text[], $5::int8[], $6::int8[])
              n(organisation, id, state, confirmed, given_back)
      where p.partition = $1 and p.organisation = n.organisation and p.id = n.id`,
  ),
  columns: ["organisation", "id", "state", "confirmed", "given_back"],
};
