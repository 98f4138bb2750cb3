/** Decisions that wait for another person: the list, and approving or rejecting one. */
import { toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import { decisionContract, outcomeContract, taskParams, tasksContract } from "../contract.ts";
import type { TaskDesk } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { answerOf, isStaff } from "./task.ts";

/** GET /api/tasks, POST /api/tasks/{id}/approve, POST /api/tasks/{id}/reject. */
export function taskRoutes(desk: TaskDesk): Route[] {
  return [list(desk), decide(desk, "approve"), decide(desk, "reject")];
}

function list(desk: TaskDesk): Route {
  return route({
    method: "GET",
    path: "/api/tasks",
    summary: { zh: "待他人批准的事项", en: "Decisions that wait for another person" },
    auth: "any",
    answer: tasksContract,
    async handle({ principal }) {
      if (!isStaff(principal)) return refuse("staff_of_this_pilot_only");
      const tasks = await desk.waiting(principal);
      return {
        tasks: tasks.map(({ at, expires, ...task }) => ({
          ...task,
          mine: task.proposedBy === principal.id,
          at: toIso(at),
          expires: toIso(expires),
        })),
      };
    },
  });
}

const SUMMARIES = {
  approve: { zh: "批准", en: "Approve a waiting decision" },
  reject: { zh: "驳回", en: "Reject a waiting decision" },
} as const;

function decide(desk: TaskDesk, verb: "approve" | "reject"): Route {
  return route({
    method: "POST",
    path: `/api/tasks/{id}/${verb}`,
    summary: SUMMARIES[verb],
    auth: "any",
    params: taskParams,
    body: decisionContract,
    answer: outcomeContract,
    async handle({ params, body, principal, id }) {
      const reason = body.reason === undefined ? {} : { reason: body.reason };
      return answerOf(await desk[verb]({ task: params.id, principal, id, ...reason }));
    },
  });
}
