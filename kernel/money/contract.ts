/** Amounts in JSON are decimal strings of fen: no JSON number carries money. */
import { z } from "zod";

/** An amount of at least 0.01 CNY, such as "38600" for CNY 386.00. */
export const fenText = z
  .string()
  .regex(/^[1-9][0-9]{0,16}$/)
  .meta({
    description: "amount in fen",
    "x-form": {
      zh: "以分为单位的整数文本，1 到 17 位，大于 0，如 38600",
      en: "a decimal string of fen of 1 to 17 digits, above 0, such as 38600",
    },
  });

/** An amount that may be zero. */
export const fenTextOrZero = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,16})$/)
  .meta({
    description: "amount in fen",
    "x-form": {
      zh: "以分为单位的整数文本，1 到 17 位，如 38600",
      en: "a decimal string of fen of 1 to 17 digits, such as 38600",
    },
  });
