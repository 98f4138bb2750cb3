/** SQL of letters and of who has read them; both are appended, never changed. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement, type Store, textArray, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { LetterKind } from "./inbox.contract.ts";

export interface LetterRow {
  readonly id: string;
  readonly kind: LetterKind;
  readonly roles: readonly string[];
  readonly organisation: string | null;
  readonly pilot: string;
  readonly about: string;
  readonly title: Text;
  readonly at: Instant;
  readonly read: boolean;
}

const COLUMNS = `l.id::text as id, l.kind, l.roles, l.organisation, l.pilot, l.about::text as about,
  l.title, l.at`;

const BY_ID = statement(
  "sandbox.letters_by_id",
  `select ${COLUMNS}, exists (select from sandbox.letter_read r
            where r.partition = l.partition and r.letter = l.id and r.person = u.person) as read
     from unnest($2::uuid[], $3::text[]) with ordinality u(id, person, nth)
     left join sandbox.letter l on l.partition = $1 and l.id = u.id order by u.nth`,
);
const OF_PERSON = statement(
  "sandbox.letters_of_person",
  `select ${COLUMNS}, exists (select from sandbox.letter_read r
            where r.partition = l.partition and r.letter = l.id and r.person = $4) as read
     from sandbox.letter l
    where l.partition = $1 and l.roles && $2::text[]
      and (l.organisation is null or l.organisation = $3)
    order by l.at desc, l.id desc limit $5`,
);

/** Each letter as each person finds it, in order; undefined where there is none. */
export async function lettersIn(
  tx: Tx,
  partition: number,
  asked: readonly { readonly letter: string; readonly person: string }[],
): Promise<(LetterRow | undefined)[]> {
  const ids = uuidArray(asked.map(({ letter }) => letter));
  const people = textArray(asked.map(({ person }) => person));
  const rows = await tx.query<Omit<LetterRow, "id"> & { readonly id: string | null }>(BY_ID, [
    ...[partition, ids, people],
  ]);
  return rows.map(({ id, ...row }) => (id === null ? undefined : { id, ...row }));
}

/** The letters for a principal, latest first. */
export function readLetters(
  store: Store,
  partition: number,
  of: { readonly principal: Principal; readonly most: number },
): Promise<LetterRow[]> {
  const { roles, organisation, id } = of.principal;
  return store.query<LetterRow>(OF_PERSON, [
    ...[partition, textArray(roles), organisation, id, of.most],
  ]);
}

/** A letter is written; its roles come as one text with commas, since effects take plain columns. */
export const putLetter: Effect<{
  readonly id: string;
  readonly kind: LetterKind;
  readonly roles: string;
  readonly organisation: string | null;
  readonly pilot: string;
  readonly about: string;
  readonly title: Text;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.put_letter",
    `insert into sandbox.letter (partition, id, kind, roles, organisation, pilot, about, title, at)
     select $1, u.id, u.kind, string_to_array(u.roles, ','), u.organisation, u.pilot, u.about,
            u.title, u.at
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[],
              $8::jsonb[], $9::timestamptz[])
              u(id, kind, roles, organisation, pilot, about, title, at)`,
  ),
  columns: ["id", "kind", "roles", "organisation", "pilot", "about", "title", "at"],
};

/** A person has read a letter. */
export const markRead: Effect<{
  readonly letter: string;
  readonly person: string;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.mark_letter_read",
    `insert into sandbox.letter_read (partition, letter, person, at)
     select $1, * from unnest($2::uuid[], $3::text[], $4::timestamptz[])`,
  ),
  columns: ["letter", "person", "at"],
};
