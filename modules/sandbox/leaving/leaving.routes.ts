/** Exits over HTTP: what everybody may read, the dry run for staff, and every act of an exit. */
import { toIso } from "@sandbank/kernel/clock";
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { z } from "zod";
import { outcomeContract, pilotParams } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse as refuseOfPilot } from "../refusals.ts";
import { answerOf, isStaff } from "../task/task.ts";
import {
  exitBeginningContract,
  exitConfirmationContract,
  exitContract,
  exitDryRunContract,
  exitItemContract,
  exitItemsContract,
  exitReportContract,
  exitSendingBackContract,
  stepClosingContract,
} from "../exit/exit.contract.ts";
import { refuse } from "../exit/exit.refusals.ts";
import { planTemplatesContract } from "../exit/plan.contract.ts";
import { shippedPlans } from "../exit/plan.ts";
import type { Exits } from "./report.ts";

/**
 * GET /api/exit-plans; GET …/exit, …/exit/report, …/exit/dry-run, …/exit/items; POST …/exit and, below it, …/items,
 * …/steps, …/archive, …/confirmation, …/return, …/completion.
 */
export function exitRoutes(guard: Guard, exits: Exits): Route[] {
  const acts = [
    act(guard, ["", "sandbox.begin_exit"], {
      summary: { zh: "提出退出，待他人批准", en: "Propose that the pilot leaves" },
      body: exitBeginningContract,
    }),
    act(guard, ["/items", "sandbox.report_exit_item"], {
      summary: { zh: "报告退出事项", en: "Report an item of the exit" },
      body: exitItemContract,
      content: (item) => ({ item }),
    }),
    act(guard, ["/steps", "sandbox.close_exit_step"], {
      summary: { zh: "完成退出步骤", en: "Close a step of the exit" },
      body: stepClosingContract,
    }),
    act(guard, ["/confirmation", "sandbox.confirm_exit"], {
      summary: { zh: "合规确认退出", en: "Confirm the exit for compliance" },
      body: exitConfirmationContract,
    }),
    act(guard, ["/return", "sandbox.send_back_exit"], {
      summary: { zh: "退回退出确认", en: "Send a confirmed exit back" },
      body: exitSendingBackContract,
    }),
  ];
  return [...readings(exits), ...acts, bare(guard, "archive"), bare(guard, "completion")];
}

function readings(exits: Exits): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/exit-plans",
      summary: { zh: "退出方案模板", en: "Exit plans as templates" },
      auth: "any",
      answer: planTemplatesContract,
      handle: async () => ({ templates: [...shippedPlans()] }),
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/exit",
      summary: { zh: "退出进展", en: "How a pilot's exit stands" },
      auth: "none",
      params: pilotParams,
      answer: exitContract,
      handle: async ({ params }) => (await exits.standing(params.slug)) ?? refuse("exit_not_begun"),
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/exit/report",
      summary: { zh: "退出报告", en: "The public report on an exit" },
      auth: "none",
      params: pilotParams,
      answer: exitReportContract,
      handle: async ({ params }) => (await exits.report(params.slug)) ?? refuse("exit_is_running"),
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/exit/dry-run",
      summary: { zh: "退出演练", en: "A dry run of the exit" },
      auth: "any",
      params: pilotParams,
      answer: exitDryRunContract,
      async handle({ params, principal }) {
        if (!isStaff(principal)) return refuseOfPilot("staff_of_this_pilot_only");
        return (await exits.dryRun(params.slug)) ?? refuseOfPilot("pilot_unknown");
      },
    }),
    itemsRoute(exits),
  ];
}

function itemsRoute(exits: Exits): Route {
  return route({
    method: "GET",
    path: "/api/pilots/{slug}/exit/items",
    summary: { zh: "退出事项", en: "Items of an exit, one by one" },
    auth: "any",
    params: pilotParams,
    answer: exitItemsContract,
    async handle({ params, principal }) {
      if (!isStaff(principal)) return refuseOfPilot("staff_of_this_pilot_only");
      const items = await exits.items(params.slug);
      return {
        items: items.map(({ kind, ref, state, amount, ends, listed_at, ended_at, evidence }) => ({
          ...{ kind, ref, state, evidence, amountFen: amount === null ? null : String(amount) },
          ends: ends === null ? null : toIso(ends),
          listedAt: toIso(listed_at),
          endedAt: ended_at === null ? null : toIso(ended_at),
        })),
      };
    },
  });
}

/** An act with a body: its content is the body and the pilot, unless told. */
function act<B extends z.ZodType<object>>(
  guard: Guard,
  [path, command]: readonly [string, string],
  of: {
    readonly summary: { readonly zh: string; readonly en: string };
    readonly body: B;
    content?(body: object): object;
  },
): Route {
  return route({
    method: "POST",
    path: `/api/pilots/{slug}/exit${path}`,
    summary: of.summary,
    auth: "any",
    params: pilotParams,
    body: of.body,
    answer: outcomeContract,
    status: 202,
    async handle({ params, body, principal, id }) {
      const content = { ...(of.content?.(body) ?? body), pilot: params.slug };
      const call = { partition: SANDBOX_PARTITION, id, principal, command, content };
      return answerOf(await guard.act(call));
    },
  });
}

const BARE = {
  archive: {
    command: "sandbox.request_archive",
    summary: { zh: "申请归档", en: "Ask for the archive" },
  },
  completion: {
    command: "sandbox.complete_exit",
    summary: { zh: "批准退出完成", en: "Complete the exit" },
  },
} as const;

/** An act that needs nothing but the pilot. */
function bare(guard: Guard, name: keyof typeof BARE): Route {
  const { command, summary } = BARE[name];
  return route({
    method: "POST",
    path: `/api/pilots/{slug}/exit/${name}`,
    summary,
    auth: "any",
    params: pilotParams,
    answer: outcomeContract,
    status: 202,
    async handle({ params, principal, id }) {
      const call = { partition: SANDBOX_PARTITION, id, principal, command };
      return answerOf(await guard.act({ ...call, content: { pilot: params.slug } }));
    },
  });
}
