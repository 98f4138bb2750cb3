/**
 * A cap as declarations and terms of admission write it: what the guard's limit rule says, and what
 * people call it. Browser-safe.
 */
import { z } from "zod";
import { textContract } from "./field.contract.ts";

/** The three classes of acts, as the guard knows them. */
export const classContract = z.enum(["OPEN", "USE", "SERVICE"]);

/** A cap of 1 or more: fen for amounts and singles, a number for customers and counts. */
export const capTextContract = z.string().regex(/^[1-9][0-9]{0,17}$/);

/** Clause of an admission, such as `1.10-C2`: cap 2 set beside clause 1.10 of the declaration. */
export const capClauseContract = z.string().regex(/^[1-9][0-9]?(\.[0-9]{1,2}){0,2}-C[1-9][0-9]?$/);

export const limitIdContract = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/);

/** Whose balance a cap counts, as the guard knows them. */
export const scopeContract = z.enum([
  "pilot",
  "customer",
  "partner",
  "merchant",
  "region",
  "channel",
  "product",
]);

/** The products that a cap or check is about; all unless told. */
export const productsContract = z.array(z.string().min(1).max(80)).min(1).max(100).optional();

/** One enforced cap: what the guard's LimitRule says, and what people call it. */
export const capContract = z.strictObject({
  id: limitIdContract,
  measure: z.enum(["customers", "amount", "count", "single"]),
  classes: z.array(classContract).min(1).max(3),
  scope: scopeContract,
  window: z.enum(["none", "day", "month", "year"]),
  products: productsContract,
  cap: capTextContract,
  clause: capClauseContract,
  label: textContract,
});

export type Cap = Readonly<z.infer<typeof capContract>>;
