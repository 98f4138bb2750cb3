/** Routes asked without a socket, for tests of modules. */
import assert from "node:assert/strict";
import { isRefusal, type Lang } from "../../words/index.ts";
import type { Route } from "../route.ts";
import type { Principal } from "../../identity/index.ts";

/** What is sent; whoever asks and the language are the asker's own unless told. */
export interface Asking {
  readonly params?: object;
  readonly query?: object;
  readonly body?: object;
  readonly principal?: Principal;
  /** Of the request; one of its own unless told. */
  readonly id?: string;
}

/** An answer of any route. Its contract has checked its shape before. */
type Told = ReturnType<typeof JSON.parse>;

/**
 * Asks a route by its name, `GET /api/…`, as kernel/http would: contracts in, contract out, each
 * question under an id of its own. Answers with the refusal where there is one.
 */
export function askerOf(
  routes: readonly Route[],
  usual: { readonly principal: Principal; readonly lang?: Lang },
): (name: string, asked?: Asking) => Promise<unknown> {
  let count = 0;
  return async (name, asked = {}) => {
    const found = routes.find((one) => `${one.method} ${one.path}` === name);
    assert.ok(found, name);
    const answer: unknown = await found.handle({
      params: found.params?.parse(asked.params ?? {}),
      query: found.query?.parse(asked.query ?? {}),
      body: found.body?.parse(asked.body ?? {}),
      principal: asked.principal ?? usual.principal,
      lang: usual.lang ?? "en",
      id: asked.id ?? `asked-${++count}`,
    });
    // What waits for a second person is answered by the edge and not by the route's contract.
    if (isRefusal(answer) || isParked(answer)) return answer;
    return found.answer.parse(JSON.parse(JSON.stringify(answer)));
  };
}

function isParked(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "parked" in answer;
}

/** The same, with the code of a refusal in its place. */
export function codeAskerOf(
  ...of: Parameters<typeof askerOf>
): (name: string, asked?: Asking) => Promise<Told> {
  const ask = askerOf(...of);
  return async (name, asked) => {
    const answer: unknown = await ask(name, asked);
    return isRefusal(answer) ? answer.code : answer;
  };
}
