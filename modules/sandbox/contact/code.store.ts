/** SQL of the codes that prove addresses. Their digits stand in no row. */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, textArray, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { ContactsAnswer } from "./contact.contract.ts";

export interface CodeRow {
  readonly id: string;
  readonly contact: string;
  readonly digest: string;
  readonly issued: Instant;
  readonly expires: Instant;
  readonly wrong: number;
  /** On its way to the address, as a dispatch is. */
  readonly state: CodeState;
}

type CodeState = NonNullable<ContactsAnswer["contacts"][number]["code"]>["state"];

/** A code that counts against the limits of 24 hours. */
export interface CountedCode {
  readonly organisation: string;
  readonly contact: string;
  readonly issued: Instant;
}

const LATEST = statement(
  "sandbox.latest_contact_codes",
  `select distinct on (k.contact) k.id::text as id, k.contact::text as contact, k.digest, k.issued,
          k.expires, k.wrong, k.state
     from sandbox.contact_code k
    where k.partition = $1 and k.contact = any($2::uuid[])
    order by k.contact, k.issued desc, k.id desc`,
);
const COUNTED = statement(
  "sandbox.counted_contact_codes",
  `select c.organisation, k.contact::text as contact, k.issued
     from sandbox.contact_code k
     join sandbox.contact c on c.partition = k.partition and c.id = k.contact
    where k.partition = $1 and k.issued > $2 and c.organisation = any($3::text[])`,
);

/** The latest code of each of these contacts, where one was asked for. */
export async function latestCodesIn(
  tx: Pick<Tx, "query">,
  partition: number,
  contacts: readonly string[],
): Promise<Map<string, CodeRow>> {
  const rows = await tx.query<CodeRow>(LATEST, [partition, uuidArray(contacts)]);
  return new Map(rows.map((row) => [row.contact, row]));
}

/** Codes of these organisations that were issued after an instant. */
export function countedCodesIn(
  tx: Tx,
  partition: number,
  of: { readonly organisations: readonly string[]; readonly after: Instant },
): Promise<CountedCode[]> {
  const organisations = textArray([...new Set(of.organisations)]);
  return tx.query<CountedCode>(COUNTED, [partition, toIso(of.after), organisations]);
}

/** A code is issued, and waits to be sent. */
export const addCode: Effect<{
  readonly id: string;
  readonly contact: string;
  readonly digest: string;
  readonly issued: string;
  readonly expires: string;
  readonly at: string;
}> = {
  statement: statement(
    "sandbox.add_contact_code",
    `insert into sandbox.contact_code (partition, id, contact, digest, issued, expires, state, at)
     select $1, u.id, u.contact, u.digest, u.issued, u.expires, 'waiting', u.at
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[],
              $7::timestamptz[]) u(id, contact, digest, issued, expires, at)`,
  ),
  columns: ["id", "contact", "digest", "issued", "expires", "at"],
};

/** Something else than the code was typed in. */
export const countWrong: Effect<{ readonly id: string }> = {
  statement: statement(
    "sandbox.count_wrong_code",
    `update sandbox.contact_code k set wrong = k.wrong + 1 from unnest($2::uuid[]) u(id)
      where k.partition = $1 and k.id = u.id`,
  ),
  columns: ["id"],
};

/** The code was typed in, by the machine's clock. */
export const useCode: Effect<{ readonly id: string; readonly at: string }> = {
  statement: statement(
    "sandbox.use_contact_code",
    `update sandbox.contact_code k set used_at = u.at
       from unnest($2::uuid[], $3::timestamptz[]) u(id, at)
      where k.partition = $1 and k.id = u.id`,
  ),
  columns: ["id", "at"],
};
