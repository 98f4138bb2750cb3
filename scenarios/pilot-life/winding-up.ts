/**
 * What the bank does at each step of its leaving before it says that the step is done: holders are
 * told, scenes end, tokens and cards go, and the two who hold the parts destroy the keys. Done again,
 * as after a crash, each does only what is left.
 */
import { closeTooEarly, type ExitStep, officeOf } from "../exiting.ts";
import { personOf } from "../person.ts";
import { act, as, check, demand, read, tell, waitFor } from "../stage.ts";
import { tokensOf } from "./business.ts";
import type { Life } from "./life.ts";
import { BANK, DAYS, on, PILOT, SHOPS } from "./plan.ts";

/** Who hold the parts of the vault's key, by the demonstration's English names. */
const KEY_HOLDERS = ["Sun Hao, operator", "Xu Rong, senior"] as const;

type Act = (life: Life, step: ExitStep) => Promise<void>;

/** By the step's name in the plan; a step that is not here only waits. */
const ACTS: Readonly<Record<string, Act>> = {
  notify_holders: async (life, step) => windUpAll(life, step, ["notices"]),
  cut_off_scenes: endScenes,
  delete_tokens: deleteTokens,
  destroy_keys: destroyKeys,
};

/** Brings to an end what a step of the plan is about. */
export async function windUp(life: Life, step: ExitStep): Promise<void> {
  await ACTS[step.id]?.(life, step);
}

/** What the bank brings to an end of each kind that its plan counts; one document where it is no list. */
export function itemsOf(kind: string): readonly string[] {
  if (kind === "scene") return scenes();
  if (kind === "deletion_confirmation") return SHOPS.map(({ id }) => id);
  return [`${kind}-1`];
}

function scenes(): string[] {
  return [...new Set(SHOPS.flatMap(({ articles }) => articles.map(({ scene }) => scene)))];
}

interface Left {
  readonly left: readonly { readonly what: string; readonly amount: string }[];
}

/** How much the bank's own system still counts of something, as it says to an auditor. */
async function leftOf(life: Life, what: string): Promise<bigint> {
  const { left } = await read<Left>(life, "/api/ending");
  return left.reduce((sum, one) => sum + (one.what === what ? BigInt(one.amount) : 0n), 0n);
}

const NAMES = { notices: "holders_untold", tokens: "tokens_live", cards: "cards_bound" } as const;

/** Some thousand at once and the rest by itself; waited for until nothing is left. */
async function windUpAll(
  life: Life,
  step: ExitStep,
  parts: readonly (keyof typeof NAMES)[],
): Promise<void> {
  for (const part of parts) {
    const who = officeOf(BANK, step);
    await act(life, { who, path: `/api/ending/${part}`, key: `wind-up.${part}`, body: {} });
    await waitFor(`nothing of ${NAMES[part]} is left`, async () =>
      (await leftOf(life, NAMES[part])) === 0n ? true : undefined,
    );
  }
}

async function endScenes(life: Life): Promise<void> {
  for (const scene of scenes()) {
    const path = `/api/scenes/${scene}/end`;
    await act(life, { who: "sandbar-bank operator", path, key: `end.${scene}` });
  }
}

/** Every token by its issuer, then every card; a payment with one is then unknown to everybody. */
async function deleteTokens(life: Life, step: ExitStep): Promise<void> {
  const before = await leftOf(life, NAMES.tokens);
  if (before > 0n) {
    const { size } = life.plan;
    demand(before === BigInt(size), `${before} tokens live, not ${size}`);
    check(life, {
      name: "tokens-live",
      zh: "仍有支付标记时，这一步不能完成",
      en: "The step does not close while a token lives",
      expected: "exit_obligations_outstanding",
      seen: await closeTooEarly(life, { leaver: BANK, step, items: 0 }),
    });
  }
  await windUpAll(life, step, ["tokens", "cards"]);
  await askForgotten(life);
}

/** The first customer asks for his token: nothing of it is live. */
async function askForgotten(life: Life): Promise<void> {
  await tokensOf(life);
  const [first] = life.plan.customers;
  const path = `/api/tokens?holder=${first?.holder}`;
  const { tokens } = await read<{ tokens: readonly { state: string }[] }>(
    life,
    path,
    "sandbar-bank customers",
  );
  const live = tokens.filter(({ state }) => state !== "deleted").length;
  demand(live === 0, `${first?.holder} still has ${live} tokens`);
}

/** One holder of a part proposes it at the console, the other approves; nobody else may. */
async function destroyKeys(life: Life): Promise<void> {
  const before = await leftOf(life, "keys_kept");
  if (before > 0n) {
    const [one, other] = await Promise.all(
      KEY_HOLDERS.map((name) => personOf(life, BANK.organisation, name)),
    );
    demand(one !== undefined && other !== undefined, "the key has two holders");
    const refused = await as(life, "sandbar-bank compliance").post(
      "/api/vault/destruction",
      `${life.key}.destroy-by-key`,
      {},
    );
    check(life, {
      name: "keys-by-people",
      zh: "销毁密钥只由两名分量保管人办理",
      en: "Only the two who hold the parts destroy the keys",
      expected: "destruction_by_people_only",
      seen: refused.said === "no" ? refused.code : "yes",
    });
    const proposed = (await one.act("/api/vault/destruction", "destroy", {})) as { task: string };
    await other.act(`/api/tasks/${proposed.task}/approve`, "destroyed", {});
  }
  await waitFor("no key is left", async () =>
    (await leftOf(life, "keys_kept")) === 0n ? true : undefined,
  );
  tell(life, {
    ...{ at: on(life.plan, DAYS.drained), pilot: PILOT },
    zh: "两名分量保管人销毁全部密钥，存档中的密文无从解开",
    en: "the two who hold its parts destroy every key; what lies sealed in any archive opens no more",
  });
}
