/** Asking the API as the console: its session counts, and no other. */
import { askingAs } from "@sandbank/ui/face";

export {
  type Answer,
  isUnknown,
  type Reading,
  type Readings,
  type Trouble,
} from "@sandbank/ui/face";

export const { ask, useAsk, useAskEach } = askingAs("console");
