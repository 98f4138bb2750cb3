/** Acts on token requestors: which are open in which state, and to whom. */
import type { PilotSummary } from "@sandbank/sandbox/contract";
import type { RequestorState } from "@sandbank/tokens/contract";
import { type Command, isOf, mayTake } from "../offices.ts";
import { useReadings } from "../readings.ts";
import type { Who } from "../setting.ts";
import type { requestorActs } from "../words/requestor.words.ts";

export type RequestorAct = keyof typeof requestorActs;

/** Whose pilot it is: the institutions that run it. */
export type Run = Pick<PilotSummary, "runBy">;

/** The pilot whose requestors and scenes these are. */
export const TOKENS_PILOT = "payment-tokens";

const ACTS = {
  activate: { from: ["applied"], command: "activate_requestor", two: true, grave: false },
  suspend: { from: ["active"], command: "suspend_requestor", two: false, grave: true },
  resume: { from: ["suspended"], command: "resume_requestor", two: true, grave: false },
  end: {
    from: ["applied", "active", "suspended"],
    ...({ command: "end_requestor", two: false, grave: true } as const),
  },
} as const satisfies Readonly<Record<RequestorAct, Act>>;

interface Act {
  readonly from: readonly RequestorState[];
  readonly command: Command;
  /** True if another person must approve it. */
  readonly two: boolean;
  readonly grave: boolean;
}

export const requestorAct = (act: RequestorAct): Act => ACTS[act];

export function isRequestorAct(name: string | undefined): name is RequestorAct {
  return name !== undefined && name in ACTS;
}

export function mayRegister({ runBy }: Run, who: Who): boolean {
  return mayTake(who, "register_requestor") && isOf(who, runBy);
}

/** What this person may do with a requestor in this state. */
export function requestorActsOpen(
  { state }: { readonly state: RequestorState },
  { runBy }: Run,
  who: Who,
): readonly RequestorAct[] {
  if (!isOf(who, runBy)) return [];
  return (Object.keys(ACTS) as RequestorAct[]).filter((act) => {
    const { from, command } = requestorAct(act);
    return from.includes(state) && mayTake(who, command);
  });
}

/** The pilot of payment tokens as the frame has read it. */
export function useTokensPilot(): PilotSummary | undefined {
  const { pilots } = useReadings();
  return pilots.value?.pilots.find(({ slug }) => slug === TOKENS_PILOT);
}
