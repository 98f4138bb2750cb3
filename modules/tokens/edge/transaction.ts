/**
 * What a message of the form edge asks for. The transactions are a closed table, each with the fields
 * that it must have; a message that has another field, or one of them wrong, asks for nothing.
 */
import type { Instant } from "@sandbank/kernel/clock";
import { z } from "zod";
import {
  type Authorisation,
  broughtCryptogramContract,
  channelContract,
  mccContract,
  merchantContract,
  sceneIdContract,
  tridContract,
} from "../contract.ts";
import type { Refusal } from "@sandbank/kernel/words";
import { refuse } from "../refusals.ts";
import { type Fields, readGroup } from "./form.ts";
import { sentAt } from "./sent.ts";

/** By `txnType`, as UnionPay numbers them. */
export const VERBS = {
  "00": "look",
  "01": "pay",
  "02": "authorise",
  "03": "capture",
  "04": "refund",
  "32": "void",
} as const;
export type Verb = (typeof VERBS)[keyof typeof VERBS];

/** A message that was read: who asks for what. */
export type Transaction = {
  /** The fields that an answer repeats. */
  readonly repeated: Fields;
  readonly trid: string;
  /** When it says that it was sent, to the second. */
  readonly sent: Instant;
  readonly certId: string;
  readonly signature: string;
  /** Host of the address to which the requestor wants its people sent back. */
  readonly host: string | undefined;
} & (
  | { readonly verb: "pay" | "authorise"; readonly payment: Authorisation }
  | { readonly verb: "capture" | "refund"; readonly of: string; readonly amount: string }
  | { readonly verb: "void" | "look"; readonly of: string }
);

const fen = z.string().regex(/^[1-9][0-9]{0,16}$/);
/** Fields that every message has, and what each must be. */
const COMMON = {
  version: z.literal("5.1.0"),
  encoding: z.literal("UTF-8"),
  signMethod: z.literal("ED25519"),
  certId: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().max(88),
  txnType: z.enum(Object.keys(VERBS) as [keyof typeof VERBS]),
  txnSubType: z.enum(["00", "01"]),
  bizType: z.literal("000902"),
  accessType: z.literal("0"),
  merId: merchantContract,
  orderId: z.string().regex(/^[A-Za-z0-9]{8,40}$/),
  txnTime: z
    .string()
    .regex(/^20[0-9]{12}$/)
    .refine((text) => sentAt(text) !== undefined),
  tokenPayData: z.string(),
} as const;
const FREE = {
  reqReserved: z.string().regex(/^[A-Za-z0-9._:-]{1,200}$/),
  backUrl: z.url({ protocol: /^https$/ }).max(256),
} as const;
const OF = { origQryId: z.uuid() } as const;
const SUM = { txnAmt: fen, currencyCode: z.literal("156") } as const;
const NEW = { ...SUM, channelType: z.enum(["07", "08"]), reserved: z.string() } as const;
/** What each transaction has beside what all have. */
const OWN: Readonly<Record<Verb, Readonly<Record<string, z.ZodType<string>>>>> = {
  look: OF,
  pay: NEW,
  authorise: NEW,
  capture: { ...OF, ...SUM },
  refund: { ...OF, ...SUM },
  void: OF,
};
const REPEATED = [
  ...["version", "encoding", "txnType", "txnSubType", "bizType", "accessType"],
  ...["merId", "orderId", "txnTime", "txnAmt", "currencyCode", "reqReserved"],
];
/** `channelType` of a browser and of a phone. */
const CHANNELS: Readonly<Record<string, string>> = { "07": "web", "08": "app" };

/** Reads a message. Refuses `form_field_missing`, `form_field_wrong`, each naming its field. */
export function readTransaction(fields: Fields): Transaction | Refusal {
  const verb = VERBS[fields["txnType"] as keyof typeof VERBS];
  const needed = { ...COMMON, ...(verb === undefined ? {} : OWN[verb]) };
  for (const [name, contract] of Object.entries(needed)) {
    const value = fields[name];
    if (value === undefined) return missing(name);
    if (!contract.safeParse(value).success) return wrong(name);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (name in needed) continue;
    const free = FREE[name as keyof typeof FREE];
    if (free?.safeParse(value).success !== true) return wrong(name);
  }
  const token = readGroup(fields["tokenPayData"] ?? "");
  if (!isTokenData(token, verb)) return wrong("tokenPayData");
  const common = {
    repeated: Object.fromEntries(
      REPEATED.flatMap((name) => (name in fields ? [[name, fields[name] ?? ""]] : [])),
    ),
    trid: token["trId"] ?? "",
    sent: sentAt(fields["txnTime"] ?? "") as Instant,
    certId: fields["certId"] ?? "",
    signature: fields["signature"] ?? "",
    host: fields["backUrl"] === undefined ? undefined : new URL(fields["backUrl"]).hostname,
  };
  const of = (fields["origQryId"] ?? "").toLowerCase();
  if (verb === "void" || verb === "look") return { ...common, verb, of };
  const amount = fields["txnAmt"] ?? "";
  if (verb === "capture" || verb === "refund") return { ...common, verb, of, amount };
  const payment = paymentOf(fields, token["token"] ?? "");
  return payment === undefined ? wrong("reserved") : { ...common, verb, payment };
}

/** `trId` and `tokenType` always, `token` where one pays, and nothing else. */
function isTokenData(token: Fields | undefined, verb: Verb): token is Fields {
  if (!token || !tridContract.safeParse(token["trId"]).success) return false;
  const pays = verb === "pay" || verb === "authorise";
  if (pays !== /^[0-9]{12,19}$/.test(token["token"] ?? "")) return false;
  return token["tokenType"] === "01" && Object.keys(token).length === (pays ? 3 : 2);
}

const WHERE = z.strictObject({
  scene: sceneIdContract,
  mcc: mccContract,
  counter: broughtCryptogramContract.shape.counter.optional(),
  cryptogram: broughtCryptogramContract.shape.code.optional(),
});

function paymentOf(fields: Fields, token: string): Authorisation | undefined {
  const where = WHERE.safeParse({ ...readGroup(fields["reserved"] ?? "") });
  const channel = channelContract.safeParse(CHANNELS[fields["channelType"] ?? ""]);
  if (!where.success || !channel.success) return undefined;
  const { scene, mcc, counter, cryptogram: code } = where.data;
  if ((counter === undefined) !== (code === undefined)) return undefined;
  const brought = counter && code ? { cryptogram: { counter, code } } : {};
  return {
    ...{ token, amount: fields["txnAmt"] ?? "", currency: "CNY", scene, mcc },
    ...{ merchant: fields["merId"] ?? "", channel: channel.data },
    reference: fields["orderId"] ?? "",
    ...brought,
  };
}

function missing(field: string): Refusal {
  return refuse("form_field_missing", { params: { field } });
}

function wrong(field: string): Refusal {
  return refuse("form_field_wrong", { params: { field: field.slice(0, 40) } });
}
