/**
 * API keys of programs: made once, shown once, found by digest, revoked for good. Who acts is not
 * the key but its line: all keys of one name in one organisation, one after the other or side by
 * side. So a program that was given a fresh key is still itself: it hears the outcome of what it
 * sent under the old one, and cannot approve what it proposed.
 */
import { type Instant, uuidv7 } from "../clock/index.ts";
import { type Refusal, isRefusal } from "../words/index.ts";
import {
  type KeyShown,
  findKeyRow,
  findRolesOfLine,
  insertKeyIn,
  listKeyRows,
  revokeKeyRow,
} from "./credential.store.ts";
import type { Desk } from "./desk.ts";
import { refuse } from "./identity.refusals.ts";
import { findOrganisationIn } from "./party.store.ts";
import type { Principal, Role } from "./principal.ts";
import { digest, drawKey, readBearer } from "./secret.ts";

/** How long a key lives unless told, and at most, in days. */
export const KEY_DAYS = { usual: 365, most: 731 } as const;

const DAY_MS = 86_400_000;

/** A key just made. `key` is the secret and is never shown again. */
export interface MadeKey {
  readonly id: string;
  /** The principal that it speaks for: the same for every key of its name. */
  readonly line: string;
  readonly key: string;
  readonly prefix: string;
  readonly expires: Instant;
}

export interface KeyAsked {
  readonly organisation: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** 1 to 731; 365 unless told. */
  readonly days?: number;
}

/** A key as it is drawn: `key` is told once, the rest may be kept. */
export function drawApiKey() {
  const { key, prefix } = drawKey();
  return { id: uuidv7(), key, prefix, hash: digest(key) };
}

/** Makes a key for a program of an organisation; rotating is this, then revoking. Refuses `organisation_unknown`. */
export async function createKey(desk: Desk, asked: KeyAsked): Promise<MadeKey | Refusal> {
  const found = await findOrganisationIn(desk.store, asked.organisation);
  if (found === undefined) return refuse("organisation_unknown");
  const { id, key, prefix, hash } = drawApiKey();
  const created = desk.now();
  const days = Math.min(Math.max(1, asked.days ?? KEY_DAYS.usual), KEY_DAYS.most);
  const expires = (created + days * DAY_MS) as Instant;
  const { organisation, name, roles } = asked;
  const row = { id, hash, prefix, organisation, name, roles, created, expires };
  const line = await insertKeyIn(desk.store, row);
  return { id, line, key, prefix, expires };
}

/**
 * Who an `Authorization` header speaks for. Unknown, revoked and expired keys answer alike
 * (`not_signed_in`); a key revoked by another process may be believed for up to five seconds.
 */
export async function findKey(desk: Desk, header: unknown): Promise<Principal | Refusal> {
  const key = readBearer(header);
  if (key === undefined) return refuse("not_signed_in");
  const hash = digest(key);
  const row = await desk.keys.get(hash.toString("base64"), () => findKeyRow(desk.store, hash));
  if (row === undefined || row.expires <= desk.now()) return refuse("not_signed_in");
  return { kind: "key", id: row.line, organisation: row.organisation, roles: row.roles };
}

/** The roles of a line: those of its keys that still hold. */
export function rolesOfLine(desk: Desk, line: string): Promise<readonly Role[]> {
  return findRolesOfLine(desk.store, { line, now: desk.now() });
}

/** Revokes a key for good. Refuses `api_key_unknown`. */
export async function revokeKey(desk: Desk, id: string): Promise<true | Refusal> {
  const hash = await revokeKeyRow(desk.store, id);
  if (hash === undefined) return refuse("api_key_unknown");
  desk.keys.forget(Buffer.from(hash).toString("base64"));
  return true;
}

/** Keys of one organisation by id, without their secrets; at most 200 at a time. */
export async function listKeys(
  desk: Desk,
  asked: { readonly organisation: string; readonly after?: string; readonly most?: number },
): Promise<KeyShown[]> {
  const most = Math.min(Math.max(1, asked.most ?? 50), 200);
  return listKeyRows(desk.store, { ...asked, most });
}

/** For callers that made the organisation themselves: a refusal would be a bug. */
export async function createKeyOrThrow(desk: Desk, asked: KeyAsked): Promise<MadeKey> {
  const made = await createKey(desk, asked);
  if (isRefusal(made)) throw new Error(`key not made: ${made.code}`);
  return made;
}
