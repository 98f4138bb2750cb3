/** Amounts in JSON are decimal strings of fen: no JSON number carries money. */
import { z } from "zod";

/** An amount of at least 0.01 CNY, such as "38600" for CNY 386.00. */
export const fenText = z
  .string()
  .regex(/^[1-9][0-9]{0,16}$/)
  .describe("amount in fen");

/** An amount that may be zero. */
export const fenTextOrZero = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,16})$/)
  .describe("amount in fen");
