/** Passkeys at the console: sign-in, invitation, one device more, confirming again. */
import { ceremoniesOf } from "@sandbank/ui/face";
import { ask } from "../ask.ts";
import type { Who } from "../setting.ts";
import { passkeyWords as words } from "../words/passkey.words.ts";

export const { signIn, enrol, enrolAnother, stepUp } = ceremoniesOf<Who>(
  "console",
  { ask },
  {
    title: words.not_completed,
    detail: words.not_completed_text,
    remedy: words.not_completed_remedy,
  },
);
