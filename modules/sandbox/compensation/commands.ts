/** Every command about compensation, for the guard. */
import type { Command } from "@sandbank/kernel/guard";
import { fund, loadTerms, setTerms } from "./fund.ts";
import { admitClaim, payClaim, payClaimByTwo, raiseClaim, refuseClaim } from "./pay.ts";

export const compensationCommands: readonly Command[] = [
  ...[setTerms, loadTerms, fund],
  ...[raiseClaim, admitClaim, refuseClaim, payClaim, payClaimByTwo],
];
