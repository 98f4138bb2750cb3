/**
 * What the public site needs to know of declarations and of what the public said about them, in its
 * own words, and where it hands in what somebody says.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Phase } from "@sandbank/kernel/guard";
import type { Refusal, Text } from "@sandbank/kernel/words";

export interface ConsultationReader {
  /** Undefined for a pilot that the public does not know. */
  consultation(slug: string): Promise<Consultation | undefined>;
  /** What became of the comment with this receipt, however it was typed. */
  followed(receipt: string): Promise<Followed | undefined>;
  /** A published version. */
  version(slug: string, version: number): Promise<Version | undefined>;
  differences(
    slug: string,
    range: { readonly from: number; readonly to: number },
  ): Promise<Differences | undefined>;
  history(slug: string): Promise<History | undefined>;
  /** An attachment that a published version refers to. */
  attachment(hash: string): Promise<AttachmentFile | undefined>;
}

/** Takes what somebody said: one comment for each id. */
export interface CommentDesk {
  comment(said: Said): Promise<{ readonly receipt: string } | Refusal>;
  /** Its author takes the words of a comment back; `id` is the one that the form carried. */
  erase(of: { readonly receipt: string; readonly id: string }): Promise<object | Refusal>;
}

interface Named {
  readonly slug: string;
  readonly name: Text;
}

export interface Round {
  readonly round: number;
  readonly version: number;
  readonly opens: Instant;
  /** First instant at which comments come too late. */
  readonly closes: Instant;
  readonly state: "open" | "closed" | "broken_off";
}

export interface Consultation {
  readonly pilot: Named;
  /** Oldest first. */
  readonly rounds: readonly Round[];
  /** Comments that nobody has judged yet. */
  readonly waiting: number;
  /** Those that somebody has judged, in the order in which they came. */
  readonly comments: readonly Comment[];
  /** The clauses of the version that the last round is about. */
  readonly clauses: readonly ClauseName[];
}

export interface ClauseName {
  readonly key: string;
  readonly number: string;
  readonly title: Text;
}

export interface Answer {
  readonly text: Text;
  /** True if the declaration is amended because of it. */
  readonly changes: boolean;
  readonly at: Instant;
}

export interface Comment {
  readonly round: number;
  readonly number: number;
  readonly clause?: ClauseName;
  readonly author?: string;
  /** Absent where it was set aside, and once it is erased. */
  readonly body?: string;
  readonly erased?: true;
  readonly at: Instant;
  readonly reason?: Text;
  readonly duplicateOf?: { readonly round: number; readonly number: number };
  readonly answer?: Answer;
}

export interface Followed {
  readonly pilot: Named;
  readonly round: number;
  readonly number: number;
  /** Absent once it is erased. */
  readonly body?: string;
  readonly at: Instant;
  readonly state: "waiting" | "admitted" | "set_aside" | "duplicate";
  readonly reason?: Text;
  readonly answer?: Answer;
}

export interface ClauseText extends ClauseName {
  readonly lines: readonly Text[];
}

export interface Version {
  readonly pilot: Named;
  readonly version: number;
  /** Every published version, latest first. */
  readonly versions: readonly number[];
  readonly hash: string;
  readonly at: Instant;
  readonly clauses: readonly ClauseText[];
  readonly attachments: readonly { readonly hash: string; readonly name: string }[];
  /** Who signed it; absent for facts of a source. */
  readonly signed?: {
    /** Raw Ed25519 key and signature, base64url. */
    readonly publicKey: string;
    readonly signature: string;
    /** What was signed. */
    readonly text: string;
  };
}

/** Why a change asks the public again. */
export type Weight =
  | "institution_changed"
  | "cap_raised"
  | "partner_added"
  | "purpose_added"
  | "reach_widened"
  | "compensation_weakened"
  | "exit_weakened"
  | "complaints_weakened"
  | "trigger_loosened"
  | "graduation_loosened"
  | "period_lengthened";

export interface Differences {
  readonly pilot: Named;
  readonly from: number;
  readonly to: number;
  /** None for an editorial change. */
  readonly weights: readonly Weight[];
  readonly clauses: readonly (ClauseName & {
    readonly before: readonly Text[];
    readonly after: readonly Text[];
  })[];
}

export interface History {
  readonly pilot: Named;
  readonly number?: string;
  /** Oldest first. */
  readonly passages: readonly {
    readonly to: Phase;
    readonly version: number;
    readonly at: Instant;
  }[];
  readonly rulings: readonly {
    readonly kind: "refused" | "change_refused";
    readonly version: number;
    readonly reasons: readonly Text[];
    readonly at: Instant;
  }[];
  readonly changes: readonly {
    readonly number: number;
    readonly version: number;
    readonly material: boolean;
    readonly state: "requested" | "adopted" | "refused" | "withdrawn";
    readonly at: Instant;
    readonly settledAt?: Instant;
  }[];
}

export interface AttachmentFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A comment as its form sent it. */
export interface Said {
  readonly slug: string;
  /** The id that the form carried: the same form sent twice is one comment. */
  readonly id: string;
  readonly clause?: string;
  readonly author?: string;
  readonly body: string;
}
