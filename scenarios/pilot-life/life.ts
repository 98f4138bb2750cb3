/** A pilot's life as it happens: the stage of its people, its plan, its shops and its tokens. */
import type { Shop } from "@sandbank/world";
import type { People } from "../person.ts";
import { Progress } from "../progress.ts";
import type { Held } from "../readying.ts";
import { NOTHING_YET, type Stage, type StageKept, type Step as StageStep } from "../stage.ts";
import type { LifePlan } from "./plan.ts";

export interface Kept extends StageKept {
  readonly size: number;
  /** First day of the life. */
  readonly first: string;
  /** Use of the pilot's cap at the end of each day of business, as the limits route said; fen. */
  readonly readings: readonly string[];
}

export interface Life extends Stage, People {
  readonly plan: LifePlan;
  readonly data: string;
  readonly progress: Progress<Kept>;
  readonly lanes: number;
  readonly shops: readonly Shop[];
  /** By customer; empty before there are any. */
  tokens: readonly Held[];
  /** Told whenever a step comes a little further. */
  onAct(): void;
}

/** Something that happens at an instant of the life. */
export type Step = StageStep<Life>;

/** Opens the progress of a folder; refuses a folder that is another life's. */
export function openProgress(
  folder: string,
  asked: Pick<Kept, "seed" | "size" | "first">,
): Progress<Kept> {
  return new Progress<Kept>(folder, {
    ...{ fresh: { ...asked, ...NOTHING_YET, readings: [] }, by: "size" },
  });
}
