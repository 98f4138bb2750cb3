/** A year as it happens: the stage of its people, its plan, its shops and what its callers heard. */
import type { Shop } from "@sandbank/world";
import type { Held } from "../readying.ts";
import type { People } from "../person.ts";
import type { Progress } from "../progress.ts";
import type { Stage, Step as StageStep } from "../stage.ts";
import type { Heard } from "./heard.ts";
import type { Kept } from "./kept.ts";
import type { YearPlan } from "./plan.ts";
import type { Pulse } from "./pulse.ts";

export interface Year extends Stage, People {
  readonly plan: YearPlan;
  readonly data: string;
  readonly progress: Progress<Kept>;
  /** What the year's own callers heard, for whoever counts again. */
  readonly heard: Heard;
  readonly lanes: number;
  readonly shops: readonly Shop[];
  readonly pulse: Pulse;
  tokens: readonly Held[];
}

/** Something that happens at an instant of the year. */
export type Step = StageStep<Year>;
