/**
 * Sharing a token with another scene after its issue, and taking a scene off it (P4.4): bind once,
 * use everywhere. Sharing opens something new, so it needs the holder's second factor for this very
 * scene; taking off takes effect at once. Bounds within the scene come with it, in the same act.
 */
import { machineNow, toIso } from "@sandbank/kernel/clock";
import { type Change, change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { AT_THE_BANK } from "../account/account.ts";
import {
  type Controls,
  holderContract,
  SCENES_MAX,
  sceneIdContract,
  sharedSceneContract,
  tokenNumberContract,
} from "../contract.ts";
import { digestOf, type Freshness, freshnessOf } from "../control/confirm.ts";
import { controlOf, saidBy } from "../control/control.ts";
import { refuseControl } from "../control/control.refusals.ts";
import { addControl, controlRow } from "../control/control.store.ts";
import { refuse } from "../refusals.ts";
import { scenesIn } from "../scene/scene.store.ts";
import { isHolder, type Token } from "./token.ts";
import { putControl, putScenes, tokensIn } from "./token.store.ts";

const sharing = sharedSceneContract.extend({ token: tokenNumberContract });
type Sharing = z.infer<typeof sharing>;
const unsharing = z.strictObject({
  holder: holderContract,
  scene: sceneIdContract,
  token: tokenNumberContract,
});
type Unsharing = z.infer<typeof unsharing>;

interface Found {
  readonly token: Token | undefined;
  readonly known: boolean;
}

/** What the holder confirms when a token is to serve one more scene. */
export function sharingDigest(
  { id, control }: Pick<Token, "id" | "control">,
  { scene, bounds }: Pick<Sharing, "scene" | "bounds">,
): string {
  const { version } = control;
  return digestOf({ act: "share_token", token: id, version, scene, bounds: bounds ?? null });
}

/** The holder's controls with the bounds of one scene put in; those of scenes it left go. */
function withBounds(token: Token, { scene, bounds }: Sharing): Controls {
  const controls = saidBy(token.control, "holder");
  const others = (controls.sceneBounds ?? []).filter(
    (one) => one.scene !== scene && token.scenes.includes(one.scene),
  );
  return { ...controls, sceneBounds: [...others, { scene, ...bounds }] };
}

/**
 * Lets a token serve one more scene. Refuses `token_absent`, `scene_unknown`, `scene_shared_already`,
 * `scenes_too_many`, `loosening_needs_step_up`.
 */
export const shareToken: Command<Sharing, Found, Freshness> = {
  name: "tokens.share_token",
  class: "OPEN",
  contract: sharing,
  may: ["customer"],
  keys: ({ token, scene }) => ({ reads: [`scene/${scene}`], writes: [`token/${token}`] }),
  subject: ({ token }, { holder }) => token?.holder ?? holder,
  prepare: async (_command, principal) => freshnessOf(principal, machineNow()),
  async load(tx, partition, questions) {
    const [tokens, scenes] = await Promise.all([
      tokensIn(
        tx,
        partition,
        questions.map(({ command }) => command.token),
      ),
      scenesIn(
        tx,
        partition,
        questions.map(({ command }) => command.scene),
      ),
    ]);
    return questions.map(({ command }) => ({
      token: tokens.get(command.token),
      known: scenes.has(command.scene),
    }));
  },
  decide({ state: { token, known }, command, facts, principal, now }) {
    const { holder, scene, bounds } = command;
    if (!token || token.state === "deleted") return refuse("token_absent");
    if (!isHolder(principal, token, holder)) return refuse("token_absent");
    if (!known) return refuse("scene_unknown", { params: { scene } });
    if (token.scenes.includes(scene)) return refuse("scene_shared_already");
    if (token.scenes.length >= SCENES_MAX) return refuse("scenes_too_many");
    if (facts.confirmed !== sharingDigest(token, command)) {
      return refuseControl("loosening_needs_step_up");
    }
    const scenes = [...token.scenes, scene];
    const changes: Change[] = [
      change(putScenes, { number: token.number, scenes: scenes.join(" ") }),
    ];
    let { version } = token.control;
    if (bounds !== undefined) {
      version += 1;
      changes.push(...boundChanges(token, command, { version, at: toIso(now) }));
    }
    const answer = { token: token.id, scenes, version };
    const counts = { as: "use", customer: holder, ...AT_THE_BANK } as const;
    return { entries: [], counts, changes, answer };
  },
};

function boundChanges(
  token: Token,
  command: Sharing,
  { version, at }: { readonly version: number; readonly at: string },
): Change[] {
  const { id, number, control } = token;
  const holder = withBounds(token, command);
  const next = controlOf(version, { holder, issuer: saidBy(control, "issuer") });
  return [
    change(addControl, controlRow(id, next, { by: "holder", at })),
    change(putControl, { number, control: version }),
  ];
}

/**
 * Takes a scene off a token at once; bounds that were set within it stay until another scene is bounded. Refuses
 * `token_absent`, `scene_not_shared`, `scene_is_last`.
 */
export const unshareToken: Command<Unsharing, Token | undefined> = {
  name: "tokens.unshare_token",
  class: "SERVICE",
  contract: unsharing,
  may: ["customer"],
  keys: ({ token }) => ({ reads: [], writes: [`token/${token}`] }),
  subject: (token, { holder }) => token?.holder ?? holder,
  async load(tx, partition, questions) {
    const numbers = questions.map(({ command }) => command.token);
    const tokens = await tokensIn(tx, partition, numbers);
    return numbers.map((number) => tokens.get(number));
  },
  decide({ state: token, command, principal }) {
    const { holder, scene } = command;
    if (!token || token.state === "deleted") return refuse("token_absent");
    if (!isHolder(principal, token, holder)) return refuse("token_absent");
    if (!token.scenes.includes(scene)) return refuse("scene_not_shared");
    if (token.scenes.length === 1) return refuse("scene_is_last");
    const scenes = token.scenes.filter((one) => one !== scene);
    return {
      entries: [],
      changes: [change(putScenes, { number: token.number, scenes: scenes.join(" ") })],
      answer: { token: token.id, scenes, version: token.control.version },
    };
  },
};
