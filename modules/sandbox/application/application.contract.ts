/**
 * Applications as they travel in JSON: what an institution sends in, what its staff and the
 * supervisor's see of it, and the steps by which it moves. Browser-safe.
 */
import { z } from "zod";
import {
  declarationContract,
  hashContract,
  slugContract,
  textContract,
} from "../declaration/declaration.contract.ts";

const instant = z.string();

export const newApplicationContract = z.strictObject({ declaration: declarationContract });

export const newVersionContract = z.strictObject({
  declaration: declarationContract,
  /** The version that the drafter had before him. */
  after: z.int().min(1),
});

const signatureContract = z.strictObject({
  /** Id of the key: SHA-256 of its 32 raw bytes. */
  key: hashContract,
  /** Ed25519 over the version's `textToSign`: 64 bytes, base64url. */
  value: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

const signedStep = { version: z.int().min(1), signature: signatureContract };
const reasons = z.array(textContract).min(1).max(20);
const change = z.uuid();

/** One step of the procedure. Who may take it, and what it asks for, stands with its command. */
export const applicationStepContract = z.discriminatedUnion("step", [
  z.strictObject({ step: z.literal("submit"), ...signedStep }),
  z.strictObject({ step: z.literal("return"), reasons }),
  z.strictObject({ step: z.literal("accept") }),
  z.strictObject({ step: z.literal("publish"), days: z.int().min(1).max(365).optional() }),
  z.strictObject({ step: z.literal("refuse"), reasons }),
  z.strictObject({ step: z.literal("withdraw") }),
  z.strictObject({ step: z.literal("amend"), ...signedStep }),
  z.strictObject({ step: z.literal("register") }),
  z.strictObject({
    step: z.literal("arm"),
    partitions: z.array(z.int().min(1).max(1_000_000)).min(1).max(1024),
  }),
  z.strictObject({ step: z.literal("start") }),
  z.strictObject({ step: z.literal("request_change"), ...signedStep }),
  z.strictObject({ step: z.literal("adopt_change"), change }),
  z.strictObject({ step: z.literal("refuse_change"), change, reasons }),
  z.strictObject({ step: z.literal("withdraw_change"), change }),
]);

/** Why a change is material; an empty list says that it is editorial. */
export const weightContract = z.enum([
  "institution_changed",
  "cap_raised",
  "partner_added",
  "purpose_added",
  "reach_widened",
  "compensation_weakened",
  "exit_weakened",
  "complaints_weakened",
  "trigger_loosened",
  "graduation_loosened",
  "period_lengthened",
]);

export const filedVersionContract = z.object({
  version: z.number().int(),
  hash: z.string(),
  at: instant,
  draftedBy: z.string(),
  weights: z.array(weightContract),
  signedBy: z.string().nullable(),
  key: z.string().nullable(),
  signature: z.string().nullable(),
  signedAt: instant.nullable(),
  publishedAt: instant.nullable(),
});

export const roundContract = z.object({
  round: z.number().int(),
  version: z.number().int(),
  opens: instant,
  /** First instant at which comments come too late. */
  closes: instant,
  state: z.enum(["open", "closed", "broken_off"]),
  comments: z.number().int(),
});

export const changeContract = z.object({
  id: z.string(),
  number: z.number().int(),
  version: z.number().int(),
  material: z.boolean(),
  round: z.number().int().nullable(),
  state: z.enum(["requested", "adopted", "refused", "withdrawn"]),
  requestedAt: instant,
  settledAt: instant.nullable(),
});

export const rulingContract = z.object({
  kind: z.enum(["returned", "refused", "change_refused"]),
  version: z.number().int(),
  reasons: z.array(textContract),
  at: instant,
});

export const applicationSummaryContract = z.object({
  slug: z.string(),
  name: textContract,
  organisation: z.string(),
  /** The institution that leads it, by the name that it declares. */
  lead: textContract,
  state: z.string(),
  since: instant,
  /** The version that the pilot stands on, and the last on file. */
  stands: z.number().int(),
  latest: z.number().int(),
  number: z.string().nullable(),
  isPublished: z.boolean(),
});

export const applicationsContract = z.object({ applications: z.array(applicationSummaryContract) });

export const applicationContract = applicationSummaryContract.extend({
  /** The last version on file, what its signer signs, and what it still lacks. */
  declaration: declarationContract,
  textToSign: z.string(),
  missing: z.array(
    z.object({
      clause: z.string(),
      title: textContract,
      field: z.string(),
      /** What is wrong with an exit plan that is there; null where nothing is filled in. */
      flaw: textContract.nullable(),
    }),
  ),
  versions: z.array(filedVersionContract),
  rulings: z.array(rulingContract),
  rounds: z.array(roundContract.extend({ waiting: z.number(), unanswered: z.number() })),
  changes: z.array(changeContract),
  registration: z.object({ number: z.string(), at: instant, startBy: instant }).nullable(),
});

export const clauseViewContract = z.object({
  key: z.string(),
  clause: z.string(),
  title: textContract,
  lines: z.array(z.object({ zh: z.string(), en: z.string() })),
});

export const differenceContract = clauseViewContract.omit({ lines: true }).extend({
  /** Empty where the clause is new. */
  before: clauseViewContract.shape.lines,
  /** Empty where it is gone. */
  after: clauseViewContract.shape.lines,
});

export const differencesContract = z.object({
  pilot: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  /** Empty if the change is editorial. */
  weights: z.array(weightContract),
  differences: z.array(differenceContract),
});

export const versionContract = filedVersionContract
  .pick({ version: true, hash: true, key: true, signature: true, weights: true })
  .extend({
    pilot: z.string(),
    at: instant,
    declaration: declarationContract,
    clauses: z.array(clauseViewContract),
    /** The signing key, raw, base64url; null for reported facts, which nobody signed here. */
    publicKey: z.string().nullable(),
  });

/** Where a pilot has been, as everybody may read it. */
export const historyContract = z.object({
  pilot: z.string(),
  number: z.string().nullable(),
  passages: z.array(
    z.object({
      from: z.string().nullable(),
      to: z.string(),
      version: z.number().int(),
      at: instant,
    }),
  ),
  rulings: z.array(rulingContract),
  rounds: z.array(roundContract),
  changes: z.array(changeContract),
});

const versionText = z.string().regex(/^[1-9][0-9]{0,4}$/);
export const versionParams = z.strictObject({ slug: slugContract, version: versionText });
export const rangeQuery = z.strictObject({ from: versionText, to: versionText });

export const newSigningKeyContract = z.strictObject({
  /** 32 raw bytes of an Ed25519 public key, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Signature of `sandbank-signing-key-v1\n<organisation>\n<publicKey>\n` by the key itself. */
  proof: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

export const signingKeysContract = z.object({
  organisation: z.string(),
  keys: z.array(
    z.object({
      id: z.string(),
      publicKey: z.string(),
      enrolledBy: z.string(),
      at: instant,
      endedAt: instant.nullable(),
    }),
  ),
});

export const keyParams = z.strictObject({ key: hashContract });

export type ApplicationStep = Readonly<z.infer<typeof applicationStepContract>>;
export type ApplicationSummary = z.infer<typeof applicationSummaryContract>;
export type ApplicationAnswer = z.infer<typeof applicationContract>;
export type DifferencesAnswer = z.infer<typeof differencesContract>;
export type VersionAnswer = z.infer<typeof versionContract>;
export type HistoryAnswer = z.infer<typeof historyContract>;
