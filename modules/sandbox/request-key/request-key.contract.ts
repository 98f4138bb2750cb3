/** Keys for signing requests as they travel in JSON. Browser-safe. */
import { z } from "zod";
import { hashContract } from "../declaration/declaration.contract.ts";

/** How long a key holds unless told, and at most, in days: as keys of programs do. */
export const REQUEST_KEY_DAYS = { usual: 365, most: 731 } as const;

export const newRequestKeyContract = z.strictObject({
  publicKey: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .describe("32 raw bytes of an Ed25519 public key, base64url"),
  proof: z
    .string()
    .regex(/^[A-Za-z0-9_-]{86}$/)
    .describe(
      String.raw`signature by the key itself over sandbank-request-key-v1\n<organisation>\n<publicKey>\n, base64url`,
    ),
  name: z
    .string()
    .min(1)
    .max(120)
    .describe("the program; whoever signs under a name is whoever sends a key of that name"),
  days: z.int().min(1).max(REQUEST_KEY_DAYS.most).optional().describe("365 unless told"),
});

/** `soon` from 30 days before it expires on. */
export const REQUEST_KEY_STATES = ["in_use", "soon", "expired", "ended"] as const;
export type RequestKeyState = (typeof REQUEST_KEY_STATES)[number];

export const requestKeysContract = z.object({
  organisation: z.string(),
  /** Oldest first, at most 200. */
  keys: z.array(
    z.object({
      /** SHA-256 of the raw bytes, hexadecimal: what a request's `keyid` says. */
      id: z.string(),
      publicKey: z.string(),
      name: z.string(),
      state: z.enum(REQUEST_KEY_STATES),
      enrolledBy: z.string(),
      at: z.string(),
      expires: z.string(),
      endedAt: z.string().nullable(),
    }),
  ),
});

export const requestKeyParams = z.strictObject({ key: hashContract });

export type NewRequestKey = Readonly<z.infer<typeof newRequestKeyContract>>;
export type RequestKeysAnswer = z.infer<typeof requestKeysContract>;
