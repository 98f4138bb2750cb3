/** Watch periods over HTTP: the public record, and the ruling of two people. */
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import { outcomeContract, pilotParams } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { answerOf } from "../task/task.ts";
import { watchContract, watchRulingContract } from "../watch/watch.contract.ts";
import { refuse } from "../watch/watch.refusals.ts";
import type { Watches } from "./record.ts";

/** GET …/watch-period; POST …/watch-period/ruling. */
export function watchRoutes(guard: Guard, watches: Watches): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/watch-period",
      summary: { zh: "毕业观察期记录", en: "The watch period after a pilot's graduation" },
      auth: "none",
      params: pilotParams,
      answer: watchContract,
      refusals: ["watch_unknown"],
      async handle({ params }) {
        return (await watches.watch(params.slug)) ?? refuse("watch_unknown");
      },
    }),
    route({
      method: "POST",
      path: "/api/pilots/{slug}/watch-period/ruling",
      summary: {
        zh: "提出对观察期发现的决定，待他人批准",
        en: "Propose a ruling on what a watch period found",
      },
      auth: "any",
      params: pilotParams,
      body: watchRulingContract,
      answer: outcomeContract,
      status: 202,
      async handle({ params, body, principal, id }) {
        const content = { ...body, pilot: params.slug };
        const call = { partition: SANDBOX_PARTITION, id, principal, content };
        return answerOf(await guard.act({ ...call, command: "sandbox.rule_watch" }));
      },
    }),
  ];
}
