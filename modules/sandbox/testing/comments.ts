/** Comments for tests of commands: their words are kept before, as the edge does it. */
import type { Store } from "@sandbank/kernel/store";
import { keepWording } from "../wording/wording.store.ts";

/** The content of `sandbox.comment` number `n` on this pilot, its words kept. */
export async function commentContent(
  store: Store,
  of: { readonly pilot: string; readonly n: number; readonly clause?: string },
): Promise<object> {
  const { pilot, n, clause } = of;
  const { wording } = await keepWording(store, 0, {
    ...{ organisation: "sandbank", command: `comment-${n}`, field: "comment" },
    body: JSON.stringify({ body: `第${n}条`, author: null }),
  });
  return { pilot, wording, receipt: String(n).repeat(64), ...(clause && { clause }) };
}
