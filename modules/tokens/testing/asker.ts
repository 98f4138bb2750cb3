/** The module's routes as callers meet them: contracts in and out, a code where it is refused. */
import assert from "node:assert/strict";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { type Bed, CUSTOMERS, TRAVEL } from "./bed.ts";

export interface Asking {
  readonly params?: object;
  readonly query?: object;
  readonly body?: object;
  readonly principal?: Principal;
  readonly id?: string;
}

/** Asks the module's routes, each question under an id of its own unless told. */
export function asker(bed: Bed) {
  let count = 0;
  /** Asks as kernel/http would; answers with a code where it is refused. */
  return async <Answer>(name: string, asked: Asking = {}): Promise<Answer> => {
    const found = bed.tokens.routes.find((one) => `${one.method} ${one.path}` === name);
    assert.ok(found, name);
    const answer = await found.handle({
      params: found.params?.parse(asked.params ?? {}),
      query: found.query?.parse(asked.query ?? {}),
      body: found.body?.parse(asked.body ?? {}),
      principal: asked.principal ?? CUSTOMERS,
      lang: "zh",
      id: asked.id ?? `route-${++count}`,
    });
    if (isRefusal(answer)) {
      assert(answer.failed.length === 0 || asked.principal !== TRAVEL);
      return answer.code as Answer;
    }
    // What waits for a second person is answered by the edge, not by the route's contract.
    if ("parked" in answer) return answer as Answer;
    return found.answer.parse(JSON.parse(JSON.stringify(answer))) as Answer;
  };
}
