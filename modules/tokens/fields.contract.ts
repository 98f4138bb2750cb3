/**
 * The fields that payment tokens are made of, each with its form. Browser-safe; contracts of the
 * module's nouns are put together from these.
 */
import { z } from "zod";

/** A name in both languages. */
export const nameContract = z.strictObject({
  zh: z.string().min(1).max(80),
  en: z.string().min(1).max(80),
});

/** Stable id of a cardholder. A customers' key acts for many holders and says for whom. */
export const holderContract = z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/);
/** Token requestor id: three digits of the token service provider and eight of the requestor. */
export const tridContract = z.string().regex(/^[0-9]{11}$/);
export const sceneIdContract = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
/** A payment token's number: 16 digits within our own range, which no card has. */
export const tokenNumberContract = z
  .string()
  .regex(/^999988[0-9]{10}$/)
  .meta({
    "x-form": {
      zh: "16 位支付标记号，以 999988 开头",
      en: "a token's number: 16 digits that begin with 999988",
    },
  });
export const merchantContract = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/);
/** Merchant category code, ISO 18245. */
export const mccContract = z.string().regex(/^[0-9]{4}$/);
/** One code or a range of them, such as `4511` or `3000-3299`. */
export const mccRangeContract = z
  .string()
  .regex(/^[0-9]{4}(-[0-9]{4})?$/)
  .meta({
    "x-form": {
      zh: "四位商户类别码或其区间，如 4511 或 3000-3299",
      en: "a merchant category of 4 digits or a range of them, such as 4511 or 3000-3299",
    },
  });
export const channelContract = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);
/** Last month in which a card is valid, `YYYY-MM`. */
export const expiryContract = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/)
  .meta({ "x-form": { zh: "年月，如 2030-12", en: "a month, such as 2030-12" } });
export const dayContract = z
  .string()
  .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/)
  .meta({ "x-form": { zh: "日期，如 2026-11-24", en: "a day, such as 2026-11-24" } });
/** Country of a merchant, ISO 3166-1 alpha-2. */
export const countryContract = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ "x-form": { zh: "两位国家代码，如 CN", en: "a country of 2 letters, such as CN" } });
/** Currency, ISO 4217. */
export const currencyContract = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ "x-form": { zh: "三位货币代码，如 CNY", en: "a currency of 3 letters, such as CNY" } });
/** Time zone, as the IANA table names it. */
export const zoneContract = z
  .string()
  .regex(/^[A-Z][A-Za-z_]*(\/[A-Z][A-Za-z0-9_+-]*){0,2}$/)
  .max(40)
  .meta({
    "x-form": { zh: "时区名称，如 Asia/Shanghai", en: "a time zone, such as Asia/Shanghai" },
  });
/** An instant of this century: RFC 3339 with seconds, an offset and at most nine digits below. */
export const instantContract = z.iso
  .datetime({ offset: true })
  .regex(/^20[^.]{17}(\.[0-9]{1,9})?[^.]{1,6}$/);

/** Lost until it is replaced; closing while something of it is in flight. */
export const CARD_STATES = ["open", "lost", "closing", "closed"] as const;
