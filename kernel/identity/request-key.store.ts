/** SQL of the keys with which programs sign requests. Enrolling and ending them are acts elsewhere. */
import type { Instant } from "../clock/index.ts";
import { type Store, statement } from "../store/index.ts";
import type { Role } from "./principal.ts";

const FIND_REQUEST_KEY = statement(
  "identity.find_request_key",
  `select k.public_key, k.line, k.organisation, k.roles, k.expires, k.ended
     from identity.request_key k join identity.organisation o on o.id = k.organisation
    where k.id = $1 and o.state = 'active'`,
);

export interface RequestKeyRow {
  /** 32 raw bytes, Ed25519. */
  readonly public_key: Uint8Array;
  readonly line: string;
  readonly organisation: string;
  readonly roles: Role[];
  readonly expires: Instant;
  readonly ended: Instant | null;
}

export async function findRequestKeyRow(
  store: Store,
  id: string,
): Promise<RequestKeyRow | undefined> {
  return (await store.query<RequestKeyRow>(FIND_REQUEST_KEY, [id]))[0];
}
