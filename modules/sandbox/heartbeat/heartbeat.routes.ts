/** Heartbeats over HTTP, by the key of the institution that runs the pilot. */
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import { z } from "zod";
import { pilotParams } from "../contract.ts";
import { SANDBOX_PARTITION, type SandboxPorts } from "../ports.ts";

const heardContract = z.object({
  pilot: z.string(),
  /** Business time at which it was heard. */
  at: z.string(),
  /** Silence for longer than this puts the pilot under a directive; null before it has its terms. */
  silentSeconds: z.number().int().nullable(),
});

type Heard = z.infer<typeof heardContract>;
type Ports = Pick<SandboxPorts, "guard" | "operatorOf">;

/** POST /api/pilots/{slug}/heartbeats. */
export function heartbeatRoutes({ guard, operatorOf }: Ports): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/pilots/{slug}/heartbeats",
      summary: { zh: "运行机构的监测心跳", en: "A heartbeat of the operator's monitoring" },
      auth: "key",
      signed: "act_in_key",
      params: pilotParams,
      answer: heardContract,
      refusals: ["heartbeat_not_asked_for", "heartbeat_of_another_operator"],
      async handle({ params: { slug }, principal, id }) {
        const call = { partition: SANDBOX_PARTITION, id, principal, command: "sandbox.beat" };
        const institution = operatorOf(slug);
        const content = { pilot: slug, ...(institution === undefined ? {} : { institution }) };
        const outcome = await guard.act({ ...call, content });
        return answerOf(outcome, (answer) => answer as unknown as Heard);
      },
    }),
  ];
}
