/**
 * Payment tokens as their callers see them: what comes in and what goes out. Browser-safe. Amounts
 * are decimal strings of fen, instants RFC 3339, days `YYYY-MM-DD` in Asia/Shanghai.
 */
import { fenText, fenTextOrZero } from "@sandbank/kernel/money";
import { z } from "zod";
import {
  controlsContract,
  sceneBoundsContract,
  SCENES_MAX,
  windowContract,
} from "./control/control.contract.ts";
import {
  CARD_STATES,
  channelContract,
  countryContract,
  dayContract,
  expiryContract,
  holderContract,
  instantContract as askedInstant,
  mccContract,
  mccRangeContract,
  merchantContract,
  nameContract as name,
  sceneIdContract,
  tridContract,
} from "./fields.contract.ts";

export * from "./fields.contract.ts";
export * from "./control/control.contract.ts";
export * from "./control/confirm.contract.ts";
export * from "./misuse.contract.ts";
export * from "./service.contract.ts";
export * from "./ending.contract.ts";

export * from "./holding.contract.ts";
export * from "./vault.contract.ts";

const instant = z.string();
const shownName = z.object({ zh: z.string(), en: z.string() });
/** A host by its DNS name, in small letters. */
const hostContract = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/)
  .meta({ "x-form": { zh: "小写域名，如 pay.example.cn", en: "a host, such as pay.example.cn" } });

/** Who may suspend a token, each by a cause of its own. */
export const CAUSES = ["holder", "issuer", "requestor", "risk", "sandbox"] as const;
export const causeContract = z.enum(CAUSES);

export const newCardContract = z.strictObject({
  holder: holderContract,
  number: z.string().regex(/^[0-9 -]{12,40}$/),
  expires: expiryContract,
});
export const cardContract = z.object({
  id: z.string(),
  holder: z.string(),
  par: z.string(),
  last4: z.string(),
  bin: z.string(),
  expires: instant,
  state: z.enum(CARD_STATES),
});
export const fundsContract = z.strictObject({ amount: fenText });
export const fundedContract = z.object({ card: z.string(), amount: z.string() });

export const newRequestorContract = z.strictObject({
  trid: tridContract,
  organisation: z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/),
  name,
  /** Hosts on which it takes payments; none unless told. */
  domains: z.array(hostContract).max(20).optional(),
});
export const requestorContract = z.object({ trid: z.string() });
export const requestorStateContract = z.enum(["applied", "active", "suspended", "ended"]);
export const movedRequestorContract = z.object({
  trid: z.string(),
  state: requestorStateContract,
});
const shownRequestor = z.object({
  trid: z.string(),
  organisation: z.string(),
  name: shownName,
  domains: z.array(z.string()),
  state: requestorStateContract,
  /** When it was registered. */
  at: instant,
});
export const requestorsContract = z.object({
  requestors: z.array(shownRequestor),
});

export const newSceneContract = z.strictObject({
  id: sceneIdContract,
  trid: tridContract,
  /** Empty lists let everything through. */
  merchants: z.array(merchantContract).max(200),
  mccs: z.array(mccRangeContract).max(50),
  channels: z.array(channelContract).max(20),
  name,
  /** Whether each payment must bring a cryptogram; not unless told. */
  cryptogram: z.boolean().optional(),
});
export const sceneContract = z.object({ scene: z.string() });
export const sceneStateContract = z.enum(["open", "suspended", "ended"]);
export const sceneParams = z.strictObject({ scene: sceneIdContract });
export const movedSceneContract = z.object({ scene: z.string(), state: sceneStateContract });
/** A requestor with its scenes and the keys that its organisation has enrolled. */
export const requestorDetailContract = shownRequestor.extend({
  scenes: z.array(z.object({ id: z.string(), name: shownName, state: sceneStateContract })),
  keys: z.array(
    z.object({
      /** SHA-256 of its 32 bytes, in hexadecimal. */
      id: z.string(),
      /** The program that signs with it. */
      name: z.string(),
      state: z.enum(["in_use", "soon", "expired", "ended"]),
      expires: instant,
    }),
  ),
});
export const scenesContract = z.object({
  scenes: z.array(
    z.object({
      id: z.string(),
      trid: z.string(),
      organisation: z.string(),
      name: shownName,
      /** What its requestor is called. */
      by: shownName,
      merchants: z.array(z.string()),
      mccs: z.array(z.string()),
      channels: z.array(z.string()),
      /** Whether each payment must bring a cryptogram. */
      cryptogram: z.boolean(),
      state: sceneStateContract,
      /** How its requestor stands: it pays only where that is active. */
      requestor: requestorStateContract,
    }),
  ),
});

/** What a token is for: kept by a merchant, shown as a code, held in a phone, or good for one payment. */
export const TOKEN_TYPES = ["on_file", "qr", "hce", "one_time"] as const;
/** How the holder was known when the token was issued, weakest first. */
export const ASSURANCES = ["institution", "signed_in", "second_factor"] as const;

/** The text that a holder agreed to, as it was shown: its version and the digest of its words. */
export const givenConsentContract = z.strictObject({
  version: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The last day of the consent; left out, it holds as long as the token. */
  until: dayContract.optional(),
});
/** A text that holders agree to, in both languages. */
export const consentTextContract = z.object({
  version: z.number().int(),
  purpose: z.string(),
  hash: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }),
});
/** The consent that a token lives by. `hash` and `version` say which text was agreed to. */
export const consentContract = z.object({
  version: z.number().int(),
  purpose: z.string(),
  hash: z.string(),
  given: instant,
  until: instant,
  withdrawn: instant.nullable(),
});

export const newTokenContract = z.strictObject({
  holder: holderContract,
  card: z.uuid(),
  scenes: z.array(sceneIdContract).min(1).max(SCENES_MAX),
  controls: controlsContract,
  /** `on_file` unless told. */
  type: z.enum(TOKEN_TYPES).optional(),
  /** When it ends, at the latest with its card, which is when it ends unless told. */
  expires: askedInstant.optional(),
  consent: givenConsentContract,
});
export const tokenContract = z.object({
  id: z.string(),
  number: z.string(),
  card: z.string(),
  last4: z.string(),
  par: z.string(),
  holder: z.string(),
  type: z.enum(TOKEN_TYPES),
  assurance: z.enum(ASSURANCES),
  scenes: z.array(z.string()),
  /** `deleted` before `expired` before `suspended` before `active`. */
  state: z.enum(["active", "suspended", "expired", "deleted"]),
  causes: z.array(causeContract),
  expires: instant,
  controls: controlsContract,
  /** What the issuer bounds the holder by. */
  bounds: controlsContract,
  version: z.number().int(),
  /** Null for a token of before there were consents. */
  consent: consentContract.nullable(),
});
export const tokensContract = z.object({ tokens: z.array(tokenContract) });
export const holderQuery = z.strictObject({ holder: holderContract });

export const versionContract = z.object({ token: z.string(), version: z.number().int() });
/** Serving one more scene, within bounds of its own if the holder sets some. */
export const sharedSceneContract = z.strictObject({
  holder: holderContract,
  scene: sceneIdContract,
  bounds: sceneBoundsContract.omit({ scene: true }).optional(),
});
export const tokenScenesContract = z.object({
  token: z.string(),
  scenes: z.array(z.string()),
  version: z.number().int(),
});
/** `holder` where a customer acts; others leave it out. */
export const causeBodyContract = z.strictObject({
  cause: causeContract,
  holder: holderContract.optional(),
});
export const holderBodyContract = z.strictObject({ holder: holderContract.optional() });
export const tokenStateContract = z.object({
  token: z.string(),
  state: z.enum(["live", "deleted"]),
  causes: z.array(causeContract),
});

/** A cryptogram as its holder's app hands it to the requestor: its counter and its code. */
export const broughtCryptogramContract = z.strictObject({
  counter: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/)
    .meta({ "x-form": { zh: "1 到 9 位的序号", en: "a counter of 1 to 9 digits" } }),
  code: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .meta({ "x-form": { zh: "32 位十六进制密文", en: "a code of 32 hexadecimal digits" } }),
});
export const newCryptogramContract = z.strictObject({
  holder: holderContract,
  scene: sceneIdContract,
  amount: fenText,
  currency: z.enum(["CNY"]),
});
export const cryptogramContract = z.object({
  counter: z.string(),
  code: z.string(),
  expires: instant,
});

/** An authorisation, content of `tokens.authorise` as it stands. */
export const authorisationContract = z.strictObject({
  token: z.string().regex(/^[0-9]{12,19}$/),
  amount: fenText,
  currency: z.enum(["CNY"]),
  merchant: merchantContract,
  mcc: mccContract,
  channel: channelContract,
  /** Where the merchant is: CN unless told. */
  country: countryContract.optional(),
  scene: sceneIdContract,
  /** The requestor's own reference of the order. */
  reference: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
  /** Needed in scenes that say so, and spent wherever it is brought. */
  cryptogram: broughtCryptogramContract.optional(),
});
export const authorisedContract = z.object({
  payment: z.string(),
  state: z.literal("authorised"),
  amount: z.string(),
  expires: instant,
});
export const captureBodyContract = z.strictObject({ amount: fenText, final: z.boolean() });
export const increaseBodyContract = z.strictObject({ amount: fenText });
export const refundBodyContract = z.strictObject({ amount: fenText });
export const paymentStateContract = z.enum([
  "authorised",
  "part_captured",
  "captured",
  "voided",
  "expired",
]);
/** How a payment stands after a capture, void or refund. */
export const standingContract = z.object({
  payment: z.string(),
  state: paymentStateContract,
  captured: fenTextOrZero,
  refunded: fenTextOrZero,
});
export const paymentContract = standingContract.extend({
  amount: z.string(),
  scene: z.string(),
  trid: z.string(),
  merchant: z.string(),
  channel: z.string(),
  reference: z.string(),
  at: instant,
  expires: instant,
});

export const declineContract = z.object({
  act: z.string(),
  at: instant,
  token: z.string().nullable(),
  organisation: z.string(),
  scene: z.string(),
  merchant: z.string(),
  reference: z.string(),
  amount: z.string(),
  /** What stood in the way and what can be done, in the reader's language. */
  sentence: z.string(),
  remedy: z.string(),
  /** The figures of the first reason in one line; empty where it has none. */
  figures: z.string(),
  code: z.string(),
  failed: z.array(
    z.object({
      code: z.string(),
      limit: z.string().optional(),
      unit: z.enum(["fen", "count"]).optional(),
      used: z.string().optional(),
      cap: z.string().optional(),
      asked: z.string().optional(),
      clause: z.string().optional(),
    }),
  ),
});
export const declinesContract = z.object({
  declines: z.array(declineContract),
  /** What to ask `before` with for the next page, or null at the end. */
  next: z.string().nullable(),
});
export const declinesQuery = holderQuery.extend({
  before: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/)
    .optional(),
});

/** How many acts about the holder were erased, and under which id the receipt stands. */
export const erasedContract = z.object({ erased: z.number().int(), receipt: z.string() });
/** What an erasure covers, what stays, and whether the vault has destroyed its rows by now. */
export const receiptContract = z.object({
  receipt: z.string(),
  at: instant,
  /** Cards of the holder, acts about him that no longer open, payments without his name. */
  cards: z.number().int(),
  acts: z.number().int(),
  payments: z.number().int(),
  /** Rows with a salt and a ciphertext, and claims on numbers, that the vault destroyed; null until then. */
  destroyed: z
    .object({ sealed: z.number().int(), claims: z.number().int(), at: instant })
    .nullable(),
  covers: z.array(z.string()),
  stays: z.array(z.string()),
});
/** A payment that is only asked about: would it pass, now or at another instant? */
export const triedPaymentContract = z.strictObject({
  holder: holderContract,
  amount: fenText,
  currency: z.enum(["CNY"]),
  merchant: merchantContract,
  mcc: mccContract,
  channel: channelContract,
  country: countryContract.optional(),
  scene: sceneIdContract,
  /** Whether it would bring a cryptogram. */
  cryptogram: z.boolean().optional(),
  at: askedInstant.optional(),
});
export const explainedContract = z.object({
  passes: z.boolean(),
  version: z.number().int(),
  at: instant,
  failed: declineContract.shape.failed,
  /** What is left of every window before the payment. */
  windows: z.array(windowContract),
  /** What is left on the card, in fen. */
  funds: fenTextOrZero,
  /** True where a holiday rule looks at a year whose holidays are not published yet. */
  holidaysUnknown: z.boolean(),
});

export const tokenWindowsContract = z.object({ windows: z.array(windowContract) });

/** A holder's confirmation of one payment, ahead of it. */
export const confirmedPaymentContract = z.strictObject({
  holder: holderContract,
  merchant: merchantContract,
  amount: fenText,
});
export const confirmationContract = z.object({ confirmation: z.string(), until: instant });

/** Fen that may be negative, as a decimal string. */
const signedFen = z.string().regex(/^(0|-?[1-9][0-9]*)$/);
/** What a requestor is owed: captured less refunded, and what is held for it. */
export const settlementContract = z.object({
  trid: z.string(),
  owed: z.string(),
  held: z.string(),
});

export const settleBodyContract = z.strictObject({ day: dayContract });
/** One settled day: from the requestor's side, in fen; what is left may be negative. */
export const settledContract = z.object({
  trid: z.string(),
  day: z.string(),
  opening: signedFen,
  captures: z.string(),
  captured: fenTextOrZero,
  refunds: z.string(),
  refunded: fenTextOrZero,
  paid: fenTextOrZero,
  closing: signedFen,
});
export const settledDayContract = z.object({ trid: z.string(), day: z.string() });
export const settledDaysContract = z.object({
  days: z.array(settledContract),
  /** What to ask `before` with for the next page, or null at the end. */
  next: z.string().nullable(),
});
export const settledDaysQuery = z.strictObject({ before: dayContract.optional() });
export const fileParams = z.strictObject({ trid: tridContract, day: dayContract });
export const fileQuery = z.strictObject({
  form: z.enum(["json", "csv"]).optional(),
  part: z
    .string()
    .regex(/^[1-9][0-9]{0,4}$/)
    .optional(),
});
/** One part of a day's file. The signature is over the bytes of `text` in UTF-8. */
export const fileContract = z.object({
  trid: z.string(),
  day: z.string(),
  form: z.enum(["json", "csv"]),
  part: z.number().int(),
  parts: z.number().int(),
  text: z.string(),
  /** SHA-256 of `text`, in hexadecimal. */
  digest: z.string(),
  /** A line as signed notes have them: a dash, the name of the key, base64 of its id and signature. */
  signature: z.string(),
});
export const bankKeysContract = z.object({ keys: z.array(z.string()) });

/** A message of the form edge before it is read: each field, or what was sent under one name twice. */
const formText = z.string().max(1_024);
export const formMessageContract = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,79}$/),
  z.union([formText, z.array(formText).max(40)]),
);
export const formAnswerContract = z.record(z.string(), z.string());

export const idParams = z.strictObject({ id: z.uuid() });
export const tokenSceneParams = z.strictObject({ id: z.uuid(), scene: sceneIdContract });
export const tridParams = z.strictObject({ trid: tridContract });

export type CardState = (typeof CARD_STATES)[number];
export type Erased = z.infer<typeof erasedContract>;
export type ReceiptAnswer = z.infer<typeof receiptContract>;
export type Cause = z.infer<typeof causeContract>;
export type NewCard = z.infer<typeof newCardContract>;
export type NewRequestor = z.infer<typeof newRequestorContract>;
export type RequestorState = z.infer<typeof requestorStateContract>;
export type RequestorsAnswer = z.infer<typeof requestorsContract>;
export type RequestorDetail = z.infer<typeof requestorDetailContract>;
export type ScenesAnswer = z.infer<typeof scenesContract>;
export type SceneState = z.infer<typeof sceneStateContract>;
export type NewScene = z.infer<typeof newSceneContract>;
export type TokenType = (typeof TOKEN_TYPES)[number];
export type Assurance = (typeof ASSURANCES)[number];
export type ConsentText = z.infer<typeof consentTextContract>;
export type GivenConsent = z.infer<typeof givenConsentContract>;
export type ConsentAnswer = z.infer<typeof consentContract>;
export type TriedPayment = z.infer<typeof triedPaymentContract>;
export type Explained = z.infer<typeof explainedContract>;
export type SceneAnswer = z.infer<typeof scenesContract>["scenes"][number];
export type NewToken = z.infer<typeof newTokenContract>;
export type TokenAnswer = z.infer<typeof tokenContract>;
export type Authorisation = z.infer<typeof authorisationContract>;
export type PaymentState = z.infer<typeof paymentStateContract>;
export type PaymentAnswer = z.infer<typeof paymentContract>;
export type DeclineAnswer = z.infer<typeof declineContract>;
export type DeclinesAnswer = z.infer<typeof declinesContract>;
export type SettledAnswer = z.infer<typeof settledContract>;
export type SettlementAnswer = z.infer<typeof settlementContract>;
