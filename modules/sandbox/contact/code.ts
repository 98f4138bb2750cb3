/**
 * The codes by which somebody proves that an address is his: six digits that were sent there and are
 * typed in here. A code is kept nowhere. It follows from a key outside the database and from the id
 * of its row, so that sending it again sends the same; what is typed in is compared by its HMAC under
 * that key, so that neither rows nor journal tell a code to whoever reads them. Pure.
 */
import { createHmac } from "node:crypto";
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { limits } from "@sandbank/kernel/config";
import type { Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { hashContract } from "../declaration/declaration.contract.ts";
import type { CodeRow, CountedCode } from "./code.store.ts";
import { refuse } from "./contact.refusals.ts";

/** The job that sends a code to its address. */
export const SEND_CODE = "sandbox.send_code";

/** A code as commands speak of it: its row, and the HMAC of its digits. */
export const codeContract = z.strictObject({ id: z.uuid(), digest: hashContract });

/** What commands about codes prepare. */
export interface Timed {
  /** By the machine's clock. */
  readonly at: Instant;
}

const CODES = 1_000_000n;
const DIGITS = 6;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** The digits of a code. Of 2^64 numbers each code has the same share but for 10^-13 of it. */
export function codeDigits(key: Uint8Array, code: string): string {
  const mac = createHmac("sha256", key).update(`code\n${code}`).digest();
  return String(mac.readBigUInt64BE() % CODES).padStart(DIGITS, "0");
}

/** What is kept of digits, and what is journalled of those that somebody typed in for an address. */
export function digitsDigest(key: Uint8Array, wording: string, digits: string): string {
  return createHmac("sha256", key).update(`typed\n${wording}\n${digits}`).digest("hex");
}

/** From when on codes count against the limits of 24 hours. */
export function countedFrom(at: Instant): Instant {
  return (at - DAY_MS) as Instant;
}

/** The row of a code that is asked for at an instant of the machine's clock. */
export function codeIssued(at: Instant): { readonly issued: string; readonly expires: string } {
  return { issued: toIso(at), expires: toIso((at + limits.contactCodeMs) as Instant) };
}

/** How long from an instant on, in ms, no other code may be asked for; 0 where one may. */
export function pauseLeft(latest: Pick<CodeRow, "issued"> | undefined, at: Instant): number {
  return latest ? Math.max(0, latest.issued + limits.contactCodePauseMs - at) : 0;
}

/**
 * Why no other code goes to an address now; undefined where one may. `counted` are the codes of its
 * organisation. Refuses contact_code_too_soon, contact_codes_spent,
 * contact_codes_of_organisation_spent.
 */
export function mayIssue(asked: {
  readonly contact: string;
  readonly latest: Pick<CodeRow, "issued"> | undefined;
  readonly counted: readonly CountedCode[];
  readonly at: Instant;
}): Refusal | undefined {
  const { contact, latest, counted, at } = asked;
  const pause = pauseLeft(latest, at);
  if (pause > 0) {
    const seconds = String(Math.ceil(pause / SECOND_MS));
    return refuse("contact_code_too_soon", { params: { seconds } });
  }
  const since = countedFrom(at);
  const own = counted.filter((code) => code.contact === contact && code.issued > since);
  const most = limits.contactCodesOfContact;
  if (own.length >= most) return refuse("contact_codes_spent", { params: { most: String(most) } });
  return organisationSpent(counted, at);
}

/** Refuses contact_codes_of_organisation_spent. */
export function organisationSpent(
  counted: readonly CountedCode[],
  at: Instant,
): Refusal | undefined {
  const since = countedFrom(at);
  const most = limits.contactCodesOfOrganisation;
  if (counted.filter(({ issued }) => issued > since).length < most) return undefined;
  return refuse("contact_codes_of_organisation_spent", { params: { most: String(most) } });
}

/** How often more something wrong may be typed in. */
export function triesLeft({ wrong }: Pick<CodeRow, "wrong">): number {
  return Math.max(0, limits.contactCodeTries - wrong);
}

/** For how long from an instant on, in ms, a code may be typed in; 0 from the end of its time on. */
export function holdsFor({ expires }: Pick<CodeRow, "expires">, at: Instant): number {
  return Math.max(0, expires - at);
}

/**
 * The code, if it is what was typed in. Refuses contact_code_not_sent, contact_code_spent,
 * contact_code_expired, contact_code_wrong; the last counts against the code.
 */
export function judgeTyped(
  latest: CodeRow | undefined,
  typed: { readonly digest: string; readonly at: Instant },
): Refusal | CodeRow {
  if (latest === undefined) return refuse("contact_code_not_sent");
  if (triesLeft(latest) === 0) {
    return refuse("contact_code_spent", { params: { most: String(limits.contactCodeTries) } });
  }
  if (holdsFor(latest, typed.at) === 0) {
    const minutes = String(Math.ceil(limits.contactCodeMs / MINUTE_MS));
    return refuse("contact_code_expired", { params: { minutes } });
  }
  if (latest.digest === typed.digest) return latest;
  const left = String(triesLeft(latest) - 1);
  return refuse("contact_code_wrong", { field: "/code", params: { left } });
}
