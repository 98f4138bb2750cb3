/** SQL of dispatches: which contacts a letter goes to, and what became of it at each. */
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { Lang, Text } from "@sandbank/kernel/words";
import type { LetterKind } from "../inbox/inbox.contract.ts";
import type { ContactKind } from "../ports.ts";
import type { DispatchState } from "./dispatch.ts";

/** Most contacts that one letter goes to. */
const CONTACTS_MAX = 1_000;

export interface DispatchRow {
  readonly letter: string;
  readonly contact: string;
  readonly state: DispatchState;
}

/** A letter on its way to a contact, and all that sending it needs. */
export interface Addressed extends DispatchRow {
  readonly kind: LetterKind;
  readonly pilot: string;
  readonly title: Text;
  readonly letter_roles: readonly string[];
  readonly contact_kind: ContactKind;
  readonly lang: Lang;
  readonly organisation: string;
  readonly person: string | null;
  /** The address, or null once it is erased. */
  readonly address: string | null;
}

const CONTACTS_FOR = statement(
  "sandbox.contacts_for_letters",
  `select l.id::text as letter, c.id::text as contact
     from sandbox.letter l
     join sandbox.contact c on c.partition = l.partition and c.state = 'proven'
      and c.roles && l.roles and (l.organisation is null or l.organisation = c.organisation)
    where l.partition = $1 and l.id = any($2::uuid[]) order by c.opened_at, c.id limit $3`,
);
const BY_PAIR = statement(
  "sandbox.dispatches_by_pair",
  `select d.letter::text as letter, d.contact::text as contact, d.state
     from unnest($2::uuid[], $3::uuid[]) u(letter, contact)
     join sandbox.dispatch d on d.partition = $1 and d.letter = u.letter and d.contact = u.contact`,
);
const ADDRESSED = statement(
  "sandbox.dispatch_addressed",
  `select d.letter::text as letter, d.contact::text as contact, d.state, l.kind, l.pilot, l.title,
          l.roles as letter_roles, c.kind as contact_kind, c.lang, c.organisation, c.person,
          w.body as address
     from sandbox.dispatch d
     join sandbox.letter l on l.partition = d.partition and l.id = d.letter
     join sandbox.contact c on c.partition = d.partition and c.id = d.contact
     join sandbox.wording w on w.partition = c.partition and w.id = c.wording
    where d.partition = $1 and d.letter = $2 and d.contact = $3`,
);

type Pair = Pick<DispatchRow, "letter" | "contact">;

/** The proven contacts that these letters are for, by the roles that they were opened with. */
export function contactsForIn(
  tx: Pick<Tx, "query">,
  partition: number,
  letters: readonly string[],
): Promise<Pair[]> {
  return tx.query<Pair>(CONTACTS_FOR, [partition, uuidArray(letters), CONTACTS_MAX]);
}

export function dispatchesIn(
  tx: Tx,
  partition: number,
  pairs: readonly Pair[],
): Promise<DispatchRow[]> {
  const letters = uuidArray(pairs.map(({ letter }) => letter));
  const contacts = uuidArray(pairs.map(({ contact }) => contact));
  return tx.query<DispatchRow>(BY_PAIR, [partition, letters, contacts]);
}

export async function findAddressed(
  store: Store,
  partition: number,
  { letter, contact }: Pair,
): Promise<Addressed | undefined> {
  return (await store.query<Addressed>(ADDRESSED, [partition, letter, contact]))[0];
}

export const addDispatch: Effect<Pair & { readonly at: string }> = {
  statement: statement(
    "sandbox.add_dispatch",
    `insert into sandbox.dispatch (partition, letter, contact, state, at)
     select $1, u.letter, u.contact, 'waiting', u.at
       from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) u(letter, contact, at)`,
  ),
  columns: ["letter", "contact", "at"],
};

export const settleDispatchRow: Effect<
  DispatchRow & { readonly reason: string | null; readonly at: string }
> = {
  statement: statement(
    "sandbox.settle_dispatch",
    `update sandbox.dispatch d set state = u.state, reason = u.reason, settled_at = u.at
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
              u(letter, contact, state, reason, at)
      where d.partition = $1 and d.letter = u.letter and d.contact = u.contact`,
  ),
  columns: ["letter", "contact", "state", "reason", "at"],
};
