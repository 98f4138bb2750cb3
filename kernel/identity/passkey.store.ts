/** SQL of passkeys and of the challenges that they answer. */
import { type Instant, toIso } from "../clock/index.ts";
import { type Tx, statement } from "../store/index.ts";

const INSERT_CHALLENGE = statement(
  "identity.insert_challenge",
  `insert into identity.challenge (hash, purpose, person, created, expires)
   values ($1, $2, $3::uuid, $4::timestamptz, $5::timestamptz)`,
);
const SPEND_CHALLENGE = statement(
  "identity.spend_challenge",
  `update identity.challenge set used_at = $3::timestamptz
    where hash = $1 and purpose = $2 and used_at is null and expires > $3::timestamptz
   returning person`,
);
const INSERT_PASSKEY = statement(
  "identity.insert_passkey",
  `insert into identity.passkey
     (id, person, public_key, counter, transports, backed_up, name, created, state)
   values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, 'active')
   on conflict (id) do nothing returning id`,
);
const FIND_PASSKEY = statement(
  "identity.find_passkey",
  `select k.id, k.person, k.public_key, k.counter, k.transports
     from identity.passkey k
     join identity.person p on p.id = k.person
     join identity.organisation o on o.id = p.organisation
    where k.id = $1 and k.state = 'active' and p.state = 'active' and o.state = 'active'`,
);
const LIST_PASSKEYS = statement(
  "identity.list_passkeys",
  `select id, name, transports, created, last_used from identity.passkey
    where person = $1 and state = 'active' order by created limit 50`,
);
const USE_PASSKEY = statement(
  "identity.use_passkey",
  `update identity.passkey set counter = $2, backed_up = $3, last_used = $4::timestamptz
    where id = $1 and state = 'active' and (counter < $2 or (counter = 0 and $2 = 0))
   returning id`,
);
const REVOKE_PASSKEY = statement(
  "identity.revoke_passkey",
  "update identity.passkey set state = 'revoked' where id = $1 and person = $2 returning id",
);

export type ChallengePurpose = "register" | "sign_in" | "step_up";

export interface PasskeyRow {
  readonly id: string;
  readonly person: string;
  readonly public_key: Uint8Array;
  readonly counter: bigint;
  readonly transports: string[];
}

/** A passkey as its owner sees it. */
export interface PasskeyShown {
  readonly id: string;
  readonly name: string;
  readonly transports: readonly string[];
  readonly created: Instant;
  readonly last_used: Instant | null;
}

export async function insertChallenge(
  store: Pick<Tx, "query">,
  made: {
    readonly hash: Buffer;
    readonly purpose: ChallengePurpose;
    readonly person?: string;
    readonly created: Instant;
    readonly expires: Instant;
  },
): Promise<void> {
  const times = [toIso(made.created), toIso(made.expires)];
  const values = [made.hash, made.purpose, made.person ?? null, ...times];
  await store.query(INSERT_CHALLENGE, values);
}

/** Spends a challenge, right answer or wrong: each is good for one try. */
export async function spendChallenge(
  store: Pick<Tx, "query">,
  spent: { readonly hash: Buffer; readonly purpose: ChallengePurpose; readonly now: Instant },
): Promise<{ readonly person: string | null } | undefined> {
  const values = [spent.hash, spent.purpose, toIso(spent.now)];
  return (await store.query<{ person: string | null }>(SPEND_CHALLENGE, values))[0];
}

/** False if a passkey of this id is registered already. */
export async function insertPasskeyIn(
  tx: Pick<Tx, "query">,
  made: PasskeyRow & { readonly backedUp: boolean; readonly name: string; readonly now: Instant },
): Promise<boolean> {
  const key = [made.id, made.person, Buffer.from(made.public_key), made.counter, made.transports];
  const rows = await tx.query(INSERT_PASSKEY, [...key, made.backedUp, made.name, toIso(made.now)]);
  return rows.length === 1;
}

export async function findPasskey(
  store: Pick<Tx, "query">,
  id: string,
): Promise<PasskeyRow | undefined> {
  return (await store.query<PasskeyRow>(FIND_PASSKEY, [id]))[0];
}

export async function listPasskeys(
  store: Pick<Tx, "query">,
  person: string,
): Promise<PasskeyShown[]> {
  return store.query<PasskeyShown>(LIST_PASSKEYS, [person]);
}

/** Counts a use. False if the counter did not move on: the mark of a copied authenticator. */
export async function usePasskey(
  store: Pick<Tx, "query">,
  used: {
    readonly id: string;
    readonly counter: number;
    readonly backedUp: boolean;
    readonly now: Instant;
  },
): Promise<boolean> {
  const values = [used.id, used.counter, used.backedUp, toIso(used.now)];
  return (await store.query(USE_PASSKEY, values)).length === 1;
}

export async function revokePasskeyRow(
  store: Pick<Tx, "query">,
  which: { readonly id: string; readonly person: string },
): Promise<boolean> {
  return (await store.query(REVOKE_PASSKEY, [which.id, which.person])).length === 1;
}
