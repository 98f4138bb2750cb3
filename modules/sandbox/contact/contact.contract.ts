/** Contacts as they travel in JSON. Browser-safe. An address comes in whole and goes out masked. */
import { z } from "zod";

/** At most 254 characters of visible ASCII, as SMTP carries it without extensions. */
export const mailAddressContract = z
  .string()
  .max(254)
  .regex(
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
  )
  .describe("such as officer@supervisor.example");

/** E.164 with its plus sign. */
export const phoneNumberContract = z
  .string()
  .regex(/^\+[1-9][0-9]{6,14}$/)
  .describe("such as +8613900000000");

export const CONTACT_STATES = ["unproven", "proven", "closed"] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

const of = {
  /** `own`: of the person who is signed in; `organisation`: of everybody there. */
  whose: z.enum(["own", "organisation"]),
  lang: z.enum(["zh", "en"]),
};

export const newContactContract = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mail"), address: mailAddressContract, ...of }),
  z.strictObject({ kind: z.literal("sms"), address: phoneNumberContract, ...of }),
]);

export const contactsContract = z.object({
  /** Kinds that this installation sends to; none where nothing is set up. */
  kinds: z.array(z.enum(["mail", "sms"])),
  /** True for whoever reads letters of some kind, and so may open contacts. */
  mayOpen: z.boolean(),
  /** Those of the reader and those of his organisation, oldest first, at most 100. */
  contacts: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["mail", "sms"]),
      whose: z.enum(["own", "organisation"]),
      lang: z.enum(["zh", "en"]),
      /** First letter and domain, or last two digits; null once it is erased. */
      address: z.string().nullable(),
      /** Letters go to those that are `proven` alone. */
      state: z.enum(CONTACT_STATES),
      /** While it is unproven: the code that was asked for last, if any. */
      code: z
        .object({
          /** On its way as a letter is; `waiting` until somebody outside has taken or refused it. */
          state: z.enum(["waiting", "sent", "given_up", "withdrawn"]),
          /** Wrong tries that are left; 0 where the code is void. */
          triesLeft: z.int(),
          /** For how many seconds it holds yet, by the machine's clock; 0 where its time is over. */
          holdsSeconds: z.int(),
          /** In how many seconds another may be asked for; 0 for now. */
          pauseSeconds: z.int(),
        })
        .nullable(),
      openedAt: z.string(),
      provenAt: z.string().nullable(),
      closedAt: z.string().nullable(),
      /** Letters by what became of them. */
      dispatches: z.object({
        waiting: z.int(),
        sent: z.int(),
        givenUp: z.int(),
        withdrawn: z.int(),
      }),
      /** Why the latest letter that was not sent was not. */
      failed: z.string().nullable(),
    }),
  ),
});

/** What somebody types in who got a code. */
export const proofContract = z.strictObject({
  code: z
    .string()
    .regex(/^[0-9]{6}$/)
    .describe("the six digits that were sent to the address"),
});

export const contactParams = z.strictObject({ id: z.uuid() });

export type NewContact = Readonly<z.infer<typeof newContactContract>>;
export type ContactsAnswer = z.infer<typeof contactsContract>;
