/** A state as a word with a mark, the same as on every other page; never a button. */
import type { Tone } from "@sandbank/ui";

export function Tag({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}
