/**
 * Making a cryptogram for the holder's app or device: the counter rises, and the code is computed
 * from what is written here whenever it is asked for under the same id.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { newCryptogramContract, tokenNumberContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import type { Scene } from "../scene/scene.ts";
import { scenesIn } from "../scene/scene.store.ts";
import { isHolder, type Token } from "../token/token.ts";
import { tokensIn } from "../token/token.store.ts";
import { COUNTER_MAX, CRYPTOGRAM_MS } from "./cryptogram.ts";
import { addCryptogram, lastCountersIn } from "./cryptogram.store.ts";

const content = newCryptogramContract.extend({ token: tokenNumberContract });
type Making = z.infer<typeof content>;

interface Found {
  readonly token: Token | undefined;
  readonly scene: Scene | undefined;
  /** The last counter of the token, 0 before the first. */
  readonly last: number;
}

/**
 * Makes a cryptogram for one payment. Refuses `token_absent`, `token_expired`, `token_suspended`,
 * `scene_unknown`, `scene_not_of_token`, `cryptogram_counters_spent`.
 */
export const makeCryptogram: Command<Making, Found> = {
  name: "tokens.make_cryptogram",
  class: "USE",
  contract: content,
  // Its counter is read and written under one key; tokens and scenes are written without this mark.
  alongside: true,
  may: ["customer"],
  keys: ({ token }) => ({ reads: [`token/${token}`], writes: [`cryptograms/${token}`] }),
  subject: ({ token }, { holder }) => token?.holder ?? holder,
  async load(tx, partition, questions) {
    const asked = questions.map(({ command }) => command);
    const numbers = asked.map(({ token }) => token);
    const [tokens, scenes, counters] = await Promise.all([
      tokensIn(tx, partition, numbers),
      scenesIn(
        tx,
        partition,
        asked.map(({ scene }) => scene),
      ),
      lastCountersIn(tx, partition, numbers),
    ]);
    return asked.map(({ token, scene }) => ({
      token: tokens.get(token),
      scene: scenes.get(scene),
      last: counters.get(token) ?? 0,
    }));
  },
  decide({ state, command, principal, now }) {
    const { token, scene, last } = state;
    const { holder, amount, currency } = command;
    if (!token || token.state === "deleted" || !isHolder(principal, token, holder)) {
      return refuse("token_absent");
    }
    if (token.expires <= now) return refuse("token_expired");
    if (token.causes !== 0) return refuse("token_suspended");
    if (!scene) return refuse("scene_unknown", { params: { scene: command.scene } });
    if (!token.scenes.includes(scene.id)) return refuse("scene_not_of_token", ofScene(scene));
    if (last >= COUNTER_MAX) return refuse("cryptogram_counters_spent");
    const { organisation } = scene;
    const expires = toIso((now + CRYPTOGRAM_MS) as Instant);
    const bound = { counter: last + 1, scene: scene.id, organisation, currency };
    const row = { number: token.number, ...bound, amount: BigInt(amount), expires };
    return {
      entries: [],
      changes: [change(addCryptogram, { ...row, at: toIso(now) })],
      answer: { counter: last + 1, organisation, expires },
    };
  },
};

function ofScene({ id }: Scene) {
  return { failed: [{ code: "scene_not_of_token", limit: id }], params: { limit: id } };
}
