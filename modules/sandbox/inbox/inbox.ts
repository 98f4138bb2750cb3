/**
 * The inbox: what an act has to tell to whom. A letter is written in the transaction of the act that
 * it tells of, so none is lost and none tells of what did not happen. It is addressed to a role, of
 * every organisation or of one, and each person reads it for himself. Pure.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { type Change, change } from "@sandbank/kernel/guard";
import type { Principal, Role } from "@sandbank/kernel/identity";
import type { Text } from "@sandbank/kernel/words";
import type { InboxAnswer, LetterKind } from "./inbox.contract.ts";
import { type LetterRow, putLetter } from "./inbox.store.ts";

interface Letter {
  readonly asks: InboxAnswer["letters"][number]["asks"];
  /** Whose role; `one` writes to the organisation that the act names, `every` to all who have it. */
  readonly to: readonly Role[];
  readonly organisation: "one" | "every";
}

const SUPERVISOR: readonly Role[] = ["supervisor_officer", "supervisor_approver"];
const INSTITUTION: readonly Role[] = [
  ...(["institution_operator", "institution_approver", "compliance_officer"] as const),
];

/** Every kind of letter there is. */
export const LETTERS: Readonly<Record<LetterKind, Letter>> = {
  incident_opened: { asks: "notice", to: SUPERVISOR, organisation: "every" },
  incident_resolved: { asks: "work", to: SUPERVISOR, organisation: "every" },
  incident_reopened: { asks: "work", to: INSTITUTION, organisation: "one" },
  incident_closed: { asks: "notice", to: INSTITUTION, organisation: "one" },
  watch_begun: { asks: "notice", to: INSTITUTION, organisation: "one" },
  watch_finding: { asks: "work", to: SUPERVISOR, organisation: "every" },
  watch_missed: { asks: "notice", to: INSTITUTION, organisation: "one" },
  watch_ruled: { asks: "work", to: INSTITUTION, organisation: "one" },
  watch_ended: { asks: "notice", to: INSTITUTION, organisation: "one" },
};

/** Roles that get letters of some kind. */
export const READERS: readonly Role[] = [
  ...new Set(Object.values(LETTERS).flatMap(({ to }) => to)),
];

/**
 * The job that tells outside, to whoever wants to hear it, that a letter waits. The database asks for
 * it wherever a letter is written, so that no writer can forget to.
 */
export const POST_LETTER = "sandbox.post_letter";

/** The change that writes a letter. `id` must be its own: the act's, where it writes one. */
export function write(letter: {
  readonly id: string;
  readonly kind: LetterKind;
  /** The organisation that it is for, where its kind writes to one. */
  readonly organisation: string;
  readonly pilot: string;
  readonly about: string;
  readonly title: Text;
  readonly now: Instant;
}): Change {
  const { now, ...row } = letter;
  const { to, organisation } = LETTERS[letter.kind];
  return change(putLetter, {
    ...row,
    organisation: organisation === "one" ? letter.organisation : null,
    roles: to.join(","),
    at: toIso(now),
  });
}

/** True if the letter is for this principal. Unknown letters and those of others answer alike. */
export function isFor(
  letter: Pick<LetterRow, "roles" | "organisation">,
  principal: Principal,
): boolean {
  const { roles, organisation } = letter;
  const addressed = principal.roles.some((role) => roles.includes(role));
  return addressed && (organisation === null || organisation === principal.organisation);
}
