/**
 * Passwords of roles on a server that is not ours. They are derived from the owner's own password,
 * so that several programs over one database agree without a file, and are sent as the verifier of
 * RFC 5803, so that no log of the server shows one.
 */
import { createHash, createHmac, pbkdf2Sync } from "node:crypto";
import { randomBytes } from "../clock/index.ts";

const ROUNDS = 4096;
const SALT_BYTES = 16;

/** The password of a role, known to whoever knows the owner's. */
export function derivePassword(ownerPassword: string, database: string, role: string): string {
  const text = `sandbank role password\0${database}\0${role}`;
  return createHmac("sha256", ownerPassword).update(text).digest("base64url");
}

/** What PostgreSQL keeps of a password (RFC 5803; the form of `pg_authid.rolpassword`). */
export function scramVerifier(
  password: string,
  salt: Uint8Array = randomBytes(SALT_BYTES),
): string {
  const salted = pbkdf2Sync(password, salt, ROUNDS, 32, "sha256");
  const mac = (text: string): Buffer => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(mac("Client Key")).digest("base64");
  const server = mac("Server Key").toString("base64");
  return `SCRAM-SHA-256$${ROUNDS}:${Buffer.from(salt).toString("base64")}$${stored}:${server}`;
}
