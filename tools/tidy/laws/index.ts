import type { Law } from "../law.ts";
import { calls } from "./calls.ts";
import { clock } from "./clock.ts";
import { cycles } from "./cycles.ts";
import { floats } from "./floats.ts";
import { hooks } from "./hooks.ts";
import { lengths } from "./lengths.ts";
import { names } from "./names.ts";
import { openings } from "./openings.ts";
import { ranks } from "./ranks.ts";
import { readmes } from "./readmes.ts";
import { refusals } from "./refusals.ts";
import { schema } from "./schema.ts";
import { statements } from "./statements.ts";
import { texts } from "./texts.ts";

/** Every law of the house, in the order in which they are reported. */
export const LAWS: readonly Law[] = [
  ranks,
  cycles,
  clock,
  calls,
  floats,
  refusals,
  schema,
  statements,
  lengths,
  hooks,
  names,
  texts,
  openings,
  readmes,
];
