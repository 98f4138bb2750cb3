/**
 * Silence in a watch period. Before a graduation it closes classes at once; after it no directive
 * reaches the pilot, so silence longer than the terms allow is a finding that two people rule on. It
 * is measured by machine time and only while this server listens. One finding of silence is open at
 * most; ruled on while the silence goes on, it is found anew.
 */
import { fromIso, type Instant, machineNow, toIso, uuidv7 } from "@sandbank/kernel/clock";
import type { Command } from "@sandbank/kernel/guard";
import { systemPrincipal } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { publish } from "../notice/notice.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";
import { Listening } from "../trigger/listening.ts";
import { HEARTBEAT, isSilent } from "../trigger/trigger.ts";
import { refuse } from "../watch/watch.refusals.ts";
import { type ListenedRow, readListened } from "../watch/watch.store.ts";
import { silenceText } from "./notices.ts";
import { finding, loadWatching, moving, standingFor, STEPS, type Watching } from "./watching.ts";

const silent = z.strictObject({
  pilot: slugContract,
  /** Machine time of the last beat. */
  since: z.iso.datetime(),
});
type Silent = Readonly<z.infer<typeof silent>>;

interface SilenceFacts {
  readonly letter: string;
}

/**
 * `sandbox.find_silence`. Refuses with pilot_unknown, watch_unknown, the watch's own code,
 * watch_listens_to_nobody.
 */
export const findSilence: Command<Silent, Watching, SilenceFacts> = {
  ...STEPS,
  name: "sandbox.find_silence",
  contract: silent,
  may: ["system"],
  prepare: async () => ({ letter: uuidv7() }),
  load: loadWatching,
  decide({ state, command: { since }, facts: { letter }, now, id }) {
    const at = standingFor(state, "find");
    if (isRefusal(at)) return at;
    const seconds = at.pilot.admission?.heartbeat?.silentSeconds;
    if (seconds === undefined) return refuse("watch_listens_to_nobody");
    const { pilot } = at.watch;
    const open = state.findings.some((one) => one.kind === "silence" && one.state === "open");
    if (open) return { entries: [], changes: [], answer: { pilot, found: false } };
    const silentSince = toIso(fromIso(since));
    const text = silenceText(at.pilot.body.name, silentSince, seconds);
    const told = { id, letter, kind: "silence", check: null, silentSince, text, now } as const;
    return {
      entries: [],
      changes: [
        moving(at.watch, at.to),
        ...finding(state, at, told),
        publish({ id, pilot, at: now, kind: "watch_finding", text }),
      ],
      answer: { pilot, found: true },
      leaves: [{ t: "watch", pilot, at: at.to, found: "silence" }],
    };
  },
};

/** What a round found. */
interface Fell {
  readonly pilot: string;
  readonly trigger: string;
}

/** Listens to every watched pilot; `up` is since when this server does, by its own clock. */
export function openSilences(
  { store, guard }: Pick<SandboxPorts, "store" | "guard">,
  up: Instant,
  clock: () => Instant = machineNow,
): { round(): Promise<Fell[]> } {
  const listening = new Listening(up);
  const isOut = ({ pilot, heartbeat, machine_at: beat, silence_open: open }: ListenedRow) => {
    // Asked of each on every look: silence counts from the look that first heard a beat.
    const silent = isSilent(heartbeat, listening.silentMs(pilot, beat));
    return silent && !open;
  };
  return {
    async round() {
      listening.look(clock());
      const fell: Fell[] = [];
      for (const row of (await readListened(store, SANDBOX_PARTITION)).filter(isOut)) {
        const { pilot, found, machine_at: beat } = row;
        const outcome = await guard.act({
          ...{ partition: SANDBOX_PARTITION, principal: systemPrincipal("sandbox") },
          id: `silence-${pilot}-${found + 1}`,
          ...{ command: "sandbox.find_silence", content: { pilot, since: toIso(beat) } },
        });
        if (outcome.kind === "accepted") fell.push({ pilot, trigger: HEARTBEAT });
      }
      return fell;
    },
  };
}
