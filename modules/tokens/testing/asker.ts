/** The module's routes as callers meet them: contracts in and out, a code where it is refused. */
import assert from "node:assert/strict";
import { askerOf, type Asking } from "@sandbank/kernel/http/testing";
import { isRefusal } from "@sandbank/kernel/words";
import { type Bed, CUSTOMERS, TRAVEL } from "./bed.ts";

/** Asks the module's routes; answers with a code where it is refused, which tells a requestor no more. */
export function asker(bed: Bed) {
  const ask = askerOf(bed.tokens.routes, { principal: CUSTOMERS, lang: "zh" });
  return async <Answer>(name: string, asked: Asking = {}): Promise<Answer> => {
    const answer: unknown = await ask(name, asked);
    if (!isRefusal(answer)) return answer as Answer;
    assert(answer.failed.length === 0 || asked.principal !== TRAVEL);
    return answer.code as Answer;
  };
}
