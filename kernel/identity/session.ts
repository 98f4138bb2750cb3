/**
 * Sessions and the one-time links that begin them. A session belongs to one face; its token lives
 * in that face's cookie. Links work once, whatever the number of callers.
 */
import type { Instant } from "../clock/index.ts";
import type { Tx } from "../store/index.ts";
import type { Refusal } from "../words/index.ts";
import {
  type LinkPurpose,
  type SessionRow,
  confirmInSession,
  dropLinksIn,
  endSession,
  endSessions,
  findLink,
  findSessionRow,
  insertLinkIn,
  insertSessionIn,
  seeSession,
  spendLinkIn,
  stepUpSession,
} from "./credential.store.ts";
import type { Desk } from "./desk.ts";
import { refuse } from "./identity.refusals.ts";
import { closeOrganisation, closePerson, findOrganisationIn, findPersonIn } from "./party.store.ts";
import { FACE_KINDS, type Face, SESSION_LIVES, STEP_UP_MINUTES } from "./party.ts";
import type { Person, Session, SignedIn } from "./party.ts";
import { listPasskeys } from "./passkey.store.ts";
import type { Principal } from "./principal.ts";
import { digest, drawToken, readToken } from "./secret.ts";

const MINUTE_MS = 60_000;

/** How long an unused link is good, in hours. */
export const LINK_HOURS: Readonly<Record<LinkPurpose, number>> = { sign_in: 72, invite: 72 };

function sessionOf(row: SessionRow): Session {
  const until = row.stepped_up_until;
  const principal: Principal = {
    kind: "person",
    id: row.person,
    organisation: row.organisation,
    roles: row.roles,
    ...(until === null ? {} : { steppedUpUntil: until }),
    ...(row.confirmed === null || row.confirmed_until === null
      ? {}
      : { confirmed: { digest: row.confirmed, until: row.confirmed_until } }),
  };
  return {
    principal,
    face: row.face,
    name: { zh: row.name_zh, en: row.name_en },
    organisation: {
      id: row.organisation,
      kind: row.kind,
      name: { zh: row.organisation_zh, en: row.organisation_en },
      fictional: row.fictional,
    },
    lang: row.locale,
    csrf: row.csrf,
    expires: row.expires,
  };
}

/**
 * Who a session token speaks for on one face. A token of another face, an unknown, an idle and an
 * ended one answer alike (`not_signed_in`).
 */
export async function findSession(
  desk: Desk,
  token: unknown,
  face: Face,
): Promise<Session | Refusal> {
  const read = readToken(token);
  if (read === undefined) return refuse("not_signed_in");
  const hash = digest(read);
  const key = hash.toString("base64");
  const row = await desk.sessions.get(key, () => findSessionRow(desk.store, hash));
  const now = desk.now();
  if (row === undefined || row.face !== face || row.expires <= now) return refuse("not_signed_in");
  const idle = SESSION_LIVES[row.face].idle_minutes * MINUTE_MS;
  if (row.last_seen + idle <= now) return refuse("not_signed_in");
  if (row.last_seen + MINUTE_MS <= now) {
    desk.sessions.forget(key);
    await seeSession(desk.store, hash, now);
  }
  return sessionOf(row);
}

/**
 * Begins a session of a person on a face. Refuses `face_not_for_organisation`. `fresh`: a second
 * factor was given just now.
 */
export async function beginSessionIn(
  desk: Desk,
  tx: Pick<Tx, "query">,
  begun: { readonly person: Person; readonly face: Face; readonly fresh: boolean },
): Promise<SignedIn | Refusal> {
  const organisation = await findOrganisationIn(tx, begun.person.organisation);
  if (organisation === undefined) return refuse("not_signed_in");
  if (!FACE_KINDS[begun.face].includes(organisation.kind)) {
    return refuse("face_not_for_organisation");
  }
  const now = desk.now();
  const token = drawToken();
  const hash = digest(token);
  await insertSessionIn(tx, {
    hash,
    face: begun.face,
    person: begun.person.id,
    csrf: drawToken(),
    created: now,
    expires: (now + SESSION_LIVES[begun.face].hours_max * 60 * MINUTE_MS) as Instant,
    ...(begun.fresh ? { steppedUpUntil: (now + STEP_UP_MINUTES * MINUTE_MS) as Instant } : {}),
  });
  const row = await findSessionRow(tx, hash);
  return row === undefined ? refuse("not_signed_in") : { token, session: sessionOf(row) };
}

/** Ends one session; ending what is not there is no error. */
export async function signOut(desk: Desk, token: unknown): Promise<void> {
  const read = readToken(token);
  if (read === undefined) return;
  const hash = digest(read);
  desk.sessions.forget(hash.toString("base64"));
  await endSession(desk.store, hash);
}

export interface LinkAsked {
  readonly person: string;
  readonly purpose: LinkPurpose;
  readonly face: Face;
}

/**
 * Issues a one-time link and takes back the unused ones of the same purpose. Returns the secret,
 * which goes into the address `/<lang>/sign-in/<secret>` or `/<lang>/<face>/invite/<secret>`. Refuses
 * `demo_only` for sign-in links in live mode, `person_unknown`.
 */
export async function issueLink(
  desk: Desk,
  asked: LinkAsked,
): Promise<{ readonly secret: string; readonly expires: Instant } | Refusal> {
  if (asked.purpose === "sign_in" && desk.mode === "live") return refuse("demo_only");
  return desk.store.transaction(async (tx) => {
    if ((await findPersonIn(tx, asked.person)) === undefined) return refuse("person_unknown");
    return issueLinkIn(desk, tx, asked);
  });
}

/** As `issueLink`, for a person known to be there. */
export async function issueLinkIn(
  desk: Desk,
  tx: Pick<Tx, "query">,
  asked: LinkAsked,
): Promise<{ readonly secret: string; readonly expires: Instant }> {
  const created = desk.now();
  const expires = (created + LINK_HOURS[asked.purpose] * 60 * MINUTE_MS) as Instant;
  const secret = drawToken();
  await dropLinksIn(tx, asked.person, asked.purpose);
  await insertLinkIn(tx, { ...asked, hash: digest(secret), created, expires });
  return { secret, expires };
}

/** Whom an invite is for, without spending it. Refuses `link_not_usable`. */
export async function readInvite(
  desk: Desk,
  link: unknown,
): Promise<{ readonly person: Person; readonly face: Face; readonly hash: Buffer } | Refusal> {
  const read = readToken(link);
  if (read === undefined) return refuse("link_not_usable");
  const hash = digest(read);
  const found = await findLink(desk.store, { hash, purpose: "invite", now: desk.now() });
  const person = found && (await findPersonIn(desk.store, found.person));
  if (found === undefined || person === undefined) return refuse("link_not_usable");
  return { person, face: found.face, hash };
}

/**
 * Signs in by a one-time link, in the demo only. The session counts as freshly confirmed: there is
 * no second factor in a demo link, and pages say so. Refuses `demo_only`, `link_not_usable`,
 * `face_not_for_organisation`.
 */
export async function signInByLink(desk: Desk, link: unknown): Promise<SignedIn | Refusal> {
  if (desk.mode !== "demo") return refuse("demo_only");
  const read = readToken(link);
  if (read === undefined) return refuse("link_not_usable");
  return desk.store.transaction(async (tx) => {
    const asked = { hash: digest(read), purpose: "sign_in" as const, now: desk.now() };
    const spent = await spendLinkIn(tx, asked);
    const person = spent && (await findPersonIn(tx, spent.person));
    if (spent === undefined || person === undefined) return refuse("link_not_usable");
    return beginSessionIn(desk, tx, { person, face: spent.face, fresh: true });
  });
}

/** A session that is to be confirmed again, with its token. */
export interface SteppingUp {
  readonly session: Session;
  readonly token: unknown;
}

/**
 * Confirms again without a passkey: a simulated second factor, for people of the demo who have none.
 * Refuses `demo_only` in live mode and `step_up_needed` for whoever has a passkey.
 */
export async function stepUpSimulated(
  desk: Desk,
  who: SteppingUp,
  about?: string,
): Promise<Session | Refusal> {
  if (desk.mode !== "demo") return refuse("demo_only");
  if ((await listPasskeys(desk.store, who.session.principal.id)).length > 0) {
    return refuse("step_up_needed");
  }
  return extendStepUp(desk, who, about);
}

/**
 * Opens the window in which the second factor counts: for whatever the session does, or where it was
 * asked about one thing, for that alone. The last such thing replaces the one before.
 */
export async function extendStepUp(
  desk: Desk,
  { session, token }: SteppingUp,
  about?: string,
): Promise<Session | Refusal> {
  const read = readToken(token);
  if (read === undefined) return refuse("not_signed_in");
  const hash = digest(read);
  const until = (desk.now() + STEP_UP_MINUTES * MINUTE_MS) as Instant;
  const { principal } = session;
  const stepped = { hash, person: principal.id, until };
  const found =
    about === undefined
      ? await stepUpSession(desk.store, stepped)
      : await confirmInSession(desk.store, { ...stepped, digest: about });
  if (!found) return refuse("not_signed_in");
  desk.sessions.forget(hash.toString("base64"));
  const opened =
    about === undefined ? { steppedUpUntil: until } : { confirmed: { digest: about, until } };
  return { ...session, principal: { ...principal, ...opened } };
}

/** Closes a person: no session, link or passkey of theirs works again. Refuses `person_unknown`. */
export async function revokePerson(desk: Desk, id: string): Promise<true | Refusal> {
  if (!(await closePerson(desk.store, id))) return refuse("person_unknown");
  await endSessions(desk.store, id);
  desk.sessions.forgetAll();
  return true;
}

/** Closes an organisation with its people and keys. Refuses `organisation_unknown`. */
export async function revokeOrganisation(desk: Desk, id: string): Promise<true | Refusal> {
  if (!(await closeOrganisation(desk.store, id))) return refuse("organisation_unknown");
  desk.sessions.forgetAll();
  desk.keys.forgetAll();
  desk.requestKeys.forgetAll();
  return true;
}
