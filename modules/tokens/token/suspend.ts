/**
 * Suspending and resuming a token. Causes are a set, and each stands until whoever set it lifts it:
 * a token that its holder resumes stays suspended while another party's cause stands, and what one
 * requestor of a shared token set no other lifts. Payments under way go on in every state.
 */
import { toIso } from "@sandbank/kernel/clock";
import { change, type Command, type Decision, type Loading } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import type { Refusal } from "@sandbank/kernel/words";
import type { z } from "zod";
import { type Cause, causeBodyContract, CAUSES, tokenNumberContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import type { Scene } from "../scene/scene.ts";
import { scenesIn } from "../scene/scene.store.ts";
import { addSuspension, liftSuspension, suspensionsIn } from "./suspension.store.ts";
import type { Suspension } from "./suspension.store.ts";
import { isHolder, ROLE_OF_CAUSE, type Token } from "./token.ts";
import { tokensIn } from "./token.store.ts";

const content = causeBodyContract.extend({ token: tokenNumberContract });
type Caused = z.infer<typeof content>;

interface Found {
  readonly token: Token | undefined;
  /** Organisations of the requestors in whose scenes the token serves. */
  readonly organisations: readonly string[];
  readonly standing: readonly Suspension[];
}

const keys = ({ token }: { readonly token: string }) => ({
  reads: [],
  writes: [`token/${token}`],
});

const subject = ({ token }: Found, { holder }: Caused) => token?.holder ?? holder;

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Caused, unknown>[],
): Promise<Found[]> {
  const numbers = questions.map(({ command }) => command.token);
  const tokens = await tokensIn(tx, partition, numbers);
  const found = [...tokens.values()];
  if (found.length === 0) return numbers.map(() => NOTHING);
  const [scenes, standing] = await Promise.all([
    scenesIn(
      tx,
      partition,
      found.flatMap(({ scenes: ids }) => ids),
    ),
    suspensionsIn(
      tx,
      partition,
      found.map(({ id }) => id),
    ),
  ]);
  return numbers.map((number) => {
    const token = tokens.get(number);
    if (!token) return NOTHING;
    return {
      token,
      organisations: organisationsOf(token, scenes),
      standing: standing.get(token.id) ?? [],
    };
  });
}

const NOTHING: Found = { token: undefined, organisations: [], standing: [] };

function organisationsOf(token: Token, scenes: ReadonlyMap<string, Scene>): string[] {
  return token.scenes.flatMap((id) => scenes.get(id)?.organisation ?? []);
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

/** Of requestors each sets its own; of every other party there is one for a token. */
function setterOf(cause: Cause, { organisation }: Principal): string {
  return cause === "requestor" ? organisation : cause;
}

function answered(token: Token, standing: readonly Suspension[]): Decision["answer"] {
  const causes = CAUSES.filter((cause) => standing.some((one) => one.cause === cause));
  return { token: token.id, state: token.state, causes };
}

const PARTIES = Object.values(ROLE_OF_CAUSE);

/**
 * Adds a cause. Refuses `cause_of_another_role`, `token_absent` (also for a foreign one),
 * `token_suspended_already`.
 */
export const suspendToken: Command<Caused, Found> = {
  ...{ name: "tokens.suspend_token", class: "SERVICE", contract: content, may: PARTIES },
  ...{ keys, subject, load },
  decide({ state, command, principal, now }) {
    const token = tokenFor(state, { command, principal });
    if ("refused" in token) return token;
    const { cause } = command;
    const own = { token: token.id, cause, setter: setterOf(cause, principal) };
    if (ownOf(state, own)) return refuse("token_suspended_already");
    return {
      entries: [],
      changes: [change(addSuspension, { ...own, at: toIso(now) })],
      answer: answered(token, [...state.standing, own]),
    };
  },
};

/** Lifts what the same party set. Refuses as suspending does, and `token_not_suspended`. */
export const resumeToken: Command<Caused, Found> = {
  ...{ name: "tokens.resume_token", class: "SERVICE", contract: content, may: PARTIES },
  ...{ keys, subject, load },
  decide({ state, command, principal }) {
    const token = tokenFor(state, { command, principal });
    if ("refused" in token) return token;
    const { cause } = command;
    const own = { token: token.id, cause, setter: setterOf(cause, principal) };
    const standing = ownOf(state, own);
    if (!standing) return refuse("token_not_suspended");
    return {
      entries: [],
      changes: [change(liftSuspension, own)],
      answer: answered(
        token,
        state.standing.filter((one) => one !== standing),
      ),
    };
  },
};

function ownOf({ standing }: Found, { cause, setter }: Suspension): Suspension | undefined {
  return standing.find((one) => one.cause === cause && one.setter === setter);
}
