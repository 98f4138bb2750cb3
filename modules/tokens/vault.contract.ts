/**
 * The vault as its callers see it: looks at card numbers, its keys, and what turns one. Browser-safe;
 * nothing here is a key, and a number stands only in the answer to a look.
 */
import { z } from "zod";

/** What card numbers may be looked at for: a closed list, see `vault/purpose.ts`. */
export const LOOK_PURPOSES = ["network_routing", "dispute", "order", "exit"] as const;
export const lookPurposeContract = z.enum(LOOK_PURPOSES);

export const newLookContract = z.strictObject({
  /** Cards of one partition. */
  cards: z.array(z.uuid().toLowerCase()).min(1).max(100),
  purpose: lookPurposeContract,
  /** The dispute, order or run that the look is for. */
  reference: z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/),
});
export const seenContract = z.object({
  cards: z.array(z.object({ card: z.string(), number: z.string(), expires: z.string() })),
});

/** Turns the key-encryption key to another that its two holders have put in place, or begins a version. */
export const newRotationContract = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("kek"),
    /** Name of the key to turn to, as `sandbank kek check` lists it. */
    kek: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .meta({
        "x-form": {
          zh: "主密钥的名称，16 位十六进制数",
          en: "the name of a key, 16 hexadecimal digits",
        },
      }),
  }),
  z.strictObject({ kind: z.enum(["card", "index"]) }),
]);
export const rotationContract = z.object({ rotation: z.string() });

const instant = z.string().nullable();

/** Versions, ages, holders, rotations under way, and what today's looks have taken of their quotas. */
export const vaultContract = z.object({
  keys: z.array(
    z.object({
      kind: z.enum(["card", "index", "cryptogram"]),
      version: z.number().int(),
      state: z.enum(["current", "old", "destroyed"]),
      algorithm: z.string(),
      /** Under which key-encryption key it lies. */
      kek: z.string(),
      /** How often it has sealed, and how often it may. */
      uses: z.string(),
      usesMax: z.string(),
      made: instant,
      ended: instant,
    }),
  ),
  /** Key-encryption keys of which both parts are at hand. */
  kept: z.array(
    z.object({ name: z.string(), made: z.string(), holders: z.array(z.string()).length(2) }),
  ),
  rotations: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["kek", "card", "index"]),
      /** Keys or cards, when it began. */
      total: z.string(),
      moved: z.string(),
      begun: z.string(),
      ended: instant,
    }),
  ),
  quotas: z.array(
    z.object({
      principal: z.string(),
      purpose: z.string(),
      used: z.string(),
      cap: z.string(),
    }),
  ),
});

export type LookPurpose = z.infer<typeof lookPurposeContract>;
export type NewLook = z.infer<typeof newLookContract>;
export type NewRotation = z.infer<typeof newRotationContract>;
export type VaultAnswer = z.infer<typeof vaultContract>;
