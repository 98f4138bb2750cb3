/**
 * `sandbox.enrol_signing_key` and `sandbox.end_signing_key`: the keys with which an institution signs
 * its declarations. Whoever enrols one proves that he holds it; a key that ended signs nothing more
 * and still verifies what it has signed.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { hashContract } from "../declaration/declaration.contract.ts";
import { enrolmentText, keyId, verifies } from "./signature.ts";
import { addKey, endKey, forRequestsIn, type KeyRow, keysIn } from "./signature.store.ts";

export const enrolContract = z.strictObject({
  /** 32 raw bytes of an Ed25519 public key, base64url. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** Signature of the enrolment text by the key itself, 64 bytes, base64url. */
  proof: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
const endContract = z.strictObject({ key: hashContract });

interface Enrolled {
  readonly rows: readonly KeyRow[];
  /** True if it is enrolled for signing requests. */
  readonly requests: boolean;
}

/** Refuses signing_key_not_held, signing_key_exists, signing_key_signs_requests. */
export const enrolKey: Command<Readonly<z.infer<typeof enrolContract>>, Enrolled> = {
  name: "sandbox.enrol_signing_key",
  class: "SERVICE",
  contract: enrolContract,
  may: ["institution_approver"],
  keys: ({ publicKey }) => ({ reads: [], writes: [`signing_key/${keyId(publicKey) ?? ""}`] }),
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => keyId(command.publicKey) ?? "");
    const rows = await keysIn(tx, partition, ids);
    const requests = await forRequestsIn(tx, partition, ids);
    return ids.map((id) => ({
      ...{ rows: rows.filter((row) => row.id === id), requests: requests.has(id) },
    }));
  },
  decide({ state, command: { publicKey, proof }, principal, now }) {
    const id = keyId(publicKey);
    const text = enrolmentText(principal.organisation, publicKey);
    if (id === undefined || !verifies({ publicKey, text, signature: proof })) {
      return refuseStep("signing_key_not_held", { field: "/proof" });
    }
    if (state.rows.length > 0) return refuseStep("signing_key_exists");
    if (state.requests) return refuseStep("signing_key_signs_requests");
    const by = { organisation: principal.organisation, enrolled_by: principal.id };
    return {
      entries: [],
      changes: [change(addKey, { id, public_key: publicKey, ...by, at: toIso(now) })],
      answer: { key: id },
    };
  },
};

/** Refuses signing_key_unknown, also for a key of somebody else. */
export const endSigningKey: Command<Readonly<z.infer<typeof endContract>>, readonly KeyRow[]> = {
  name: "sandbox.end_signing_key",
  class: "SERVICE",
  contract: endContract,
  may: ["institution_approver"],
  keys: ({ key }) => ({ reads: [], writes: [`signing_key/${key}`] }),
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.key);
    const rows = await keysIn(tx, partition, ids);
    return ids.map((id) => rows.filter((row) => row.id === id));
  },
  decide({ state: [row], command: { key }, principal, now }) {
    if (row?.organisation !== principal.organisation || row.ended_at !== null) {
      return refuseStep("signing_key_unknown", { field: "/key" });
    }
    return {
      entries: [],
      changes: [change(endKey, { id: key, at: toIso(now) })],
      answer: { key },
    };
  },
};
