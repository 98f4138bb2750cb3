/** SQL of keys, sessions and one-time links. Every secret is looked up by its digest. */
import assert from "node:assert/strict";
import { type Instant, toIso } from "../clock/index.ts";
import { type Store, type Tx, statement } from "../store/index.ts";
import type { Lang } from "../words/index.ts";
import type { Face, OrganisationKind } from "./party.ts";
import type { Role } from "./principal.ts";

const INSERT_KEY = statement(
  "identity.insert_key",
  `with line as (
     insert into identity.key_line (id, organisation, name) values ($1, $4, $5)
     on conflict (organisation, name) do update set name = excluded.name returning id)
   insert into identity.api_key
     (id, secret_hash, prefix, organisation, name, roles, created, expires, state, line)
   select $1, $2, $3, $4, $5, $6, $7::timestamptz, $8::timestamptz, 'active', line.id from line
   returning line`,
);
const FIND_KEY = statement(
  "identity.find_key",
  `select k.line, k.secret_hash, k.organisation, k.roles, k.expires
     from identity.api_key k join identity.organisation o on o.id = k.organisation
    where k.secret_hash = $1 and k.state = 'active' and o.state = 'active'`,
);
const ROLES_OF_LINE = statement(
  "identity.roles_of_line",
  `select distinct r.role
     from identity.api_key k join identity.organisation o on o.id = k.organisation
     cross join unnest(k.roles) r(role)
    where k.line = $1 and k.state = 'active' and o.state = 'active' and k.expires > $2::timestamptz
    union
   select r.role
     from identity.request_key k join identity.organisation o on o.id = k.organisation
     cross join unnest(k.roles) r(role)
    where k.line = $1 and k.ended is null and o.state = 'active' and k.expires > $2::timestamptz`,
);
const REVOKE_KEY = statement(
  "identity.revoke_key",
  `update identity.api_key set state = 'revoked' where id = $1 and state = 'active'
   returning secret_hash`,
);
const REVOKE_KEYS_NAMED = statement(
  "identity.revoke_keys_named",
  `update identity.api_key set state = 'revoked'
    where organisation = $1 and name = $2 and state = 'active'`,
);
const LIST_KEYS = statement(
  "identity.list_keys",
  `select id, prefix, name, roles, created, expires, state from identity.api_key
    where organisation = $1 and id > $2 order by id limit $3`,
);
const INSERT_SESSION = statement(
  "identity.insert_session",
  `insert into identity.session
     (token_hash, face, person, csrf, created, last_seen, expires, stepped_up_until)
   values ($1, $2, $3, $4, $5::timestamptz, $5::timestamptz, $6::timestamptz, $7::timestamptz)`,
);
const FIND_SESSION = statement(
  "identity.find_session",
  `select s.token_hash, s.face, s.csrf, s.last_seen, s.expires, s.stepped_up_until,
          s.confirmed, s.confirmed_until,
          p.id as person, p.name_zh, p.name_en, p.roles, p.locale,
          o.id as organisation, o.kind, o.name_zh as organisation_zh,
          o.name_en as organisation_en, o.fictional
     from identity.session s
     join identity.person p on p.id = s.person
     join identity.organisation o on o.id = p.organisation
    where s.token_hash = $1 and p.state = 'active' and o.state = 'active'`,
);
const SEE_SESSION = statement(
  "identity.see_session",
  "update identity.session set last_seen = $2::timestamptz where token_hash = $1",
);
const STEP_UP_SESSION = statement(
  "identity.step_up_session",
  `update identity.session set stepped_up_until = $2::timestamptz
    where token_hash = $1 and person = $3 returning token_hash`,
);
const CONFIRM_IN_SESSION = statement(
  "identity.confirm_in_session",
  `update identity.session set confirmed = $4, confirmed_until = $2::timestamptz
    where token_hash = $1 and person = $3 returning token_hash`,
);
const END_SESSION = statement(
  "identity.end_session",
  "delete from identity.session where token_hash = $1",
);
const END_SESSIONS = statement(
  "identity.end_sessions",
  "delete from identity.session where person = $1",
);
const INSERT_LINK = statement(
  "identity.insert_link",
  `insert into identity.one_time_link (hash, person, purpose, face, created, expires)
   values ($1, $2, $3, $4, $5::timestamptz, $6::timestamptz)`,
);
const DROP_LINKS = statement(
  "identity.drop_links",
  `delete from identity.one_time_link where person = $1 and purpose = $2 and used_at is null`,
);
const FIND_LINK = statement(
  "identity.find_link",
  `select person, face from identity.one_time_link
    where hash = $1 and purpose = $2 and used_at is null and expires > $3::timestamptz`,
);
const SPEND_LINK = statement(
  "identity.spend_link",
  `update identity.one_time_link set used_at = $3::timestamptz
    where hash = $1 and purpose = $2 and used_at is null and expires > $3::timestamptz
   returning person, face`,
);
const SWEEP_SESSIONS = statement(
  "identity.sweep_sessions",
  "delete from identity.session where expires < $1::timestamptz",
);
const SWEEP_CHALLENGES = statement(
  "identity.sweep_challenges",
  "delete from identity.challenge where expires < $1::timestamptz",
);
const SWEEP_LINKS = statement(
  "identity.sweep_links",
  "delete from identity.one_time_link where expires < $1::timestamptz",
);

export type LinkPurpose = "sign_in" | "invite";

export interface KeyRow {
  /** What all keys of its name in its organisation share. */
  readonly line: string;
  readonly secret_hash: Uint8Array;
  readonly organisation: string;
  readonly roles: Role[];
  readonly expires: Instant;
}

export interface SessionRow {
  readonly token_hash: Uint8Array;
  readonly face: Face;
  readonly csrf: string;
  readonly last_seen: Instant;
  readonly expires: Instant;
  readonly stepped_up_until: Instant | null;
  readonly confirmed: string | null;
  readonly confirmed_until: Instant | null;
  readonly person: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly roles: Role[];
  readonly locale: Lang;
  readonly organisation: string;
  readonly kind: OrganisationKind;
  readonly organisation_zh: string;
  readonly organisation_en: string;
  readonly fictional: boolean;
}

/** A key as lists show it: never more of the secret than its prefix. */
export interface KeyShown {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly created: Instant;
  readonly expires: Instant;
  readonly state: "active" | "revoked";
}

export interface NewKey {
  readonly id: string;
  readonly hash: Buffer;
  readonly prefix: string;
  readonly organisation: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly created: Instant;
  readonly expires: Instant;
}

/** Keeps a key and answers with its line: that of the keys of its name, or a new one. */
export async function insertKeyIn(tx: Pick<Tx, "query">, key: NewKey): Promise<string> {
  const { id, hash, prefix, organisation, name, roles } = key;
  const times = [toIso(key.created), toIso(key.expires)];
  const values = [id, hash, prefix, organisation, name, [...roles], ...times];
  const [row] = await tx.query<{ line: string }>(INSERT_KEY, values);
  assert.ok(row, "a key that was kept has a line");
  return row.line;
}

export async function findKeyRow(store: Store, hash: Buffer): Promise<KeyRow | undefined> {
  return (await store.query<KeyRow>(FIND_KEY, [hash]))[0];
}

export async function findRolesOfLine(
  store: Store,
  of: { readonly line: string; readonly now: Instant },
): Promise<Role[]> {
  const rows = await store.query<{ role: Role }>(ROLES_OF_LINE, [of.line, toIso(of.now)]);
  return rows.map(({ role }) => role);
}

/** Revokes one key and returns its digest, or undefined if no such key is in force. */
export async function revokeKeyRow(store: Store, id: string): Promise<Uint8Array | undefined> {
  return (await store.query<{ secret_hash: Uint8Array }>(REVOKE_KEY, [id]))[0]?.secret_hash;
}

export async function revokeKeysNamedIn(
  tx: Tx,
  which: { readonly organisation: string; readonly name: string },
): Promise<void> {
  await tx.query(REVOKE_KEYS_NAMED, [which.organisation, which.name]);
}

export async function listKeyRows(
  store: Store,
  asked: { readonly organisation: string; readonly after?: string; readonly most: number },
): Promise<KeyShown[]> {
  const after = asked.after ?? "00000000-0000-0000-0000-000000000000";
  return store.query<KeyShown>(LIST_KEYS, [asked.organisation, after, asked.most]);
}

export async function insertSessionIn(
  tx: Pick<Tx, "query">,
  made: {
    readonly hash: Buffer;
    readonly face: Face;
    readonly person: string;
    readonly csrf: string;
    readonly created: Instant;
    readonly expires: Instant;
    readonly steppedUpUntil?: Instant;
  },
): Promise<void> {
  const until = made.steppedUpUntil === undefined ? null : toIso(made.steppedUpUntil);
  const times = [toIso(made.created), toIso(made.expires), until];
  await tx.query(INSERT_SESSION, [made.hash, made.face, made.person, made.csrf, ...times]);
}

export async function findSessionRow(
  store: Pick<Tx, "query">,
  hash: Buffer,
): Promise<SessionRow | undefined> {
  return (await store.query<SessionRow>(FIND_SESSION, [hash]))[0];
}

export async function seeSession(store: Store, hash: Uint8Array, now: Instant): Promise<void> {
  await store.query(SEE_SESSION, [hash, toIso(now)]);
}

/** True if the session was there and is the person's. */
export async function stepUpSession(
  store: Pick<Tx, "query">,
  stepped: { readonly hash: Buffer; readonly person: string; readonly until: Instant },
): Promise<boolean> {
  const values = [stepped.hash, toIso(stepped.until), stepped.person];
  return (await store.query(STEP_UP_SESSION, values)).length === 1;
}

/** As `stepUpSession`, about the one thing that has this digest. */
export async function confirmInSession(
  store: Pick<Tx, "query">,
  stepped: {
    readonly hash: Buffer;
    readonly person: string;
    readonly until: Instant;
    readonly digest: string;
  },
): Promise<boolean> {
  const values = [stepped.hash, toIso(stepped.until), stepped.person, stepped.digest];
  return (await store.query(CONFIRM_IN_SESSION, values)).length === 1;
}

export async function endSession(store: Store, hash: Buffer): Promise<void> {
  await store.query(END_SESSION, [hash]);
}

export async function endSessions(store: Store, person: string): Promise<void> {
  await store.query(END_SESSIONS, [person]);
}

export async function insertLinkIn(
  tx: Pick<Tx, "query">,
  made: {
    readonly hash: Buffer;
    readonly person: string;
    readonly purpose: LinkPurpose;
    readonly face: Face;
    readonly created: Instant;
    readonly expires: Instant;
  },
): Promise<void> {
  const times = [toIso(made.created), toIso(made.expires)];
  await tx.query(INSERT_LINK, [made.hash, made.person, made.purpose, made.face, ...times]);
}

/** Takes back the links of one purpose that a person has not used. */
export async function dropLinksIn(
  tx: Pick<Tx, "query">,
  person: string,
  purpose: LinkPurpose,
): Promise<void> {
  await tx.query(DROP_LINKS, [person, purpose]);
}

interface LinkTarget {
  readonly person: string;
  readonly face: Face;
}

interface LinkAsked {
  readonly hash: Buffer;
  readonly purpose: LinkPurpose;
  readonly now: Instant;
}

/** Whom a link is for, without spending it. */
export async function findLink(
  store: Pick<Tx, "query">,
  asked: LinkAsked,
): Promise<LinkTarget | undefined> {
  const values = [asked.hash, asked.purpose, toIso(asked.now)];
  return (await store.query<LinkTarget>(FIND_LINK, values))[0];
}

/** Spends a link: of any number of callers at once exactly one gets the person. */
export async function spendLinkIn(
  tx: Pick<Tx, "query">,
  asked: LinkAsked,
): Promise<LinkTarget | undefined> {
  const values = [asked.hash, asked.purpose, toIso(asked.now)];
  return (await tx.query<LinkTarget>(SPEND_LINK, values))[0];
}

/** Deletes what ended before `before`. */
export async function sweepIn(tx: Tx, before: Instant): Promise<void> {
  const at = [toIso(before)];
  await Promise.all([
    tx.query(SWEEP_SESSIONS, at),
    tx.query(SWEEP_CHALLENGES, at),
    tx.query(SWEEP_LINKS, at),
  ]);
}
