/**
 * The door of identity: who acts, proved by a key, a session or a passkey. One object binds the
 * functions of this part to a store, a mode and a site. It decides nothing about what anybody may
 * do: that stands with the commands. Sessions, links and keys run on machine time.
 */
import { type Instant, machineNow, uuidv7 } from "../clock/index.ts";
import type { Store } from "../store/index.ts";
import type { Lang, Refusal, Text } from "../words/index.ts";
import { sweepIn } from "./credential.store.ts";
import { type DemoAsked, type DemoMade, demoPrincipals } from "./demo.ts";
import { Believed, type Desk, type Site } from "./desk.ts";
import { refuse } from "./identity.refusals.ts";
import * as keys from "./key.ts";
import * as passkeys from "./passkey.ts";
import { findOrganisationIn, findPersonIn, listByRole, listPeople } from "./party.store.ts";
import { putOrganisationIn, putPersonIn } from "./party.store.ts";
import type { Face, Organisation, Person, Session, SignedIn } from "./party.ts";
import { type PasskeyShown, listPasskeys } from "./passkey.store.ts";
import type { Principal, Role } from "./principal.ts";
import { findSigner, type SignedText } from "./request-key.ts";
import * as sessions from "./session.ts";
import type { SteppingUp } from "./session.ts";

/** How long ended sessions, links and challenges stay before they are swept, in days. */
const KEPT_MS = 7 * 86_400_000;

export interface IdentitySettings {
  /** A store that logs in as `sandbank_identity`. */
  readonly store: Store;
  readonly mode: "demo" | "live";
  readonly site: Site;
  /** Machine time; only tests turn it. */
  readonly now?: () => Instant;
}

export interface AdminAsked {
  readonly organisation: Organisation;
  readonly name: Text;
  readonly roles?: readonly Role[];
  readonly face?: Face;
  readonly lang?: Lang;
}

export interface Identity {
  readonly mode: "demo" | "live";
  /** Whom an Authorization header speaks for, or `not_signed_in`. Revocation takes ≤ 5 s. */
  findKey(header: unknown): Promise<Principal | Refusal>;
  /** Whom a signed text speaks for, or why not. An ended key ends within 5 s. */
  findSigner(signed: SignedText): Promise<Principal | Refusal>;
  /** Whom a session token speaks for on this face, or `not_signed_in`. */
  findSession(token: unknown, face: Face): Promise<Session | Refusal>;
  signOut(token: unknown): Promise<void>;

  putOrganisation(organisation: Organisation): Promise<void>;
  /** Refuses `organisation_unknown`. */
  putPerson(person: Person): Promise<true | Refusal>;
  findOrganisation(id: string): Promise<Organisation | undefined>;
  findPerson(id: string): Promise<Person | undefined>;
  /** The roles that a principal has now: none for a person or program that is gone. */
  presentRoles(principal: Principal): Promise<readonly Role[]>;
  listPeople(asked: {
    readonly organisation: string;
    readonly after?: string;
    readonly most: number;
  }): Promise<Person[]>;
  listByRole(asked: { readonly role: Role; readonly most: number }): Promise<Person[]>;
  revokePerson(id: string): Promise<true | Refusal>;
  revokeOrganisation(id: string): Promise<true | Refusal>;

  createKey(asked: keys.KeyAsked): Promise<keys.MadeKey | Refusal>;
  revokeKey(id: string): Promise<true | Refusal>;
  listKeys: (asked: Parameters<typeof keys.listKeys>[1]) => ReturnType<typeof keys.listKeys>;

  issueLink(
    asked: sessions.LinkAsked,
  ): Promise<{ readonly secret: string; readonly expires: Instant } | Refusal>;
  signInByLink(link: unknown): Promise<SignedIn | Refusal>;
  /** `about` is the digest of the one thing that is confirmed; without it the session is. */
  stepUpSimulated(who: SteppingUp, about?: string): Promise<Session | Refusal>;
  /** Whom an invite is for and on which face, without spending it. */
  readInvite(link: unknown): Promise<{ readonly person: Person; readonly face: Face } | Refusal>;
  /** `sandbank admin invite`: a person with the right to administer, and a link for a passkey. */
  inviteAdmin(
    asked: AdminAsked,
  ): Promise<{ readonly secret: string; readonly person: string } | Refusal>;

  registrationOptions(who: passkeys.Registrant): Promise<object | Refusal>;
  registerPasskey(
    who: passkeys.Registrant,
    answered: { readonly response: unknown; readonly name: string },
  ): Promise<SignedIn | Refusal>;
  signInOptions(): Promise<object>;
  signInByPasskey(face: Face, response: unknown): Promise<SignedIn | Refusal>;
  stepUpOptions(session: Session, about?: string): Promise<object | Refusal>;
  stepUpByPasskey(who: SteppingUp, response: unknown): Promise<Session | Refusal>;
  listPasskeys(person: string): Promise<PasskeyShown[]>;
  revokePasskey(which: { readonly id: string; readonly person: string }): Promise<boolean>;

  /** Demo only: organisations, people and keys of the demo, with their links and secrets. */
  demoPrincipals(asked: DemoAsked): Promise<DemoMade>;
  /** Deletes sessions, links and challenges that ended a week ago. */
  sweep(): Promise<void>;
}

/** Whether a second factor of this principal counts at this machine time. */
export function steppedUp(principal: Principal, now: Instant): boolean {
  return (principal.steppedUpUntil ?? 0) > now;
}

/** Whether this principal confirmed what has this digest, and the confirmation counts still. */
export function hasConfirmed(principal: Principal, digest: string, now: Instant): boolean {
  const { confirmed } = principal;
  return confirmed !== undefined && confirmed.digest === digest && confirmed.until > now;
}

async function inviteAdmin(
  desk: Desk,
  asked: AdminAsked,
): Promise<{ readonly secret: string; readonly person: string }> {
  const person: Person = {
    id: uuidv7(),
    organisation: asked.organisation.id,
    name: asked.name,
    roles: asked.roles ?? ["administrator"],
    lang: asked.lang ?? "zh",
  };
  return desk.store.transaction(async (tx) => {
    await putOrganisationIn(tx, asked.organisation, desk.now());
    await putPersonIn(tx, person, desk.now());
    const link = { person: person.id, purpose: "invite", face: asked.face ?? "console" } as const;
    const { secret } = await sessions.issueLinkIn(desk, tx, link);
    return { secret, person: person.id };
  });
}

/** A person has the roles of his row, a program those of the keys that hold, Sandbank its own. */
async function presentRoles(desk: Desk, principal: Principal): Promise<readonly Role[]> {
  const { kind, id, organisation, roles } = principal;
  if (kind === "system") return roles;
  if (kind === "key") return keys.rolesOfLine(desk, id);
  const person = await findPersonIn(desk.store, id);
  return person?.organisation === organisation ? person.roles : [];
}

async function putPerson(desk: Desk, person: Person): Promise<true | Refusal> {
  const put = await desk.store.transaction(async (tx) => {
    const organisation = await findOrganisationIn(tx, person.organisation);
    if (organisation === undefined) return refuse("organisation_unknown");
    await putPersonIn(tx, person, desk.now());
    return true as const;
  });
  desk.sessions.forgetAll();
  return put;
}

/** Opens identity over a store whose migrations have run. */
export function openIdentity(settings: IdentitySettings): Identity {
  const now = settings.now ?? machineNow;
  const { store, mode, site } = settings;
  const desk: Desk = {
    store,
    mode,
    site,
    now,
    keys: new Believed(now),
    sessions: new Believed(now),
    requestKeys: new Believed(now),
  };
  return {
    mode,
    findKey: (header) => keys.findKey(desk, header),
    findSigner: (signed) => findSigner(desk, signed),
    findSession: (token, face) => sessions.findSession(desk, token, face),
    signOut: (token) => sessions.signOut(desk, token),
    putOrganisation: (put) => store.transaction((tx) => putOrganisationIn(tx, put, now())),
    putPerson: (person) => putPerson(desk, person),
    findOrganisation: (id) => findOrganisationIn(store, id),
    findPerson: (id) => findPersonIn(store, id),
    presentRoles: (principal) => presentRoles(desk, principal),
    listPeople: (asked) => listPeople(store, asked),
    listByRole: (asked) => listByRole(store, asked),
    revokePerson: (id) => sessions.revokePerson(desk, id),
    revokeOrganisation: (id) => sessions.revokeOrganisation(desk, id),
    createKey: (asked) => keys.createKey(desk, asked),
    revokeKey: (id) => keys.revokeKey(desk, id),
    listKeys: (asked) => keys.listKeys(desk, asked),
    issueLink: (asked) => sessions.issueLink(desk, asked),
    signInByLink: (link) => sessions.signInByLink(desk, link),
    stepUpSimulated: (who, about) => sessions.stepUpSimulated(desk, who, about),
    readInvite: (link) => sessions.readInvite(desk, link),
    inviteAdmin: (asked) => inviteAdmin(desk, asked),
    registrationOptions: (who) => passkeys.registrationOptions(desk, who),
    registerPasskey: (who, answered) => passkeys.registerPasskey(desk, who, answered),
    signInOptions: () => passkeys.signInOptions(desk),
    signInByPasskey: (face, response) => passkeys.signInByPasskey(desk, face, response),
    stepUpOptions: (session, about) => passkeys.stepUpOptions(desk, session, about),
    stepUpByPasskey: (who, response) => passkeys.stepUpByPasskey(desk, who, response),
    listPasskeys: (person) => listPasskeys(store, person),
    revokePasskey: (which) => passkeys.revokePasskey(desk, which),
    demoPrincipals: (asked) => demoPrincipals(desk, asked),
    sweep: () => store.transaction((tx) => sweepIn(tx, (now() - KEPT_MS) as Instant)),
  };
}
