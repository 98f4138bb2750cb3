/**
 * Passkeys (WebAuthn level 3): registration by invite or by a signed-in owner, sign-in without a
 * user name, and step-up. Attestation is not asked for; user verification always is. A challenge is
 * answered once and within five minutes, and is spent by a wrong answer too.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";
import { type Instant, randomBytes } from "../clock/index.ts";
import { type Refusal, isRefusal } from "../words/index.ts";
import { spendLinkIn } from "./credential.store.ts";
import type { Desk } from "./desk.ts";
import { refuse } from "./identity.refusals.ts";
import { findPersonIn } from "./party.store.ts";
import type { Face, Person, Session, SignedIn } from "./party.ts";
import {
  type ChallengePurpose,
  type PasskeyRow,
  findPasskey,
  insertChallenge,
  insertPasskeyIn,
  listPasskeys,
  revokePasskeyRow,
  spendChallenge,
  usePasskey,
} from "./passkey.store.ts";
import { digest } from "./secret.ts";
import { beginSessionIn, extendStepUp, readInvite, type SteppingUp } from "./session.ts";

/** The library reads CBOR and X.509 and is loaded with the first passkey, not with the server. */
const library = () => import("@simplewebauthn/server");

const CHALLENGE_MS = 5 * 60_000;

const base64url = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most);

/** What a browser sends after creating a passkey. Unknown members are allowed: browsers add some. */
export const registrationAnswer = z.looseObject({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  response: z.looseObject({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(20_000),
    transports: z.array(z.string().max(32)).max(8).optional(),
  }),
  clientExtensionResults: z.looseObject({}),
});

/** What a browser sends after signing with a passkey. */
export const authenticationAnswer = z.looseObject({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal("public-key"),
  response: z.looseObject({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(2000),
    userHandle: z.string().max(200).nullish(),
  }),
  clientExtensionResults: z.looseObject({}),
});

const clientData = z.looseObject({ challenge: base64url(100) });

/** Who registers: the holder of an invite, or somebody signed in. */
export type Registrant =
  | { readonly link: unknown }
  | { readonly session: Session; readonly token: unknown };

/** Random bytes of a challenge; what it is asked about follows them, so that it is signed too. */
const DRAWN_BYTES = 32;

async function drawChallenge(
  desk: Desk,
  purpose: ChallengePurpose,
  of: { readonly person?: string; readonly about?: string | undefined } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { person, about = "" } = of;
  const challenge = Uint8Array.from([...randomBytes(DRAWN_BYTES), ...Buffer.from(about, "hex")]);
  const created = desk.now();
  await insertChallenge(desk.store, {
    hash: digest(Buffer.from(challenge).toString("base64url")),
    purpose,
    created,
    expires: (created + CHALLENGE_MS) as Instant,
    ...(person === undefined ? {} : { person }),
  });
  return challenge;
}

/** The digest of what a challenge was asked about, in hex, or undefined where it was about nothing. */
function aboutOf(challenge: string): string | undefined {
  const about = Buffer.from(challenge, "base64url").subarray(DRAWN_BYTES);
  return about.length === 0 ? undefined : about.toString("hex");
}

/** The challenge that a browser says it signed, or undefined if it says nothing readable. */
export function readChallenge(clientDataJSON: string): string | undefined {
  try {
    const text = Buffer.from(clientDataJSON, "base64url").toString("utf8");
    return clientData.safeParse(JSON.parse(text)).data?.challenge;
  } catch {
    return undefined;
  }
}

async function personOf(desk: Desk, who: Registrant): Promise<Person | Refusal> {
  if ("link" in who) {
    const invite = await readInvite(desk, who.link);
    return isRefusal(invite) ? invite : invite.person;
  }
  const { principal } = who.session;
  const person = await findPersonIn(desk.store, principal.id);
  if (person === undefined) return refuse("not_signed_in");
  const known = await listPasskeys(desk.store, person.id);
  const fresh = (principal.steppedUpUntil ?? 0) > desk.now();
  return known.length > 0 && !fresh ? refuse("step_up_needed") : person;
}

/**
 * What the browser needs to create a passkey. Refuses `link_not_usable`, and `step_up_needed` for a
 * signed-in owner of passkeys who did not lately confirm.
 */
export async function registrationOptions(desk: Desk, who: Registrant): Promise<object | Refusal> {
  const person = await personOf(desk, who);
  if (isRefusal(person)) return person;
  const known = await listPasskeys(desk.store, person.id);
  const challenge = await drawChallenge(desk, "register", { person: person.id });
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: desk.site.name,
    rpID: desk.site.id,
    userName: person.name[person.lang],
    userDisplayName: person.name[person.lang],
    userID: new Uint8Array(Buffer.from(person.id, "utf8")),
    challenge,
    timeout: CHALLENGE_MS,
    attestationType: "none",
    excludeCredentials: known.map((passkey) => ({ id: passkey.id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: [-8, -7, -257],
  });
}

async function spendAnswered(
  desk: Desk,
  purpose: ChallengePurpose,
  clientDataJSON: string,
): Promise<{ readonly challenge: string; readonly person: string | null } | undefined> {
  const challenge = readChallenge(clientDataJSON);
  if (challenge === undefined) return undefined;
  const asked = { hash: digest(challenge), purpose, now: desk.now() };
  const spent = await spendChallenge(desk.store, asked);
  return spent && { challenge, person: spent.person };
}

/** Checks the browser's answer. The library throws on a wrong one: here that is a plain no. */
async function verifiedRegistration(
  desk: Desk,
  challenge: string,
  response: RegistrationResponseJSON,
) {
  const { verifyRegistrationResponse } = await library();
  try {
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...desk.site.origins],
      expectedRPID: desk.site.id,
      requireUserVerification: true,
    });
    return verified.registrationInfo;
  } catch {
    return undefined;
  }
}

/**
 * Registers the passkey that a browser created. By invite it spends the link, in the same
 * transaction, and begins a session; signed in it returns the session as it was. Refuses
 * `link_not_usable`, `step_up_needed`, `passkey_not_verified`, `passkey_already_registered`.
 */
export async function registerPasskey(
  desk: Desk,
  who: Registrant,
  answered: { readonly response: unknown; readonly name: string },
): Promise<SignedIn | Refusal> {
  const answer = registrationAnswer.safeParse(answered.response);
  if (!answer.success) return refuse("passkey_not_verified");
  const person = await personOf(desk, who);
  if (isRefusal(person)) return person;
  const spent = await spendAnswered(desk, "register", answer.data.response.clientDataJSON);
  if (spent?.person !== person.id) return refuse("passkey_not_verified");
  const response = answer.data as unknown as RegistrationResponseJSON;
  const made = await verifiedRegistration(desk, spent.challenge, response);
  if (made === undefined) return refuse("passkey_not_verified");
  const passkey = {
    id: made.credential.id,
    person: person.id,
    public_key: made.credential.publicKey,
    counter: BigInt(made.credential.counter),
    transports: answer.data.response.transports ?? [],
    backedUp: made.credentialBackedUp,
    name: answered.name.slice(0, 80) || "passkey",
    now: desk.now(),
  };
  return keepPasskey(desk, who, { person, passkey });
}

async function keepPasskey(
  desk: Desk,
  who: Registrant,
  kept: { readonly person: Person; readonly passkey: Parameters<typeof insertPasskeyIn>[1] },
): Promise<SignedIn | Refusal> {
  const { person, passkey } = kept;
  if ("session" in who) {
    const stored = await insertPasskeyIn(desk.store, passkey);
    if (!stored) return refuse("passkey_already_registered");
    return { token: String(who.token), session: who.session };
  }
  const invite = await readInvite(desk, who.link);
  if (isRefusal(invite)) return invite;
  return undoingRefusals(desk, async (tx) => {
    const asked = { hash: invite.hash, purpose: "invite" as const, now: desk.now() };
    if ((await spendLinkIn(tx, asked)) === undefined) return refuse("link_not_usable");
    if (!(await insertPasskeyIn(tx, passkey))) return refuse("passkey_already_registered");
    return beginSessionIn(desk, tx, { person, face: invite.face, fresh: true });
  });
}

/** A transaction that a refusal rolls back, so that a no leaves the link unspent. */
async function undoingRefusals<T>(
  desk: Desk,
  work: (tx: Parameters<Parameters<Desk["store"]["transaction"]>[0]>[0]) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  let refused: Refusal | undefined;
  try {
    return await desk.store.transaction(async (tx) => {
      const done = await work(tx);
      if (isRefusal(done)) {
        refused = done;
        throw new Error(done.code);
      }
      return done;
    });
  } catch (error) {
    if (refused !== undefined) return refused;
    throw error;
  }
}

/** What the browser needs to sign in; it names nobody, the passkey does. */
export async function signInOptions(desk: Desk): Promise<object> {
  const challenge = await drawChallenge(desk, "sign_in");
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: desk.site.id,
    challenge,
    timeout: CHALLENGE_MS,
    userVerification: "required",
  });
}

interface Verified {
  readonly passkey: PasskeyRow;
  /** Whom the challenge was drawn for. */
  readonly asked: string | null;
  /** Digest of what it was asked about. */
  readonly about: string | undefined;
}

async function verifiedPasskey(
  desk: Desk,
  purpose: "sign_in" | "step_up",
  response: unknown,
): Promise<Verified | undefined> {
  const answer = authenticationAnswer.safeParse(response);
  if (!answer.success) return undefined;
  const spent = await spendAnswered(desk, purpose, answer.data.response.clientDataJSON);
  const passkey = await findPasskey(desk.store, answer.data.id);
  if (spent === undefined || passkey === undefined) return undefined;
  const handle = answer.data.response.userHandle;
  const owner = Buffer.from(passkey.person, "utf8").toString("base64url");
  if (typeof handle === "string" && handle !== owner) return undefined;
  const { verifyAuthenticationResponse } = await library();
  let verified;
  try {
    verified = await verifyAuthenticationResponse({
      response: answer.data as unknown as AuthenticationResponseJSON,
      expectedChallenge: spent.challenge,
      expectedOrigin: [...desk.site.origins],
      expectedRPID: desk.site.id,
      requireUserVerification: true,
      credential: {
        id: passkey.id,
        publicKey: Uint8Array.from(passkey.public_key),
        counter: Number(passkey.counter),
      },
    });
  } catch {
    return undefined;
  }
  if (!verified.verified) return undefined;
  const { newCounter: counter, credentialBackedUp: backedUp } = verified.authenticationInfo;
  const used = { id: passkey.id, counter, backedUp, now: desk.now() };
  if (!(await usePasskey(desk.store, used))) return undefined;
  return { passkey, asked: spent.person, about: aboutOf(spent.challenge) };
}

/**
 * Signs in with a passkey on one face; the session counts as freshly confirmed. Refuses
 * `passkey_not_verified` (unknown, revoked, wrong answer, replay) and `face_not_for_organisation`.
 */
export async function signInByPasskey(
  desk: Desk,
  face: Face,
  response: unknown,
): Promise<SignedIn | Refusal> {
  const verified = await verifiedPasskey(desk, "sign_in", response);
  const person = verified && (await findPersonIn(desk.store, verified.passkey.person));
  if (person === undefined) return refuse("passkey_not_verified");
  return desk.store.transaction((tx) => beginSessionIn(desk, tx, { person, face, fresh: true }));
}

/**
 * What the browser needs to confirm a signed-in person again: in general, or `about` one thing by
 * its SHA-256 in hex, which the passkey then signs.
 */
export async function stepUpOptions(
  desk: Desk,
  session: Session,
  about?: string,
): Promise<object | Refusal> {
  const known = await listPasskeys(desk.store, session.principal.id);
  if (known.length === 0) return refuse("passkey_not_verified");
  const challenge = await drawChallenge(desk, "step_up", { person: session.principal.id, about });
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: desk.site.id,
    challenge,
    timeout: CHALLENGE_MS,
    userVerification: "required",
    allowCredentials: known.map((passkey) => ({ id: passkey.id })),
  });
}

/**
 * Confirms a signed-in person by one of their own passkeys, for five minutes: in general, or what the
 * challenge was about and nothing else.
 */
export async function stepUpByPasskey(
  desk: Desk,
  who: SteppingUp,
  response: unknown,
): Promise<Session | Refusal> {
  const verified = await verifiedPasskey(desk, "step_up", response);
  const { id } = who.session.principal;
  if (verified === undefined || verified.passkey.person !== id || verified.asked !== id) {
    return refuse("passkey_not_verified");
  }
  return extendStepUp(desk, who, verified.about);
}

/** Revokes one of a person's own passkeys. */
export async function revokePasskey(
  desk: Desk,
  which: { readonly id: string; readonly person: string },
): Promise<boolean> {
  return revokePasskeyRow(desk.store, which);
}
