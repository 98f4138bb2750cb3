/** Looks in the vault's schema: the cards they open, the quotas they spend, the record they leave. */
import type { Instant } from "@sandbank/kernel/clock";
import {
  int8Array,
  statement,
  type Store,
  textArray,
  timestamptz,
  type Tx,
  uuidArray,
} from "@sandbank/kernel/store";
import { VAULT_PARTITION } from "./key.store.ts";
import { type CardPlace, placeColumns, type SealedCard } from "./vault.store.ts";

const CARDS_IN_ORDER = statement(
  "vault.cards_in_order",
  `select k.nth, c.ref::text as ref, c.key, c.iv, c.sealed, c.commitment, c.expiry
     from unnest($1::int[], $2::uuid[]) with ordinality k(home, ref, nth)
     join vault.card c on c.partition = k.home and c.ref = k.ref`,
);

/** The cards of several looks, look by look in the order asked; what is not there is left out. */
export async function cardsOfLooksIn(
  tx: Tx,
  looks: readonly (readonly CardPlace[])[],
): Promise<SealedCard[][]> {
  const places = looks.flat();
  const rows = await tx.query<SealedCard & { nth: bigint }>(CARDS_IN_ORDER, placeColumns(places));
  const found = places.map((): SealedCard | undefined => undefined);
  for (const row of rows) found[Number(row.nth) - 1] = row;
  let from = 0;
  return looks.map(({ length }) =>
    found.slice(from, (from += length)).filter((card) => card !== undefined),
  );
}

/** What is asked of one quota. */
export interface Quota {
  readonly principal: string;
  readonly purpose: string;
  readonly used: number;
  readonly cap: number;
}

const SPEND = statement(
  "vault.spend_quotas",
  `insert into vault.quota as q (partition, principal, purpose, day, used, cap)
   select $1, k.principal, k.purpose, $2::date, k.used, k.cap
     from unnest($3::text[], $4::text[], $5::int8[], $6::int8[]) k(principal, purpose, used, cap)
    where k.used <= k.cap
   on conflict (partition, principal, purpose, day)
     do update set used = q.used + excluded.used, cap = excluded.cap
     where q.used + excluded.used <= excluded.cap
   returning principal, purpose`,
);

/** Takes quotas, each whole or not at all; answers the names of those that sufficed. */
export async function spendQuotasIn(
  tx: Tx,
  day: string,
  quotas: readonly (readonly [string, Quota])[],
): Promise<Set<string>> {
  const asked = quotas.map(([, quota]) => quota);
  const taken = await tx.query<{ principal: string; purpose: string }>(SPEND, [
    ...[VAULT_PARTITION, day],
    textArray(asked.map(({ principal }) => principal)),
    textArray(asked.map(({ purpose }) => purpose)),
    int8Array(asked.map(({ used }) => used)),
    int8Array(asked.map(({ cap }) => cap)),
  ]);
  const has = (quota: Quota) =>
    taken.some((one) => one.principal === quota.principal && one.purpose === quota.purpose);
  return new Set(quotas.filter(([, quota]) => has(quota)).map(([name]) => name));
}

const QUOTAS = statement(
  "vault.quotas_of_day",
  `select principal, purpose, used, cap from vault.quota
    where partition = $1 and day = $2::date order by used desc, principal, purpose limit $3`,
);

/** How much of each quota a day has taken, the most used first. */
export function quotasOfDay(store: Store, day: string, most: number): Promise<QuotaUse[]> {
  return store.query<QuotaUse>(QUOTAS, [VAULT_PARTITION, day, most]);
}

export interface QuotaUse {
  readonly principal: string;
  readonly purpose: string;
  readonly used: bigint;
  readonly cap: bigint;
}

/** One look at card numbers: who, what for, which. */
export interface Sight {
  readonly id: string;
  readonly principal: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly refs: readonly string[];
}

const RECORD = statement(
  "vault.record_sights",
  `insert into vault.sight (partition, id, at, principal, organisation, purpose, refs)
   select $1, k.id, $2::timestamptz, k.principal, k.organisation, k.purpose, k.refs::uuid[]
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
       k(id, principal, organisation, purpose, refs)`,
);

/** Writes looks down. */
export function recordSightsIn(tx: Tx, at: Instant, sights: readonly Sight[]): Promise<unknown> {
  const texts = (of: (sight: Sight) => string) => textArray(sights.map(of));
  return tx.query(RECORD, [
    ...[VAULT_PARTITION, timestamptz(at)],
    uuidArray(sights.map(({ id }) => id)),
    texts(({ principal }) => principal),
    texts(({ organisation }) => organisation),
    texts(({ purpose }) => purpose),
    texts(({ refs }) => uuidArray(refs)),
  ]);
}

const KNOWN = statement(
  "vault.find_sight",
  "select id from vault.sight where partition = $1 and id = $2",
);

/** True if a look of this id was written down. */
export async function isSight(store: Store, id: string): Promise<boolean> {
  return (await store.query(KNOWN, [VAULT_PARTITION, id])).length === 1;
}
