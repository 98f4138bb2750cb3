/**
 * `sandbox.enrol_request_key` and `sandbox.end_request_key`: the keys with which programs sign their
 * requests: an institution's at the permit edge, a token requestor's at the edges of payments. A senior
 * of the institution enrols its keys, a requestor's program its own by its bearer key; what signs gets
 * the one role that its organisation's programs have. Whoever enrols one proves that he holds it. A key
 * has one purpose: what signs declarations signs no requests, so a program that is broken into never
 * signs a declaration. Several may hold at once, so one follows another without a gap.
 */
import { type Instant, machineNow, toIso, uuidv7 } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { z } from "zod";
import { hashContract } from "../declaration/declaration.contract.ts";
import { keyId, verifies } from "../signature/signature.ts";
import { type KeyRow, keysIn } from "../signature/signature.store.ts";
import {
  type NewRequestKey,
  newRequestKeyContract,
  REQUEST_KEY_DAYS,
} from "./request-key.contract.ts";
import { refuse } from "./request-key.refusals.ts";
import {
  addRequestKey,
  endRequestKeyRow,
  type RequestKeyRow,
  requestKeysIn,
} from "./request-key.store.ts";

const DAY_MS = 86_400_000;

/** What whoever enrols a key for requests signs with it. */
export function requestEnrolmentText(organisation: string, publicKey: string): string {
  return `sandbank-request-key-v1\n${organisation}\n${publicKey}\n`;
}

const ENROLLING = ["institution_approver", "requestor"] as const;

/** What a program may do that signs with a key which this principal enrols. */
function roleOfKeys({ roles }: Principal): Role {
  return roles.includes("requestor") ? "requestor" : "permit_client";
}

interface Enrolled {
  readonly requests: readonly RequestKeyRow[];
  readonly declarations: readonly KeyRow[];
}

interface Drawn {
  readonly at: Instant;
  readonly line: string;
}

// Keys live by the machine's time, as sessions do.
const drawn = async (): Promise<Drawn> => ({ at: machineNow(), line: uuidv7() });

/** Refuses request_key_not_held, request_key_exists, request_key_signs_declarations. */
export const enrolRequestKey: Command<NewRequestKey, Enrolled, Drawn> = {
  name: "sandbox.enrol_request_key",
  class: "SERVICE",
  contract: newRequestKeyContract,
  may: ENROLLING,
  keys: ({ publicKey }) => ({ reads: [], writes: [`signing_key/${keyId(publicKey) ?? ""}`] }),
  prepare: drawn,
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => keyId(command.publicKey) ?? "");
    const requests = await requestKeysIn(tx, partition, ids);
    const declarations = await keysIn(tx, partition, ids);
    const of = <Row extends { readonly id: string }>(rows: readonly Row[], id: string) =>
      rows.filter((row) => row.id === id);
    return ids.map((id) => ({ requests: of(requests, id), declarations: of(declarations, id) }));
  },
  decide({ state, command, principal, facts: { at, line } }) {
    const { publicKey, proof, name, days = REQUEST_KEY_DAYS.usual } = command;
    const { organisation } = principal;
    const id = keyId(publicKey);
    const text = requestEnrolmentText(organisation, publicKey);
    if (id === undefined || !verifies({ publicKey, text, signature: proof })) {
      return refuse("request_key_not_held", { field: "/proof" });
    }
    if (state.requests.length > 0) return refuse("request_key_exists");
    if (state.declarations.length > 0) return refuse("request_key_signs_declarations");
    const expires = toIso((at + days * DAY_MS) as Instant);
    const row = { line, organisation, name, created: toIso(at), expires };
    return {
      entries: [],
      changes: [
        change(addRequestKey, {
          ...{ ...row, public_key: Buffer.from(publicKey, "base64url") },
          ...{ roles: roleOfKeys(principal), enrolled_by: principal.id },
        }),
      ],
      answer: { key: id, expires },
    };
  },
};

const endContract = z.strictObject({ key: hashContract });

/** Refuses request_key_not_in_use, also for a key of somebody else. */
export const endRequestKey: Command<
  Readonly<z.infer<typeof endContract>>,
  readonly RequestKeyRow[],
  Drawn
> = {
  name: "sandbox.end_request_key",
  class: "SERVICE",
  contract: endContract,
  may: ENROLLING,
  keys: ({ key }) => ({ reads: [], writes: [`signing_key/${key}`] }),
  prepare: drawn,
  async load(tx, partition, questions) {
    const ids = questions.map(({ command }) => command.key);
    const rows = await requestKeysIn(tx, partition, ids);
    return ids.map((id) => rows.filter((row) => row.id === id));
  },
  decide({ state: [row], command: { key }, principal, facts: { at } }) {
    if (row?.organisation !== principal.organisation || row.ended !== null) {
      return refuse("request_key_not_in_use", { field: "/key" });
    }
    return {
      entries: [],
      changes: [change(endRequestKeyRow, { id: key, at: toIso(at) })],
      answer: { key },
    };
  },
};
