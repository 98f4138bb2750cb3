/**
 * Which classes of acts live in which state of a pilot (reference/sandbox §6): the one table by
 * which any pilot is suspended or run off without knowledge of its products. Before testing there
 * is nothing to serve; from its first customer on SERVICE never closes, so that who paid can be
 * refunded and who borrowed can repay.
 *
 *  (design) Under evaluation a pilot serves the customers it has and takes no others.
 */
import type { CommandClass } from "@sandbank/kernel/guard";
import type { State } from "../pilot/pilot.ts";

export type Classes = Readonly<Record<CommandClass, boolean>>;

const none: Classes = { OPEN: false, USE: false, SERVICE: false };
const all: Classes = { OPEN: true, USE: true, SERVICE: true };
const existing: Classes = { OPEN: false, USE: true, SERVICE: true };
const service: Classes = { OPEN: false, USE: false, SERVICE: true };

const LIVING: Readonly<Record<State, Classes>> = {
  draft: none,
  submitted: none,
  review: none,
  consultation: none,
  answering: none,
  registered: none,
  ready: none,
  testing: all,
  // What is restricted stands in the directives: a closed class or a lowered cap.
  restricted: all,
  suspended: service,
  evaluation: existing,
  passed: existing,
  failed: service,
  exiting: service,
  graduated: all,
  exited: service,
  refused: none,
  withdrawn: none,
};

/**
 * The classes that live in `state`. `useRunsOn`: this pilot's exit lets existing customers go on
 * within their term and limit (P3.6); which of them may is the module's own question.
 */
export function livingClasses(state: State, useRunsOn: boolean): Classes {
  return state === "exiting" && useRunsOn ? existing : LIVING[state];
}
