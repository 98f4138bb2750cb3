/**
 * `sandbox.beat`: the monitoring of an institution says that it is alive. Each beat is an act with a
 * place in the log, so that gaps can be counted later. Silence is measured by machine time, which
 * `prepare` reads, since business time may stand still. What silence does stands in trigger/. A
 * registered pilot connects its monitoring before it is armed, which asks for a fresh beat.
 */
import { machineNow, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { refuse as refusePilot } from "../refusals.ts";
import { refuse } from "../trigger/trigger.refusals.ts";
import { hear, listeningIn, type ListeningRow } from "./heartbeat.store.ts";

const contract = z.strictObject({
  pilot: slugContract,
  /** Who runs the pilot here, as the edge knows it: it connects its monitoring before terms name it. */
  institution: slugContract.optional(),
});

type Content = Readonly<z.infer<typeof contract>>;

interface Heard {
  readonly machine: string;
}

/** Refuses with pilot_unknown, heartbeat_not_asked_for, heartbeat_of_another_operator. */
export const beat: Command<Content, ListeningRow | undefined, Heard> = {
  name: "sandbox.beat",
  class: "SERVICE",
  contract,
  may: ["permit_client"],
  keys: ({ pilot }) => ({ reads: [], writes: [`heartbeat/${pilot}`] }),
  prepare: async () => ({ machine: toIso(machineNow()) }),
  async load(tx, partition, questions) {
    const slugs = [...new Set(questions.map(({ command }) => command.pilot))];
    const rows = await listeningIn(tx, partition, slugs);
    return questions.map(({ command }) => rows.find((row) => row.slug === command.pilot));
  },
  decide({ state, command: { pilot, institution }, principal: { organisation }, facts, now }) {
    if (state === undefined) return refusePilot("pilot_unknown");
    const { connecting, applicant, heartbeat } = state;
    const own = connecting ? [applicant, institution] : state.operators;
    if (!own.includes(organisation)) return refuse("heartbeat_of_another_operator");
    if (heartbeat === null && !connecting) return refuse("heartbeat_not_asked_for");
    const silentSeconds = heartbeat?.silentSeconds ?? null;
    const row = { pilot, organisation, at: toIso(now), machine_at: facts.machine };
    return {
      entries: [],
      changes: [change(hear, row)],
      answer: { pilot, at: row.at, silentSeconds },
    };
  },
};
