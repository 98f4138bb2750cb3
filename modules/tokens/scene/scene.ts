/**
 * Scenes: where a token may be used. A scene belongs to a requestor and names merchants, categories
 * and channels; an empty list lets everything through. P4.4: one token can serve several scenes.
 *
 *   register ──▶ [ open ] ─suspend─▶ [ suspended ]
 *                  │   ◀────resume────     │
 *                  └───────── end ─────────┴──▶ [ ended ]
 *
 * A new scene lets no token pay until its holder says so, so one of the bank registers it; resuming
 * one lets tokens pay that serve it, so that takes two.
 */
import type { RequestorState, SceneState } from "../contract.ts";
import type { TokensRefusal } from "../refusals.ts";

export const SCENE_EVENTS = ["suspend", "resume", "end"] as const;
export type SceneEvent = (typeof SCENE_EVENTS)[number];

/** Where an event leads, or the code by which it is refused. */
type Step = { readonly to: SceneState } | { readonly no: TokensRefusal };

const to = (state: SceneState): Step => ({ to: state });
const no = (code: TokensRefusal): Step => ({ no: code });

/** The whole life of a scene. */
export const SCENE: Readonly<Record<SceneState, Readonly<Record<SceneEvent, Step>>>> = {
  open: { suspend: to("suspended"), resume: no("scene_not_suspended"), end: to("ended") },
  suspended: { suspend: no("scene_suspended_already"), resume: to("open"), end: to("ended") },
  ended: { suspend: no("scene_ended"), resume: no("scene_ended"), end: no("scene_ended") },
};

/** A scene as decisions see it. */
export interface Scene {
  readonly id: string;
  readonly trid: string;
  /** The organisation of its requestor. */
  readonly organisation: string;
  readonly state: SceneState;
  /** How its requestor stands. */
  readonly requestor: RequestorState;
  /** Whether each payment must bring a cryptogram. */
  readonly cryptogram: boolean;
  readonly merchants: ReadonlySet<string>;
  readonly mccs: readonly (readonly [string, string])[];
  readonly channels: ReadonlySet<string>;
}

const words = (text: string) => (text === "" ? [] : text.split(" "));

/** Reads id, trid, organisation, state, requestor, cryptogram, merchants, mccs, channels. */
export function readScene(row: readonly unknown[]): Scene {
  const [id, trid, organisation, state, requestor, cryptogram] = row;
  const [merchants = "", mccs = "", channels = ""] = row.slice(6) as string[];
  return {
    ...({ id, trid, organisation, state, requestor, cryptogram } as Omit<
      Scene,
      "merchants" | "mccs" | "channels"
    >),
    merchants: new Set(words(merchants)),
    mccs: words(mccs).map((range) => [range.slice(0, 4), range.slice(-4)] as const),
    channels: new Set(words(channels)),
  };
}

export function takesMerchant({ merchants }: Scene, merchant: string): boolean {
  return merchants.size === 0 || merchants.has(merchant);
}

/** Category codes have four digits, so they compare as text. */
export function takesMcc({ mccs }: Scene, mcc: string): boolean {
  return mccs.length === 0 || mccs.some(([first, last]) => first <= mcc && mcc <= last);
}

export function takesChannel({ channels }: Scene, channel: string): boolean {
  return channels.size === 0 || channels.has(channel);
}
