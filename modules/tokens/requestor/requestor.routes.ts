/** Requestors over HTTP: the bank registers and moves them, a requestor sees its own. */
import { route, type Route } from "@sandbank/kernel/http";
import type { Text } from "@sandbank/kernel/words";
import {
  movedRequestorContract,
  newRequestorContract,
  requestorContract,
  requestorsContract,
  tridParams,
} from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse, type TokensRefusal } from "../refusals.ts";
import { actEverywhere } from "./everywhere.ts";
import { REQUESTOR, type RequestorEvent } from "./requestor.ts";
import { findRequestors } from "./requestor.store.ts";

/** POST and GET /api/requestors, POST /api/requestors/{trid}/activate, suspend, resume, end. */
export function requestorRoutes(ports: TokensPorts): Route[] {
  return [
    registerRoute(ports),
    listRoute(ports),
    moveRoute(ports, "activate", "requestor_admitted_already"),
    moveRoute(ports, "suspend", "requestor_suspended_already"),
    moveRoute(ports, "resume", "requestor_not_suspended"),
    moveRoute(ports, "end", "requestor_ended"),
  ];
}

function registerRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/requestors",
    summary: {
      zh: "登记标记请求方，待两人准入",
      en: "Register a requestor, to be admitted by two",
    },
    auth: "any",
    body: newRequestorContract,
    answer: requestorContract,
    status: 201,
    refusals: ["requestor_exists"],
    handle: ({ body, principal, id }) =>
      actEverywhere(ports, {
        call: { id, principal, command: "tokens.register_requestor", content: body },
        exists: "requestor_exists",
        answer: { trid: body.trid },
      }),
  });
}

function listRoute({ partitions, store }: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/requestors",
    summary: { zh: "标记请求方名册", en: "The registry of token requestors" },
    auth: "any",
    answer: requestorsContract,
    refusals: ["for_bank_and_requestor_only"],
    async handle({ principal: { roles, organisation } }) {
      const bank = roles.includes("institution_operator") || roles.includes("compliance_officer");
      if (!bank && !roles.includes("requestor")) return refuse("for_bank_and_requestor_only");
      const own = bank ? undefined : organisation;
      const found = await findRequestors(store, partitions.all[0] ?? 0, own);
      return {
        requestors: found.map(({ trid, organisation: of, name_zh, name_en, domains, state }) => ({
          ...{ trid, organisation: of, name: { zh: name_zh, en: name_en }, state },
          domains: domains === "" ? [] : domains.split(" "),
        })),
      };
    },
  });
}

const SUMMARIES: Readonly<Record<RequestorEvent, Text>> = {
  activate: { zh: "准入标记请求方，须两人", en: "Admit a requestor, by two" },
  suspend: { zh: "暂停标记请求方，立即生效", en: "Suspend a requestor, at once" },
  resume: { zh: "恢复标记请求方，须两人", en: "Resume a requestor, by two" },
  end: { zh: "终止标记请求方", en: "End a requestor for good" },
};

/** `done` is what a partition says in which the step was taken before. */
function moveRoute(ports: TokensPorts, event: RequestorEvent, done: TokensRefusal): Route {
  const refusals = Object.values(REQUESTOR).flatMap((row) => {
    const step = row[event];
    return "no" in step ? [step.no] : [];
  });
  return route({
    method: "POST",
    path: `/api/requestors/{trid}/${event}`,
    summary: SUMMARIES[event],
    auth: "any",
    params: tridParams,
    answer: movedRequestorContract,
    refusals: ["requestor_unknown", ...new Set(refusals)],
    handle: ({ params: { trid }, principal, id }) =>
      actEverywhere(ports, {
        call: { id, principal, command: `tokens.${event}_requestor`, content: { trid } },
        exists: done,
        answer: { trid, state: STATE_AFTER[event] },
      }),
  });
}

const STATE_AFTER = {
  activate: "active",
  suspend: "suspended",
  resume: "active",
  end: "ended",
} as const satisfies Record<RequestorEvent, string>;
