/** Proposing an order over HTTP. Nothing takes effect here: another person has to approve. */
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import { orderContract, outcomeContract, pilotParams } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { answerOf } from "../task/task.ts";
import type { Order } from "../directive/directive.contract.ts";

/** The command that each kind of order is. */
const COMMANDS: Readonly<Record<Order["kind"], string>> = {
  suspension: "sandbox.suspend",
  restriction: "sandbox.restrict",
  resumption: "sandbox.resume",
  lifting: "sandbox.lift",
};

/** POST /api/pilots/{slug}/directives. */
export function directiveRoutes(guard: Guard): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/pilots/{slug}/directives",
      summary: {
        zh: "提出监管指令，待他人批准",
        en: "Propose a directive; another person approves",
      },
      auth: "any",
      params: pilotParams,
      body: orderContract,
      answer: outcomeContract,
      status: 202,
      async handle({ params, body, principal, id }) {
        const { kind, ...content } = body;
        const outcome = await guard.act({
          ...{ partition: SANDBOX_PARTITION, id, principal },
          command: COMMANDS[kind],
          content: { ...content, pilot: params.slug },
        });
        return answerOf(outcome);
      },
    }),
  ];
}
