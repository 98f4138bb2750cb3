/** Applications over HTTP: drafting, reading, comparing versions, and every step of the procedure. */
import type { Guard } from "@sandbank/kernel/guard";
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import { isRefusal } from "@sandbank/kernel/words";
import { outcomeContract, pilotParams } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { answerOf } from "../task/task.ts";
import {
  applicationContract,
  applicationsContract,
  differencesContract,
  newApplicationContract,
  newVersionContract,
  rangeQuery,
  applicationStepContract,
} from "../application/application.contract.ts";
import { applicationOf, applicationsFor, differencesFor } from "./applications.ts";

/** GET and POST /api/applications, GET …/{slug}, …/differences, POST …/versions, …/steps. */
export function applicationRoutes(store: Store, guard: Guard): Route[] {
  return [...readings(store), ...drafting(guard), steps(guard)];
}

function readings(store: Store): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/applications",
      summary: { zh: "申报列表", en: "Applications" },
      auth: "any",
      answer: applicationsContract,
      async handle({ principal }) {
        const applications = await applicationsFor(store, principal);
        return isRefusal(applications) ? applications : { applications };
      },
    }),
    route({
      method: "GET",
      path: "/api/applications/{slug}",
      summary: { zh: "一项申报", en: "One application" },
      auth: "any",
      params: pilotParams,
      answer: applicationContract,
      handle: ({ params, principal }) => applicationOf(store, principal, params.slug),
    }),
    route({
      method: "GET",
      path: "/api/applications/{slug}/differences",
      summary: { zh: "两版声明书逐条对照", en: "Two versions compared clause by clause" },
      auth: "any",
      params: pilotParams,
      query: rangeQuery,
      answer: differencesContract,
      handle: ({ params, query, principal }) =>
        differencesFor(store, principal, {
          ...{ slug: params.slug, from: Number(query.from), to: Number(query.to) },
        }),
    }),
  ];
}

function drafting(guard: Guard): Route[] {
  const partition = SANDBOX_PARTITION;
  return [
    route({
      method: "POST",
      path: "/api/applications",
      summary: { zh: "起草声明书", en: "Draft a declaration" },
      auth: "any",
      body: newApplicationContract,
      answer: outcomeContract,
      status: 201,
      handle: async ({ body, principal, id }) =>
        answerOf(
          await guard.act({ partition, id, principal, command: "sandbox.draft", content: body }),
        ),
    }),
    route({
      method: "POST",
      path: "/api/applications/{slug}/versions",
      summary: { zh: "提交修改后的一版", en: "Put another version on file" },
      auth: "any",
      params: pilotParams,
      body: newVersionContract,
      answer: outcomeContract,
      status: 201,
      async handle({ params, body, principal, id }) {
        // The address names the pilot: a version of another one would be filed elsewhere.
        const content = { ...body, declaration: { ...body.declaration, pilot: params.slug } };
        const call = { partition, id, principal, content };
        return answerOf(await guard.act({ ...call, command: "sandbox.revise" }));
      },
    }),
  ];
}

/** POST /api/applications/{slug}/steps: the command is named after the step. */
function steps(guard: Guard): Route {
  return route({
    method: "POST",
    path: "/api/applications/{slug}/steps",
    summary: { zh: "办理一步", en: "Take a step of the procedure" },
    auth: "any",
    params: pilotParams,
    body: applicationStepContract,
    answer: outcomeContract,
    async handle({ params, body, principal, id }) {
      const { step, ...content } = body;
      const call = { partition: SANDBOX_PARTITION, id, principal };
      const named = { command: `sandbox.${step}`, content: { ...content, pilot: params.slug } };
      return answerOf(await guard.act({ ...call, ...named }));
    },
  });
}
