/** What the causes of declines are called. */
import type { Saying } from "../setting.ts";
import { CAUSE_WORDS } from "../words/misuse.words.ts";

/** One that is not known stands by its own name. */
export function causeText(cause: string, say: Saying): string {
  const text = CAUSE_WORDS[cause as keyof typeof CAUSE_WORDS];
  return text === undefined ? cause : say(text);
}
