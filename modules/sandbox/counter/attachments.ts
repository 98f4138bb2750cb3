/**
 * Attachments as they come in and go out. Bytes are kept under their hash before a command names
 * them; whoever reads has filed them, supervises or audits, takes part in the evaluation whose findings
 * rest on them, or reads what a published version refers to. What a finding rests on is never public:
 * its hash is, so that whoever has the document can prove that it is the one.
 */
import { createHash } from "node:crypto";
import type { Guard } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Store } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { ATTACHMENT_BYTES_MAX, FILERS, sniff } from "../attachment/attachment.ts";
import { type AttachmentRow, findBytes, isPublished } from "../attachment/attachment.store.ts";
import { keepBytes, readAttachments } from "../attachment/attachment.store.ts";
import type { Attachment } from "../declaration/declaration.contract.ts";
import { takesPartIn } from "../evaluation/evidence.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { refuseStep } from "../step.refusals.ts";
import { answerOf, isStaff } from "../task/task.ts";

export interface NewAttachment {
  readonly name: string;
  readonly type: Attachment["type"];
  readonly bytes: Uint8Array;
}

/**
 * Takes an attachment. Refuses staff_of_this_pilot_only, attachment_too_large,
 * attachment_type_not_taken, attachment_is_not_what_it_says.
 */
export async function takeAttachment(
  store: Store,
  guard: Guard,
  asked: { readonly principal: Principal; readonly id: string; readonly file: NewAttachment },
): Promise<Attachment | Refusal> {
  const { principal, id, file } = asked;
  const { name, type, bytes } = file;
  if (!principal.roles.some((role) => FILERS.includes(role))) {
    return refuse("staff_of_this_pilot_only");
  }
  if (bytes.length < 1 || bytes.length > ATTACHMENT_BYTES_MAX) {
    return refuseStep("attachment_too_large", { field: "/content" });
  }
  const found = sniff(bytes);
  if (found === undefined) return refuseStep("attachment_type_not_taken", { field: "/content" });
  if (found !== type) {
    return refuseStep("attachment_is_not_what_it_says", { field: "/type", params: { found } });
  }
  const hash = createHash("sha256").update(bytes).digest("hex");
  await keepBytes(store, SANDBOX_PARTITION, { hash, bytes });
  const content = { hash, name, type, bytes: bytes.length };
  const call = { partition: SANDBOX_PARTITION, id, principal, content };
  const outcome = answerOf(await guard.act({ ...call, command: "sandbox.attach" }));
  return isRefusal(outcome) ? outcome : content;
}

export interface AttachmentFile extends Attachment {
  readonly content: Uint8Array;
}

/** An attachment for staff. Refuses attachment_unknown, also for one of somebody else. */
export async function attachmentFor(
  store: Store,
  principal: Principal,
  hash: string,
): Promise<AttachmentFile | Refusal> {
  if (!isStaff(principal)) return refuse("staff_of_this_pilot_only");
  const rows = await readAttachments(store, SANDBOX_PARTITION, hash);
  const own = rows.find((row) => row.organisation === principal.organisation);
  const sees = principal.roles.some((role) => role.startsWith("supervisor_") || role === "auditor");
  if (own !== undefined || sees) return fileOf(store, own ?? rows[0], hash);
  const { id: person, organisation } = principal;
  const reads = await takesPartIn(store, SANDBOX_PARTITION, { hash, person, organisation });
  return fileOf(store, reads ? rows[0] : undefined, hash);
}

/** An attachment for everybody. Refuses attachment_unknown where no published version names it. */
export async function publicAttachment(
  store: Store,
  hash: string,
): Promise<AttachmentFile | Refusal> {
  const known = await isPublished(store, SANDBOX_PARTITION, hash);
  const rows = known ? await readAttachments(store, SANDBOX_PARTITION, hash) : [];
  return fileOf(store, rows[0], hash);
}

async function fileOf(
  store: Store,
  row: AttachmentRow | undefined,
  hash: string,
): Promise<AttachmentFile | Refusal> {
  const content = row && (await findBytes(store, SANDBOX_PARTITION, hash));
  if (row === undefined || content === undefined) {
    return refuseStep("attachment_unknown", { params: { hash } });
  }
  const { name, type, bytes } = row;
  return { hash, name, type, bytes, content };
}
