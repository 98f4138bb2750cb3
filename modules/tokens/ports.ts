/**
 * What payment tokens need of others, in their own words. apps/server joins them. A port never
 * shares a transaction with us: each is a message or a reading, and may be late or fail.
 */
import type { Instant } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import type { Failed, Refusal } from "@sandbank/kernel/words";
import type { LookPurpose } from "./vault.contract.ts";

/** What the vault says of a card whose number it has sealed. */
export interface SealedCard {
  /** UUID; the same number of the same holder always gets the same. */
  readonly cardRef: string;
  /** EMV payment account reference, 29 characters. */
  readonly par: string;
  readonly last4: string;
  /** 6 to 8 digits. */
  readonly bin: string;
}

/** Where a card lies. */
export interface CardRef {
  readonly cardRef: string;
  /** The holder's partition. */
  readonly home: number;
}

/** Turning one key of the vault, as an act ordered it. */
export interface KeyOrder {
  /** Id of that act: told twice, it is one rotation. */
  readonly id: string;
  readonly kind: "kek" | "card" | "index";
  /** For `kek`: the name of the key to turn to. */
  readonly kek?: string;
}

/** How the vault's keys stand; nothing in it is a key. */
export interface VaultState {
  readonly keys: readonly {
    readonly kind: "card" | "index" | "cryptogram";
    readonly version: number;
    readonly state: "current" | "old" | "destroyed";
    readonly algorithm: string;
    readonly kek: string;
    readonly uses: bigint;
    readonly uses_max: bigint;
    readonly made: Instant | null;
    readonly ended: Instant | null;
  }[];
  readonly kept: readonly {
    readonly name: string;
    readonly made: string;
    readonly holders: readonly string[];
  }[];
  readonly rotations: readonly {
    readonly id: string;
    readonly kind: "kek" | "card" | "index";
    readonly total: bigint;
    readonly moved: bigint;
    readonly begun: Instant;
    readonly ended: Instant | null;
  }[];
  /** What has been looked at today. */
  readonly quotas: readonly {
    readonly principal: string;
    readonly purpose: string;
    readonly used: bigint;
    readonly cap: bigint;
  }[];
}

/** Keeps card numbers, and is the only one that ever sees one. */
export interface Vault {
  /** Seals a number; `expires` is `YYYY-MM`. A number it does not take is refused, never echoed. */
  seal(card: {
    readonly number: string;
    readonly expires: string;
    readonly holder: string;
    /** The holder's partition. */
    readonly home: number;
  }): Promise<SealedCard | Refusal>;
  /**
   * The issuer gave a card another number. `seq` is the place of that word: one that comes after a
   * later word changes nothing. Answers with what may be shown of the number that was told.
   */
  renumber(
    card: CardRef & { readonly number: string; readonly expires: string; readonly seq: bigint },
  ): Promise<Pick<SealedCard, "last4" | "bin"> | Refusal>;
  /** Opens at most 100 cards; what is not there is left out. One look under one id. */
  look(asked: {
    readonly id: string;
    readonly cards: readonly CardRef[];
    readonly purpose: LookPurpose;
    readonly principal: Principal;
  }): Promise<
    | readonly { readonly cardRef: string; readonly number: string; readonly expires: string }[]
    | Refusal
  >;
  /**
   * Forgets cards for good: salt and ciphertext, face and claim. Told twice under one id, it answers
   * what it destroyed the first time.
   */
  forget(
    id: string,
    cards: readonly CardRef[],
  ): Promise<{ readonly cards: number; readonly claims: number }>;
  /** Turns a key from wherever it stands; throws where it is told to stop. */
  rotate(order: KeyOrder, signal: AbortSignal): Promise<void>;
  /** Destroys every key, of the vault and of who keeps them; answers how many of its own there were. */
  destroyKeys(): Promise<number>;
  overview(): Promise<VaultState>;
}

/** Codes under a key for each token, which the vault derives and never gives away. */
export interface TokenCodes {
  /** 16 bytes; the same for the same token and message, and for no other that anybody can find. */
  cryptogramOf(token: string, message: string): Uint8Array;
}

/** Where things live. A holder's cards, tokens and payments share one partition. */
export interface Partitions {
  readonly all: readonly number[];
  ofHolder(holder: string): number;
  /** Digits 7 and 8 of the token numbers of a partition, 0 to 99: they tell it from the number. */
  slotOf(partition: number): number;
  /** The partition of a slot; any of them for a slot that none has, since nothing lives there. */
  ofSlot(slot: number): number;
}

/** Commands whose refusals are declines of payments. */
export const DECLINING = ["tokens.authorise", "tokens.increase"] as const;

/** A refused payment as the journal keeps it. */
export interface RefusedPayment {
  /** Its place in the order of the partition. */
  readonly seq: bigint;
  readonly act: string;
  readonly at: Instant;
  readonly organisation: string;
  /** `payment_declined` where the module said no itself: the reasons then stand in a decline. */
  readonly code: string;
  readonly failed: readonly Failed[];
  /** The content as it came, from the openings of the journal. */
  readonly content:
    | {
        readonly token: string;
        readonly amount: string;
        readonly scene: string;
        readonly merchant: string;
        readonly reference: string;
      }
    /** Of a payment that was to be raised. */
    | { readonly payment: string; readonly amount: string };
}

/** An accepted act about a holder as the journal keeps it. */
export interface AcceptedAct {
  /** Its place in the order of the partition. */
  readonly seq: bigint;
  readonly act: string;
  readonly at: Instant;
  readonly command: string;
  readonly principal: string;
  /** What is read of the content as it came; a command has those of its own. */
  readonly content: {
    readonly token?: string;
    readonly card?: string;
    readonly cardRef?: string;
    readonly cause?: string;
    readonly amount?: string;
    /** What the issuer's core said of a card. */
    readonly kind?: "lost" | "replaced" | "closed";
  };
}

/** A refused payment, whoever's it was; the content is null where the holder was erased. */
export type RefusedTry = Omit<RefusedPayment, "content"> & {
  readonly content: RefusedPayment["content"] | null;
};

/** Reads acts, newest first, before a place. */
export interface JournalReader {
  /** Refused acts of all holders and all declining commands, in [`since`, `until`). */
  refusedBetween(asked: {
    readonly partition: number;
    readonly since: Instant;
    readonly until: Instant;
    readonly before: bigint;
    readonly most: number;
  }): Promise<readonly RefusedTry[]>;
  /** Refused acts of one declining command about one holder. */
  refused(asked: {
    readonly partition: number;
    readonly command: (typeof DECLINING)[number];
    readonly holder: string;
    readonly before: bigint;
    readonly most: number;
  }): Promise<readonly RefusedPayment[]>;
  /** Accepted acts of these commands about one holder. */
  accepted(asked: {
    readonly partition: number;
    readonly holder: string;
    readonly commands: readonly string[];
    readonly before: bigint;
    readonly most: number;
  }): Promise<readonly AcceptedAct[]>;
}

/** A key with which programs of an organisation sign, as it stands. */
export interface SigningKey {
  /** SHA-256 of its 32 bytes, in hexadecimal. */
  readonly id: string;
  /** The program. */
  readonly name: string;
  readonly state: "in_use" | "soon" | "expired" | "ended";
  readonly expires: Instant;
}

/** Reads the keys that organisations have enrolled, each organisation's oldest first. */
export interface SigningKeys {
  of(organisation: string): Promise<readonly SigningKey[]>;
}

/** Tells whose signature it is: the requestors' own keys, as they are enrolled. */
export interface Signers {
  /** Whom a text speaks for that this key signed; refused if it did not, or is none of ours. */
  findSigner(signed: {
    readonly keyid: string;
    readonly text: string;
    readonly signature: Uint8Array;
  }): Promise<Principal | Refusal>;
}

/** Signs for the bank what requestors are to believe without asking again. */
export interface BankSigner {
  /** The public key as it is published: `name+id+base64`, as signed notes have them. */
  readonly vkey: string;
  /** The signature line of a text. */
  sign(text: string): string;
}

/** Counters of one account, in fen. */
export interface BookLine {
  readonly debits: bigint;
  readonly credits: bigint;
  readonly pendingDebits: bigint;
  readonly pendingCredits: bigint;
}

/** Reads one account of the ledger; undefined where it has not been opened. */
export interface Books {
  read(partition: number, key: string): Promise<BookLine | undefined>;
}

/** Reads what the supervisor has made of the pilot. */
export interface PilotReader {
  /** True once it has been told to leave; from then on it stays so. */
  leaves(): Promise<boolean>;
}

export interface TokensPorts {
  /** Logs in as `sandbank_tokens`. */
  readonly store: Store;
  readonly guard: Guard;
  readonly vault: Vault;
  readonly codes: TokenCodes;
  readonly partitions: Partitions;
  /** The organisation whose cards and vault these are; no other bank's people have a part in them. */
  readonly issuer: string;
  readonly journal: JournalReader;
  readonly books: Books;
  readonly pilot: PilotReader;
  readonly signers: Signers;
  readonly keys: SigningKeys;
  readonly signer: BankSigner;
  /** Business time of a reading. */
  now(): Promise<Instant>;
}
