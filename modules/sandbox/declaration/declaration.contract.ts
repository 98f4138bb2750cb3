/**
 * The form of a declaration, as it travels in JSON: the fields of the sandbox's declaration form
 * that state facts, and the rest of the form where it is filled in here. Browser-safe. It refuses
 * numbers for amounts: every value is a decimal string, money in fen. A field that the source leaves
 * out is null or says so; nothing is filled in.
 */
import { z } from "zod";
import { formContract } from "./form.contract.ts";
import {
  clauseContract,
  dateContract,
  numberedContract,
  quantityContract,
  slugContract,
  textContract,
} from "./field.contract.ts";

export * from "./cap.contract.ts";
export * from "./exit-plan.contract.ts";
export * from "./field.contract.ts";
export * from "./form.contract.ts";

/**
 * One stated or set scale. The comparator keeps what the sentence says (a floor is not a ceiling),
 * the role says what it is for: targets feed graduation, caps are enforced, triggers trip breakers.
 */
export const scaleItemContract = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  /** What is counted, for example `borrowers` or `loan_balance`. */
  metric: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  kind: z.enum(["stock", "flow", "distinct"]),
  comparator: z.enum(["atLeast", "atMost", "about"]),
  value: quantityContract,
  unit: z.enum(["person", "enterprise", "partner", "transaction", "terminal", "card", "fen"]),
  /** The calendar period that a flow is counted over, or null for a stock or a distinct count. */
  window: z.enum(["day", "month", "year"]).nullable(),
  /** The day, or the year of a flow, for which the figure is stated; null where none is stated. */
  asOf: z.string().nullable(),
  role: z.enum(["target", "cap", "trigger"]),
  /** How firmly the source says it. `ambition` and `open_ended` may never be read as a ceiling. */
  firmness: z.enum(["stated", "estimate", "ambition", "open_ended"]),
  label: textContract,
  clause: clauseContract,
});

/** A licence as the form lists it. */
export const licenceContract = z.strictObject({
  name: textContract,
  code: z.string().min(1).nullable(),
  authority: textContract,
});

/** One declaring institution. Identifiers that the source does not give are null. */
export const institutionContract = z.strictObject({
  name: textContract,
  role: z.enum(["lead", "participant"]),
  kind: z.enum(["bank", "card_network", "payment_institution", "technology_firm", "internet_firm"]),
  uscc: z.string().length(18).nullable(),
  lei: z.string().length(20).nullable(),
  licences: z.array(licenceContract).max(20),
});

/** A provision of the declaration and where it comes from. */
export const provisionContract = z.strictObject({
  clause: clauseContract,
  /** `source`: stated there. `silent`: the text says that it is not. `design`: written by us. */
  from: z.enum(["source", "silent", "design"]),
  text: textContract,
});

/** A graduation threshold declared at entry; computed by the platform, never argued afterwards. */
export const thresholdContract = z.strictObject({
  indicator: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/),
  comparator: z.enum(["atLeast", "atMost"]),
  /** Decimal string; ratios in basis points. */
  value: quantityContract,
  unit: z.enum(["fen", "count", "basis_point", "day"]),
  label: textContract,
  clause: clauseContract,
});

export const declarationContract = z.strictObject({
  pilot: slugContract,
  /** 创新应用编号, `<USCC>-<year>-<4 digits>`; null where the source does not give it. */
  number: z.string().nullable(),
  name: textContract,
  /** What it is, in one sentence. */
  summary: textContract,
  type: z.enum(["financial_service", "technology_product"]),
  /** Where reported facts come from and the days that it reports; null for what is declared here. */
  source: z
    .strictObject({
      name: textContract,
      published: dateContract,
      registered: dateContract.nullable(),
    })
    .nullable(),
  institutions: z.array(institutionContract).min(1).max(20),
  technology: z.array(numberedContract).max(30),
  functions: z.array(numberedContract).max(30),
  scale: z.array(scaleItemContract).max(30),
  compensation: provisionContract,
  exit: provisionContract.extend({
    /** True where existing customers go on using what they have until their term ends (P3.6). */
    useRunsOn: z.boolean(),
  }),
  graduation: z.strictObject({
    clause: clauseContract,
    from: z.enum(["source", "silent", "design"]),
    text: textContract,
    thresholds: z.array(thresholdContract).max(30),
  }),
  complaints: z.strictObject({
    clause: clauseContract,
    from: z.enum(["source", "silent", "design"]),
    text: textContract,
    channels: z.array(textContract).max(20),
  }),
  /** Null where the source states no end. */
  testPeriod: z.strictObject({ from: dateContract.nullable(), to: dateContract.nullable() }),
  /** The rest of the form, where the declaration is drafted here; null for reported facts. */
  form: formContract.nullable().default(null),
});

export type ScaleItem = Readonly<z.infer<typeof scaleItemContract>>;
export type Institution = Readonly<z.infer<typeof institutionContract>>;
export type Declaration = Readonly<z.infer<typeof declarationContract>>;
