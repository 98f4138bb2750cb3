/**
 * `sandbox.attach`: somebody names bytes that he has sent, and his organisation has filed them from
 * then on. Bytes are kept under their SHA-256, which is what a declaration signs and what a finding of
 * an evaluation rests on; what they are is told from the bytes and not from the name.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import type { Role } from "@sandbank/kernel/identity";
import type { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { type Attachment, attachmentContract } from "../declaration/declaration.contract.ts";
import { fileAttachment, keptLengthsIn } from "./attachment.store.ts";

export const ATTACHMENT_BYTES_MAX = 10 * 1024 * 1024;

/** Who may file: whoever declares a pilot, and whoever judges or decides in its evaluation. */
export const FILERS: readonly Role[] = [
  ...(["institution_operator", "institution_approver", "compliance_officer"] as const),
  ...(["auditor", "expert", "supervisor_officer", "supervisor_approver"] as const),
];

const HEADS: readonly (readonly [Attachment["type"], readonly number[]])[] = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

/** What the bytes are, of the kinds that are taken; undefined for anything else. */
export function sniff(bytes: Uint8Array): Attachment["type"] | undefined {
  for (const [type, head] of HEADS) {
    if (head.every((byte, at) => bytes[at] === byte)) return type;
  }
  return isText(bytes) ? "text/plain" : undefined;
}

/** UTF-8 without control signs. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !/[\p{Cc}--[\n\r\t]]/v.test(text);
  } catch {
    return false;
  }
}

/** Refuses attachment_unknown: the bytes did not come, or are of another length. */
export const attach: Command<Readonly<z.infer<typeof attachmentContract>>, number | undefined> = {
  name: "sandbox.attach",
  class: "SERVICE",
  contract: attachmentContract,
  may: FILERS,
  keys: ({ hash }) => ({ reads: [], writes: [`attachment/${hash}`] }),
  async load(tx, partition, questions) {
    const hashes = questions.map(({ command }) => command.hash);
    const kept = await keptLengthsIn(tx, partition, hashes);
    return hashes.map((hash) => kept.get(hash));
  },
  decide({ state, command, principal, now }) {
    if (state !== command.bytes) {
      return refuseStep("attachment_unknown", { params: { hash: command.hash } });
    }
    const { organisation } = principal;
    return {
      entries: [],
      changes: [change(fileAttachment, { ...command, organisation, at: toIso(now) })],
      answer: { hash: command.hash },
    };
  },
};
