/**
 * Parties: the organisations that take part and the people in them. Says which faces each kind of
 * organisation may sign in to and how long a session lives there. Knows no product and no secret.
 */
import type { Instant } from "../clock/index.ts";
import type { Lang, Text } from "../words/index.ts";
import type { Principal, Role } from "./principal.ts";

/** The closed set of kinds of organisation. `customers` holds every natural customer. */
export const ORGANISATION_KINDS = [
  "supervisor",
  "institution",
  "requestor",
  "auditor",
  "platform",
  "customers",
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** The sites that people sign in to; a session of one is worth nothing on another. */
export const FACES = ["console", "disclosure", "bank", "till", "portal"] as const;
export type Face = (typeof FACES)[number];

/** Which kinds of organisation may sign in where. */
export const FACE_KINDS: Readonly<Record<Face, readonly OrganisationKind[]>> = {
  console: ["supervisor", "institution", "auditor", "platform"],
  disclosure: ORGANISATION_KINDS,
  bank: ["customers"],
  till: ["requestor", "institution", "customers"],
  portal: ["requestor", "institution", "platform"],
};

/** How long a session lives: unused, and at most. Machine time. */
export const SESSION_LIVES: Readonly<
  Record<Face, { readonly idle_minutes: number; readonly hours_max: number }>
> = {
  console: { idle_minutes: 60, hours_max: 12 },
  disclosure: { idle_minutes: 60, hours_max: 12 },
  bank: { idle_minutes: 30, hours_max: 12 },
  till: { idle_minutes: 720, hours_max: 168 },
  portal: { idle_minutes: 60, hours_max: 12 },
};

/** How long a second factor counts, in minutes. */
export const STEP_UP_MINUTES = 5;

export interface Organisation {
  /** Slug of lower-case letters, digits and hyphens; at most 63. */
  readonly id: string;
  readonly kind: OrganisationKind;
  readonly name: Text;
  /** True for everything that the demo makes up. */
  readonly fictional: boolean;
}

export interface Person {
  /** UUID. */
  readonly id: string;
  readonly organisation: string;
  readonly name: Text;
  readonly roles: readonly Role[];
  readonly lang: Lang;
}

/** Somebody signed in to one face, as an edge sees it. */
export interface Session {
  readonly principal: Principal;
  readonly face: Face;
  readonly name: Text;
  readonly organisation: Organisation;
  readonly lang: Lang;
  /** What every form and every changing request of this session must carry. */
  readonly csrf: string;
  /** When it ends whatever is done with it. */
  readonly expires: Instant;
}

/** A session just begun. The token goes into the cookie of its face and nowhere else. */
export interface SignedIn {
  readonly token: string;
  readonly session: Session;
}
