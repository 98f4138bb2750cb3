/** Asking the API as the bank's app: its session counts, and no other. */
import { askingAs } from "@sandbank/ui/face";

export { type Answer, isUnknown, type Reading, type Trouble } from "@sandbank/ui/face";

export const { ask, useAsk } = askingAs("bank");
