/** Who serves holders of payment tokens: those of the issuer whose office it is. */
import { isOf, mayTake } from "../offices.ts";
import type { Run } from "../requestor/acts.ts";
import type { Who } from "../setting.ts";

export function mayServe({ runBy }: Run, who: Who): boolean {
  return mayTake(who, "serve_holder") && isOf(who, runBy);
}
