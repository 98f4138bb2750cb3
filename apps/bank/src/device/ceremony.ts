/** Passkeys in the bank's app: sign-in, invitation, one device more, confirming again. */
import { ceremoniesOf } from "@sandbank/ui/face";
import { ask } from "../ask.ts";
import type { Who } from "../setting.ts";
import { deviceWords as words } from "../words/device.words.ts";

export const { signIn, enrol, enrolAnother, stepUp } = ceremoniesOf<Who>(
  "bank",
  { ask },
  {
    title: words.not_completed,
    detail: words.not_completed_text,
    remedy: words.not_completed_remedy,
  },
);
