/**
 * A complaint as it travels in JSON. Browser-safe. What the public reads of it is a number, a
 * category, days and an outcome; its words go to those who handle it, and only for a purpose.
 */
import { z } from "zod";

const instant = z.string();

export const COMPLAINT_STATES = [
  "received",
  "accepted",
  "inadmissible",
  "decided",
  "rechecking",
  "rechecked",
  "closed",
  "withdrawn",
] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** What a complaint is about. */
export const CATEGORIES = [
  "not_carried_out",
  "wrong_amount",
  "not_authorised",
  "fees",
  "explanation",
  "personal_information",
  "service",
  "other",
] as const;

/** Why a complaint is not taken up. There is no other reason: handling may not be refused. */
export const GROUNDS = [
  "not_about_this_pilot",
  "decided_before",
  "before_court_or_arbitration",
  "no_facts_stated",
] as const;

export const OUTCOMES = ["upheld", "partly", "rejected"] as const;
export type ComplaintOutcome = (typeof OUTCOMES)[number];

/** What a desk may want to see; `HELD` of complaint.ts says what it may not ask for. */
export const MATERIALS = [
  "identity_on_file",
  "agreement",
  "transaction_record",
  "call_recording",
  "proof_of_loss",
  "screenshot",
  "correspondence",
  "authority_to_represent",
  "description",
] as const;
export type Material = (typeof MATERIALS)[number];

/** For what a member of staff opens the words of a complaint. */
export const PURPOSES = ["handling", "recheck", "supervision"] as const;

/** The days that the decision may take, from receipt. */
export const DAYS = [15, 30, 60] as const;

export const complaintCategoryContract = z.enum(CATEGORIES);
export const groundContract = z.enum(GROUNDS);
export const complaintOutcomeContract = z.enum(OUTCOMES);
export const materialContract = z.enum(MATERIALS);
export const purposeContract = z.enum(PURPOSES);
/** A handler says of every complaint whether it touches an interest of his own. */
export const interestContract = z.enum(["none", "direct"]);

const words = z.string().min(1).max(5000);

/** A new complaint. `representatives` only for a group, at most five. */
export const lodgingContract = z.strictObject({
  category: complaintCategoryContract,
  text: z.string().min(10).max(5000),
  wish: z.string().max(1000).optional(),
  name: z.string().max(100).optional(),
  contact: z.string().max(200).optional(),
  /** The act in the journal that it is about, if the complainant knows it. */
  act: z.uuid().optional(),
  persons: z.number().int().min(1).max(100_000).optional(),
  representatives: z.array(z.string().min(1).max(100)).max(50).optional(),
});
export type Lodging = Readonly<z.infer<typeof lodgingContract>>;

export const lodgedContract = z.object({
  complaint: z.string(),
  number: z.string(),
  /** Shown to the complainant alone: whoever has it follows the complaint. */
  receipt: z.string(),
  receivedAt: instant,
  /** The first instant that is late. */
  due: instant,
});

/** One complaint as anybody may read it. */
export const publicComplaintContract = z.object({
  number: z.string(),
  category: complaintCategoryContract,
  state: z.enum(COMPLAINT_STATES),
  receivedAt: instant,
  days: z.number().int(),
  due: instant,
  answeredAt: instant.nullable(),
  /** Null while it is neither answered nor late. */
  inTime: z.boolean().nullable(),
  ground: groundContract.nullable(),
  outcome: complaintOutcomeContract.nullable(),
  escalatedAt: instant.nullable(),
  recheckOutcome: complaintOutcomeContract.nullable(),
  persons: z.number().int(),
});
export type PublicComplaint = z.infer<typeof publicComplaintContract>;

/** Complaints of a pilot in numbers, and the rows that each number sums. */
export const complaintNumbersContract = z.object({
  pilot: z.string(),
  at: instant,
  figures: z.object({
    received: z.number().int(),
    open: z.number().int(),
    overdueNow: z.number().int(),
    everOverdue: z.number().int(),
    decided: z.number().int(),
    inTime: z.number().int(),
    upheld: z.number().int(),
    partly: z.number().int(),
    rejected: z.number().int(),
    inadmissible: z.number().int(),
    withdrawn: z.number().int(),
    escalated: z.number().int(),
    rechecked: z.number().int(),
    changed: z.number().int(),
    extended: z.number().int(),
    persons: z.number().int(),
    /** Parts per million; null while nothing is due or decided. */
    onTime_ppm: z.number().int().nullable(),
    upheld_ppm: z.number().int().nullable(),
    repeat_ppm: z.number().int().nullable(),
    /** Middle of the days from receipt to decision; null before the first decision. */
    medianDays: z.number().int().nullable(),
  }),
  complaints: z.array(publicComplaintContract),
});
export type ComplaintNumbers = z.infer<typeof complaintNumbersContract>;
export type ComplaintFigures = ComplaintNumbers["figures"];

/** A complaint on the desk: everything but its words. */
export const deskComplaintContract = publicComplaintContract.extend({
  id: z.string(),
  pilot: z.string(),
  institution: z.string(),
  channel: z.enum(["public_form", "programme"]),
  act: z.string().nullable(),
  representatives: z.number().int(),
  handler: z.string().nullable(),
  concerns: z.array(z.string()),
  interests: z.array(z.string()),
  overdueSince: instant.nullable(),
  recheckDue: instant.nullable(),
  nextAt: instant.nullable(),
});
export type DeskComplaint = z.infer<typeof deskComplaintContract>;

export const complaintStepContract = z.object({
  nth: z.number().int(),
  at: instant,
  event: z.string(),
  side: z.enum(["complainant", "staff", "clock"]),
  /** Who of the staff; null for the complainant and for whoever follows by receipt. */
  actor: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  /** The words of the step, for those who may read them; null where they were erased. */
  words: z.string().nullable().optional(),
});
export type ComplaintStep = z.infer<typeof complaintStepContract>;

export const deskContract = z.object({ at: instant, complaints: z.array(deskComplaintContract) });
export const deskQueryContract = z.strictObject({
  pilot: z.string().max(40).optional(),
  state: z.enum(COMPLAINT_STATES).optional(),
});
export const deskDetailContract = z.object({
  at: instant,
  complaint: deskComplaintContract,
  steps: z.array(complaintStepContract),
});

/** The words of a complaint, opened for a purpose. */
export const openedContract = z.object({
  complaint: z.string(),
  purpose: purposeContract,
  said: z.object({
    text: z.string(),
    wish: z.string(),
    name: z.string(),
    contact: z.string(),
    representatives: z.array(z.string()),
  }),
  steps: z.array(complaintStepContract),
});
export type OpenedComplaint = z.infer<typeof openedContract>;

export const complaintParams = z.strictObject({ id: z.uuid() });
export const receiptContract = z.strictObject({ receipt: z.string().min(16).max(40) });

/** What the complainant follows by receipt: public facts, and the steps with their words. */
export const followedContract = z.object({
  at: instant,
  pilot: z.string(),
  complaint: publicComplaintContract,
  steps: z.array(complaintStepContract),
  /** What may be done by receipt now. */
  may: z.object({
    add: z.boolean(),
    withdraw: z.boolean(),
    escalate: z.boolean(),
    recheck: z.boolean(),
    /** The first instant at which a re-check can no longer be asked for. */
    recheckUntil: instant.nullable(),
    /** Whether what was written can be erased: it has ended, and the words are still there. */
    erase: z.boolean(),
  }),
});
export type FollowedComplaint = z.infer<typeof followedContract>;

/** A complaint as the person who lodged it finds it, without its receipt code. */
export const ownComplaintContract = publicComplaintContract.extend({
  id: z.string(),
  pilot: z.string(),
});
export const ownComplaintsContract = z.object({ complaints: z.array(ownComplaintContract) });
export type OwnComplaint = z.infer<typeof ownComplaintContract>;

/** What staff do to a complaint, one act a body. */
export const handlingContract = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("accept"), interest: interestContract }),
  z.strictObject({ act: z.literal("take_over"), interest: interestContract }),
  z.strictObject({
    act: z.literal("find_inadmissible"),
    interest: interestContract,
    ground: groundContract,
    words,
  }),
  z.strictObject({ act: z.literal("ask"), material: materialContract, words }),
  z.strictObject({
    act: z.literal("extend"),
    days: z.union([z.literal(30), z.literal(60)]),
    words,
  }),
  z.strictObject({ act: z.literal("decide"), outcome: complaintOutcomeContract, words }),
  z.strictObject({
    act: z.literal("decide_recheck"),
    interest: interestContract,
    outcome: complaintOutcomeContract,
    words,
  }),
  z.strictObject({ act: z.literal("name_person"), person: z.string().min(1).max(80) }),
  z.strictObject({ act: z.literal("declare_interest") }),
]);
export type Handling = Readonly<z.infer<typeof handlingContract>>;

/** What the complainant does by receipt. */
export const followingContract = z.strictObject({
  receipt: z.string().min(16).max(40),
  act: z.enum(["add", "withdraw", "escalate", "request_recheck"]),
  words: z.string().max(5000).optional(),
});
export type Following = Readonly<z.infer<typeof followingContract>>;
/** The same by the person who lodged it and is signed in. */
export const ownActingContract = followingContract.omit({ receipt: true });
export type OwnActing = Readonly<z.infer<typeof ownActingContract>>;

export const wordsOpeningContract = z.strictObject({ purpose: purposeContract });
