/** SQL of codes on their way to the address that they are to prove, and what became of each. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store, type Tx, uuidArray } from "@sandbank/kernel/store";
import type { Lang } from "@sandbank/kernel/words";
import type { ContactKind } from "../ports.ts";
import type { DispatchState } from "./dispatch.ts";

interface SentCode {
  readonly code: string;
  readonly state: DispatchState;
}

/** A code on its way, and all that sending it needs but its digits. */
export interface AddressedCode extends SentCode {
  readonly expires: Instant;
  /** False once another was asked for. */
  readonly latest: boolean;
  readonly kind: ContactKind;
  readonly lang: Lang;
  /** The address, or null once it is erased. */
  readonly address: string | null;
}

const BY_ID = statement(
  "sandbox.code_dispatches_by_id",
  `select k.id::text as code, k.state from sandbox.contact_code k
    where k.partition = $1 and k.id = any($2::uuid[])`,
);
const ADDRESSED = statement(
  "sandbox.code_addressed",
  `select k.id::text as code, k.state, k.expires, c.kind, c.lang, w.body as address,
          not exists (select 1 from sandbox.contact_code n
                       where n.partition = k.partition and n.contact = k.contact
                         and (n.issued, n.id) > (k.issued, k.id)) as latest
     from sandbox.contact_code k
     join sandbox.contact c on c.partition = k.partition and c.id = k.contact
     join sandbox.wording w on w.partition = c.partition and w.id = c.wording
    where k.partition = $1 and k.id = $2`,
);

export async function codeDispatchesIn(
  tx: Tx,
  partition: number,
  codes: readonly string[],
): Promise<Map<string, SentCode>> {
  const rows = await tx.query<SentCode>(BY_ID, [partition, uuidArray(codes)]);
  return new Map(rows.map((row) => [row.code, row]));
}

export async function findAddressedCode(
  store: Store,
  partition: number,
  code: string,
): Promise<AddressedCode | undefined> {
  return (await store.query<AddressedCode>(ADDRESSED, [partition, code]))[0];
}

export const settleCodeRow: Effect<
  SentCode & { readonly reason: string | null; readonly at: string }
> = {
  statement: statement(
    "sandbox.settle_code",
    `update sandbox.contact_code k set state = u.state, reason = u.reason, settled_at = u.at
       from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
              u(code, state, reason, at)
      where k.partition = $1 and k.id = u.code`,
  ),
  columns: ["code", "state", "reason", "at"],
};
