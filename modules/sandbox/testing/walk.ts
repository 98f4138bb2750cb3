/** A fictional pilot walked to where a test needs it, by the commands that its people would give. */
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  addDays,
  type Instant,
  machineNow,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { statement } from "@sandbank/kernel/store";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { hashOf } from "../declaration/declaration.ts";
import { declarationText, enrolmentText, keyId } from "../signature/signature.ts";
import { APPROVER, type Bed, OFFICER, sandboxBed, SYSTEM } from "./bed.ts";
import { declaredFrom, DRAFTED } from "./declared.ts";

const of = (id: string, ...roles: Principal["roles"][number][]): Principal => ({
  ...{ kind: "person", id, organisation: "harbour-bank", roles },
});
export const DRAFTER = of("drafter-he", "institution_operator");
export const SIGNER = of("signer-luo", "institution_approver");
const SECOND = { ...APPROVER, id: "approver-qian" };

const KEEP = statement(
  "test.keep_agreement",
  "insert into sandbox.attachment_bytes values (0, $1, $2)",
);
const BYTES = Buffer.from("演示用服务协议书（虚构）\n");

const DAY = 86_400_000;
/** A partition never acts before it was opened, so a walk begins on the day after the machine's. */
const TOMORROW = shanghaiMidnight(addDays(shanghaiDate(machineNow()), 1));
/** When the walk begins: 10:00 in Beijing. */
export const BEGINS = TOMORROW + 10 * 3_600_000;
/** The first day of the test that is declared: late enough for all that comes before it. */
export const FIRST_DAY = addDays(shanghaiDate(TOMORROW), 94);
/** 24:00 of the seventh whole day after it. */
export const CLOSES = TOMORROW + 8 * DAY;

export interface Walk {
  readonly bed: Bed;
  /** The declaration as it stands now. */
  body: Declaration;
  version: number;
  ask(command: string, content: object, by?: Principal): Promise<string>;
  /** Proposed by the officer, approved by another person. */
  byTwo(command: string, content: object): Promise<string>;
  /** Turns the clock, and what is due happens. */
  turn(to: number): Promise<void>;
  /** Puts a changed declaration on file; it becomes `body`. */
  revise(body: Declaration): Promise<void>;
  /** A step by which the approver signs what is on file. */
  signed(step: "submit" | "amend" | "request_change"): Promise<Outcome>;
  end(): Promise<void>;
}

export const codeOf = (outcome: Outcome) =>
  outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;

/** A bed with the pilot on file as a draft, its key enrolled. */
export async function walk(): Promise<Walk> {
  const bed = await sandboxBed();
  const ask: Walk["ask"] = async (command, content, by = OFFICER) =>
    codeOf(await bed.act(command, content, { principal: by }));
  const must = async (command: string, content: object, by: Principal) =>
    assert.equal(await ask(command, content, by), "accepted", command);
  const turn = async (to: number) => {
    await must("guard.turn_clock", { to: toIso(to as Instant) }, SYSTEM);
    for (const due of bed.sandbox.dues) await due.fire();
  };
  await turn(BEGINS);
  const hash = createHash("sha256").update(BYTES).digest("hex");
  await bed.store.query(KEEP, [hash, BYTES]);
  const agreement = {
    hash,
    name: "agreement.txt",
    type: "text/plain",
    bytes: BYTES.length,
  } as const;
  await must("sandbox.attach", agreement, DRAFTER);
  const key = enrolment();
  await must("sandbox.enrol_signing_key", key.enrol, SIGNER);
  const body = declaredFrom(FIRST_DAY, agreement);
  await must("sandbox.draft", { declaration: body }, DRAFTER);
  const walked: Walk = {
    ...{ bed, body, version: 1, ask, turn },
    async byTwo(command, content) {
      const parked = await bed.act(command, content, { principal: OFFICER });
      if (parked.kind !== "parked") return codeOf(parked);
      return ask("guard.approve_task", { task: parked.task }, SECOND);
    },
    async revise(declaration) {
      await must("sandbox.revise", { declaration, after: walked.version }, DRAFTER);
      Object.assign(walked, { body: declaration, version: walked.version + 1 });
    },
    signed(step) {
      const { version } = walked;
      const text = declarationText({ pilot: DRAFTED, version, hash: hashOf(walked.body) });
      const content = { pilot: DRAFTED, version, signature: key.signature(text) };
      return bed.act(`sandbox.${step}`, content, { principal: SIGNER });
    },
    end: () => bed.end(),
  };
  return walked;
}

function enrolment() {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = String(pair.publicKey.export({ format: "jwk" }).x);
  const by = (text: string, secret: KeyObject = pair.privateKey) =>
    sign(null, Buffer.from(text), secret).toString("base64url");
  const proof = by(enrolmentText(SIGNER.organisation, publicKey));
  return {
    enrol: { publicKey, proof },
    signature: (text: string) => ({ key: keyId(publicKey) ?? "", value: by(text) }),
  };
}

/** Submitted, accepted and published: comments may come. */
export async function consulting(walked: Walk): Promise<void> {
  assert.equal(codeOf(await walked.signed("submit")), "accepted");
  assert.equal(await walked.ask("sandbox.accept", { pilot: DRAFTED }), "accepted");
  assert.equal(await walked.byTwo("sandbox.publish", { pilot: DRAFTED }), "accepted");
}

/** Registered, armed on partition 9 and started. */
export async function tested(walked: Walk): Promise<void> {
  await consulting(walked);
  await walked.turn(CLOSES);
  assert.equal(await walked.byTwo("sandbox.register", { pilot: DRAFTED }), "accepted");
  const arm = { pilot: DRAFTED, partitions: [9] };
  assert.equal(await walked.ask("sandbox.arm", arm), "accepted");
  assert.equal(await walked.ask("sandbox.start", { pilot: DRAFTED }), "accepted");
}
