/** Every command on the way from a draft to a registered pilot, and of a change while it is tested. */
import type { Command } from "@sandbank/kernel/guard";
import { attach } from "../attachment/attachment.ts";
import { answer, comment, eraseComment, moderate } from "../comment/comment.ts";
import { endSigningKey, enrolKey } from "../signature/key.ts";
import { amend, closeConsultation, register, withdraw } from "./answering.ts";
import { adoptChange, refuseChange, requestChange, withdrawChange } from "./change.ts";
import { draft, revise } from "./draft.ts";
import { accept, publish, refuseApplication, returnToDraft, submit } from "./review.ts";

export const APPLICATION_COMMANDS: readonly Command[] = [
  ...[attach, enrolKey, endSigningKey],
  ...[draft, revise, submit, returnToDraft, accept, publish, refuseApplication, withdraw],
  ...[comment, moderate, answer, eraseComment, closeConsultation],
  ...[amend, register],
  ...[requestChange, adoptChange, refuseChange, withdrawChange],
];
