/** SQL of contacts. Their addresses are words of people, and are read where those are. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement, type Store, textArray, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { Lang } from "@sandbank/kernel/words";
import type { ContactKind } from "../ports.ts";
import type { ContactState } from "./contact.contract.ts";

export interface ContactRow {
  readonly id: string;
  readonly kind: ContactKind;
  readonly organisation: string;
  readonly person: string | null;
  readonly roles: readonly string[];
  readonly lang: Lang;
  readonly wording: string;
  readonly opened_at: Instant;
  readonly proven_at: Instant | null;
  readonly closed_at: Instant | null;
  readonly state: ContactState;
}

/** A contact as a list shows it, with what became of letters to it. */
export interface ContactShown extends ContactRow {
  readonly waiting: number;
  readonly sent: number;
  readonly given_up: number;
  readonly withdrawn: number;
  readonly failed: string | null;
}

const COLUMNS = `c.id::text as id, c.kind, c.organisation, c.person, c.roles, c.lang,
  c.wording::text as wording, c.opened_at, c.proven_at, c.closed_at, c.state`;

const BY_ID = statement(
  "sandbox.contacts_by_id",
  `select ${COLUMNS} from sandbox.contact c where c.partition = $1 and c.id = any($2::uuid[])`,
);
const OPEN_OF = statement(
  "sandbox.open_contacts_of",
  `select c.organisation, count(*)::int as open from sandbox.contact c
    where c.partition = $1 and c.organisation = any($2::text[]) and c.closed_at is null
    group by c.organisation`,
);
const SHOWN = statement(
  "sandbox.contacts_shown",
  `select ${COLUMNS},
          count(*) filter (where d.state = 'waiting')::int as waiting,
          count(*) filter (where d.state = 'sent')::int as sent,
          count(*) filter (where d.state = 'given_up')::int as given_up,
          count(*) filter (where d.state = 'withdrawn')::int as withdrawn,
          (array_agg(d.reason order by d.settled_at desc) filter (where d.state = 'given_up'))[1]
            as failed
     from sandbox.contact c
     left join sandbox.dispatch d on d.partition = c.partition and d.contact = c.id
    where c.partition = $1 and c.organisation = $2 and (c.person is null or c.person = $3)
    group by c.partition, c.id order by c.opened_at, c.id limit 100`,
);

/** Contacts with these ids, whoever has them. */
export function contactsIn(
  tx: Tx,
  partition: number,
  ids: readonly string[],
): Promise<ContactRow[]> {
  return tx.query<ContactRow>(BY_ID, [partition, uuidArray(ids)]);
}

/** A contact, whoever has it, for what is no command yet. */
export async function findContact(
  store: Store,
  partition: number,
  id: string,
): Promise<ContactRow | undefined> {
  return (await store.query<ContactRow>(BY_ID, [partition, uuidArray([id])]))[0];
}

/** How many contacts of each organisation are open. */
export async function openContactsIn(
  tx: Tx,
  partition: number,
  organisations: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ organisation: string; open: number }>(OPEN_OF, [
    ...[partition, textArray([...new Set(organisations)])],
  ]);
  return new Map(rows.map(({ organisation, open }) => [organisation, open]));
}

/** Contacts of a principal and of his organisation, oldest first, at most 100. */
export function readContacts(
  store: Store,
  partition: number,
  { organisation, id }: Principal,
): Promise<ContactShown[]> {
  return store.query<ContactShown>(SHOWN, [partition, organisation, id]);
}

/** A contact is opened; its roles come as one text with commas, since effects take plain columns. */
export const addContact: Effect<{
  readonly id: string;
  readonly kind: ContactKind;
  readonly organisation: string;
  readonly person: string | null;
  readonly roles: string;
  readonly lang: Lang;
  readonly wording: string;
  readonly opened_by: string;
  readonly opened_at: string;
}> = {
  statement: statement(
    "sandbox.add_contact",
    `insert into sandbox.contact
       (partition, id, kind, organisation, person, roles, lang, wording, opened_by, opened_at)
     select $1, u.id, u.kind, u.organisation, u.person, string_to_array(u.roles, ','), u.lang,
            u.wording, u.opened_by, u.opened_at
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
              $8::uuid[], $9::text[], $10::timestamptz[])
              u(id, kind, organisation, person, roles, lang, wording, opened_by, opened_at)`,
  ),
  columns: [
    ...(["id", "kind", "organisation", "person", "roles", "lang", "wording"] as const),
    ...(["opened_by", "opened_at"] as const),
  ],
};

/** Somebody has proven that the address is his. */
export const proveContactRow: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement(
    "sandbox.prove_contact",
    `update sandbox.contact c set proven_at = u.at
       from unnest($2::uuid[], $3::timestamptz[]) u(id, at)
      where c.partition = $1 and c.id = u.id`,
  ),
  columns: ["id", "at"],
};

export const closeContactRow: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement(
    "sandbox.close_contact",
    `update sandbox.contact c set closed_at = u.at
       from unnest($2::uuid[], $3::timestamptz[]) u(id, at)
      where c.partition = $1 and c.id = u.id`,
  ),
  columns: ["id", "at"],
};
