/**
 * Controls of a token as they travel in JSON: what its holder allows it to do, and in the same form
 * what its issuer bounds the holder by. What is left out is not bounded. Browser-safe. Amounts are
 * decimal strings of fen, counts decimal strings, days `YYYY-MM-DD`.
 */
import { fenText, fenTextOrZero } from "@sandbank/kernel/money";
import { z } from "zod";
import {
  channelContract,
  countryContract,
  currencyContract,
  dayContract,
  holderContract,
  mccRangeContract,
  merchantContract,
  sceneIdContract,
  zoneContract,
} from "../fields.contract.ts";

/** How many payments: 1 to 999,999. */
const countText = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/)
  .meta({ "x-form": { zh: "1 到 999999 的笔数", en: "a number of payments from 1 to 999999" } });

/** What bounds amounts and numbers: of one payment, and of calendar periods in Asia/Shanghai. */
const boundsShape = {
  paymentAmount: fenText.optional(),
  dayAmount: fenText.optional(),
  dayCount: countText.optional(),
  /** ISO 8601 weeks, Monday to Sunday. */
  weekAmount: fenText.optional(),
  weekCount: countText.optional(),
  monthAmount: fenText.optional(),
  monthCount: countText.optional(),
  lifeAmount: fenText.optional(),
  lifeCount: countText.optional(),
};

/** Bounds within one scene, beside those of the whole token. */
export const sceneBoundsContract = z.strictObject({ scene: sceneIdContract, ...boundsShape });

/** How many scenes a token serves at most. */
export const SCENES_MAX = 8;
/** How many entries a list of controls has at most. */
export const LISTED_MAX = 50;
const listOf = <T extends z.ZodType>(entry: T) => z.array(entry).min(1).max(LISTED_MAX).optional();

/** Where payments may be made, or may not. A list that is left out lets everything through. */
export const listsContract = z.strictObject({
  scenes: listOf(sceneIdContract),
  merchants: listOf(merchantContract),
  mccs: listOf(mccRangeContract),
  countries: listOf(countryContract),
  channels: listOf(channelContract),
  currencies: listOf(currencyContract),
});

/** What becomes of the hours on a Chinese public holiday. */
export const HOLIDAY_RULES = ["as_sunday", "closed"] as const;

export const controlsContract = z.strictObject({
  ...boundsShape,
  /** A payment of less is refused. */
  paymentMin: fenText.optional(),
  /** One payment and no more; one that is voided has not been. */
  singleUse: z.literal(true).optional(),
  /** One character for each hour from Monday 00:00 on, in `zone`: `1` allows it. */
  hours: z
    .string()
    .regex(/^[01]{168}$/)
    .meta({
      "x-form": {
        zh: "168 个字符，自周一零时起每小时一个，1 为允许，0 为不允许",
        en: "168 characters, one for each hour from Monday 00:00, 1 to allow it and 0 not to",
      },
    })
    .optional(),
  /** Whose wall clock `hours`, `firstDay`, `lastDay` and holidays are read on: Asia/Shanghai unless told. */
  zone: zoneContract.optional(),
  /** On public holidays the hours of Sunday hold, or none; left out, those of the weekday. */
  holidays: z.enum(HOLIDAY_RULES).optional(),
  firstDay: dayContract.optional(),
  lastDay: dayContract.optional(),
  allow: listsContract.optional(),
  deny: listsContract.optional(),
  /** A payment of more has to be confirmed by the holder with a second factor. */
  stepUpAmount: fenText.optional(),
  /** Every payment has to bring a cryptogram. */
  cryptogram: z.literal(true).optional(),
  sceneBounds: z.array(sceneBoundsContract).min(1).max(SCENES_MAX).optional(),
});

export const changedControlsContract = z.strictObject({
  holder: holderContract,
  controls: controlsContract,
  /** The version that the caller saw; refused if another is in force by now. */
  version: z.int().min(1).optional(),
});

/** As `changedControlsContract`, by the issuer. */
export const changedBoundsContract = z.strictObject({
  controls: controlsContract,
  version: z.int().min(1).optional(),
});

/** What a change would loosen, and what the holder would have to confirm for it. */
export const previewContract = z.object({
  version: z.number().int(),
  loosens: z.array(z.string()),
  /** SHA-256 of the text that a second factor confirms, in hex. */
  digest: z.string(),
});

/** Who sets controls: the holder for himself, the issuer for the holder. */
export const PARTIES = ["holder", "issuer"] as const;

/** One version of a token's controls: what both parties had set once it was in force. */
export const controlVersionContract = z.object({
  version: z.number().int(),
  by: z.enum(PARTIES),
  at: z.string(),
  controls: controlsContract,
  bounds: controlsContract,
});
export const controlVersionsContract = z.object({ versions: z.array(controlVersionContract) });

/** One window of a token: what is used and held in it, under which cap, by whose version. */
export const windowContract = z.object({
  limit: z.string(),
  /** The scene whose own window it is, or null for the token's. */
  scene: z.string().nullable(),
  unit: z.enum(["fen", "count"]),
  /** The calendar period, such as `2026-11-24`, `2026-W48` or `2026-11`; `all` for its life. */
  period: z.string(),
  cap: z.string(),
  used: fenTextOrZero,
  left: fenTextOrZero,
  clause: z.string(),
});

export type Controls = z.infer<typeof controlsContract>;
export type Lists = z.infer<typeof listsContract>;
export type SceneBounds = z.infer<typeof sceneBoundsContract>;
export type HolidayRule = (typeof HOLIDAY_RULES)[number];
export type Party = (typeof PARTIES)[number];
export type WindowAnswer = z.infer<typeof windowContract>;
