/**
 * Suspending, resuming and deleting a token. Causes are a set: a token that its holder resumes stays
 * suspended while another party's cause stands. Payments under way go on in every state.
 */
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { causeBodyContract, holderBodyContract, tokenNumberContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import type { Scene } from "../scene/scene.ts";
import { scenesIn } from "../scene/scene.store.ts";
import { bitOf, causesOf, isHolder, ROLE_OF_CAUSE, type Token } from "./token.ts";
import { putToken, tokensIn } from "./token.store.ts";

const content = causeBodyContract.extend({ token: tokenNumberContract });
type Caused = z.infer<typeof content>;
const deletion = holderBodyContract.extend({ token: tokenNumberContract });
type Deleting = z.infer<typeof deletion>;

interface Found {
  readonly token: Token | undefined;
  /** Organisations of the requestors in whose scenes the token serves. */
  readonly organisations: readonly string[];
}

const keys = ({ token }: { readonly token: string }) => ({
  reads: [],
  writes: [`token/${token}`],
});

const subject = ({ token }: Found, { holder }: Deleting | Caused) => token?.holder ?? holder;

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<{ readonly token: string }, unknown>[],
): Promise<Found[]> {
  const numbers = questions.map(({ command }) => command.token);
  const tokens = await tokensIn(tx, partition, numbers);
  const ids = [...tokens.values()].flatMap(({ scenes }) => scenes);
  const scenes: Map<string, Scene> =
    ids.length === 0 ? new Map() : await scenesIn(tx, partition, ids);
  return numbers.map((number) => {
    const token = tokens.get(number);
    const organisations = (token?.scenes ?? []).map((id) => scenes.get(id)?.organisation ?? "");
    return { token, organisations };
  });
}

/** The token if the principal may touch this cause of it, else why not. */
function tokenFor(
  found: Found,
  asked: { readonly command: Caused; readonly principal: Principal },
): Token | Refusal {
  const { token, organisations } = found;
  const { command, principal } = asked;
  if (!principal.roles.includes(ROLE_OF_CAUSE[command.cause]))
    return refuse("cause_of_another_role");
  if (!token || token.state === "deleted") return refuse("token_absent");
  if (command.cause === "holder" && !isHolder(principal, token, command.holder)) {
    return refuse("token_absent");
  }
  if (command.cause === "requestor" && !organisations.includes(principal.organisation)) {
    return refuse("token_absent");
  }
  return token;
}

function put(token: Token, next: Pick<Token, "state" | "causes">): Decision {
  const { number, id } = token;
  return {
    entries: [],
    changes: [change(putToken, { number, ...next })],
    answer: { token: id, state: next.state, causes: causesOf(next.causes) },
  };
}

const PARTIES = Object.values(ROLE_OF_CAUSE);

/**
 * Adds a cause. Refuses `cause_of_another_role`, `token_absent` (also for a foreign one),
 * `token_suspended_already`.
 */
export const suspendToken: Command<Caused, Found> = {
  ...{ name: "tokens.suspend_token", class: "SERVICE", contract: content, may: PARTIES },
  ...{ keys, subject, load },
  decide({ state, command, principal }) {
    const token = tokenFor(state, { command, principal });
    if ("refused" in token) return token;
    const bit = bitOf(command.cause);
    if ((token.causes & bit) !== 0) return refuse("token_suspended_already");
    return put(token, { state: "live", causes: token.causes | bit });
  },
};

/** Lifts a cause. Refuses as suspending does, and `token_not_suspended`. */
export const resumeToken: Command<Caused, Found> = {
  ...{ name: "tokens.resume_token", class: "SERVICE", contract: content, may: PARTIES },
  ...{ keys, subject, load },
  decide({ state, command, principal }) {
    const token = tokenFor(state, { command, principal });
    if ("refused" in token) return token;
    const bit = bitOf(command.cause);
    if ((token.causes & bit) === 0) return refuse("token_not_suspended");
    return put(token, { state: "live", causes: token.causes & ~bit });
  },
};

/** Ends a token for good, by its holder or the issuer. Refuses `token_absent`. */
export const deleteToken: Command<Deleting, Found> = {
  name: "tokens.delete_token",
  class: "SERVICE",
  contract: deletion,
  may: ["customer", "institution_operator"],
  ...{ keys, subject, load },
  decide({ state: { token }, command, principal }) {
    if (!token || token.state === "deleted") return refuse("token_absent");
    const issuer = principal.roles.includes("institution_operator");
    if (!issuer && !isHolder(principal, token, command.holder)) return refuse("token_absent");
    return put(token, { state: "deleted", causes: token.causes });
  },
};
