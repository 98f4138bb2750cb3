/**
 * Declarations, consultations and history for the public site: the same engine as the routes, in one
 * object.
 */
import type { Guard } from "@sandbank/kernel/guard";
import type { Store } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import type {
  DifferencesAnswer,
  HistoryAnswer,
  VersionAnswer,
} from "../application/application.contract.ts";
import type { Commented, ConsultationsAnswer, ReceiptView } from "../comment/comment.contract.ts";
import type { OutcomeAnswer } from "../contract.ts";
import { publicDifferences, publicHistory, publicVersion } from "../register/record.ts";
import { declarationText } from "../signature/signature.ts";
import { type AttachmentFile, publicAttachment } from "./attachments.ts";
import {
  type Comment,
  commentByReceipt,
  consultationsOn,
  eraseByReceipt,
  takeComment,
} from "./comments.ts";

export interface Hearings {
  consultations(pilot: string): Promise<ConsultationsAnswer | undefined>;
  receipt(code: string): Promise<ReceiptView | Refusal>;
  version(pilot: string, version: number): Promise<VersionAnswer | undefined>;
  differences(
    pilot: string,
    range: { readonly from: number; readonly to: number },
  ): Promise<DifferencesAnswer | undefined>;
  history(pilot: string): Promise<HistoryAnswer | undefined>;
  attachment(hash: string): Promise<AttachmentFile | Refusal>;
  comment(comment: Comment): Promise<Commented | Refusal>;
  /** Its author takes the words of a comment back; `id` names the act. */
  erase(of: { readonly receipt: string; readonly id: string }): Promise<OutcomeAnswer | Refusal>;
  /** What the signer of a version signed. */
  signedText(version: Pick<VersionAnswer, "pilot" | "version" | "hash">): string;
}

export function openHearings(store: Store, guard: Guard): Hearings {
  return {
    consultations: (pilot) => consultationsOn(store, pilot),
    receipt: (code) => commentByReceipt(store, code),
    version: (pilot, version) => publicVersion(store, { pilot, version }),
    differences: (pilot, range) => publicDifferences(store, { pilot, ...range }),
    history: (pilot) => publicHistory(store, pilot),
    attachment: (hash) => publicAttachment(store, hash),
    comment: (comment) => takeComment({ store, guard }, comment),
    erase: (of) => eraseByReceipt({ store, guard }, of),
    signedText: declarationText,
  };
}
