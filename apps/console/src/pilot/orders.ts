/** Which orders of the supervisor a pilot can take where it stands; who gives them is an office. */
import type { DirectiveView, Order, PilotDetail } from "@sandbank/sandbox/contract";
import { type Command, mayTake } from "../offices.ts";
import type { Who } from "../setting.ts";

type OrderKind = Order["kind"];

export const ORDERS: readonly OrderKind[] = ["suspension", "restriction", "resumption", "lifting"];

const COMMANDS: Readonly<Record<OrderKind, Command>> = {
  suspension: "suspend",
  restriction: "restrict",
  resumption: "resume",
  lifting: "lift",
};

/** States that a directive can close or lower something of; a suspended pilot has no class left. */
const BOUND_IN: readonly string[] = ["testing", "restricted", "evaluation", "passed"];
const LOOSENED_IN: readonly string[] = ["restricted", "suspended"];

/** Directives that bind now. */
export function binding(pilot: Pick<PilotDetail, "directives">): readonly DirectiveView[] {
  return pilot.directives.filter((one) => one.status !== "lifted");
}

/** The orders that this person may propose and that the pilot's state knows; none without a policy. */
export function ordersOpen(
  pilot: Pick<PilotDetail, "directives" | "policy" | "state">,
  who: Pick<Who, "roles">,
): readonly OrderKind[] {
  const { state, policy } = pilot;
  if (policy === null) return [];
  const bound = binding(pilot);
  const loosened = LOOSENED_IN.includes(state);
  const open: Readonly<Record<OrderKind, boolean>> = {
    suspension: BOUND_IN.includes(state),
    restriction: BOUND_IN.includes(state) || state === "suspended",
    resumption: loosened && bound.some(({ kind }) => kind === "suspension"),
    lifting: loosened && bound.length > 0,
  };
  return ORDERS.filter((kind) => open[kind] && mayTake(who, COMMANDS[kind]));
}
