/**
 * Requestors over HTTP: the issuer registers and moves them, a requestor sees its own, and whoever
 * oversees the pilot sees all. Another bank's people have no part in them.
 */
import { toIso } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import type { Text } from "@sandbank/kernel/words";
import {
  movedRequestorContract,
  newRequestorContract,
  requestorContract,
  requestorDetailContract,
  requestorsContract,
  tridParams,
} from "../contract.ts";
import { isOurs } from "../issuer.ts";
import { oversees } from "../oversight.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse, type TokensRefusal } from "../refusals.ts";
import { actEverywhere } from "./everywhere.ts";
import { REQUESTOR, type RequestorEvent } from "./requestor.ts";
import { findRequestors, findScenesOf, type ShownRequestor } from "./requestor.store.ts";

/**
 * POST and GET /api/requestors, GET /api/requestors/{trid}, POST /api/requestors/{trid}/activate,
 * suspend, resume, end.
 */
export function requestorRoutes(ports: TokensPorts): Route[] {
  return [
    registerRoute(ports),
    listRoute(ports),
    oneRoute(ports),
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
    refusals: ["for_issuer_only", "requestor_exists"],
    async handle({ body, principal, id }) {
      if (!isOurs(ports, principal)) return refuse("for_issuer_only");
      return actEverywhere(ports, {
        call: { id, principal, command: "tokens.register_requestor", content: body },
        exists: "requestor_exists",
        answer: { trid: body.trid },
      });
    },
  });
}

function listRoute(ports: TokensPorts): Route {
  const { partitions, store } = ports;
  return route({
    method: "GET",
    path: "/api/requestors",
    summary: { zh: "标记请求方名册", en: "The registry of token requestors" },
    auth: "any",
    answer: requestorsContract,
    refusals: ["for_bank_and_requestor_only"],
    async handle({ principal }) {
      const all = oversees(ports, principal);
      if (!all && !principal.roles.includes("requestor")) {
        return refuse("for_bank_and_requestor_only");
      }
      const own = all ? undefined : principal.organisation;
      const found = await findRequestors(store, partitions.all[0] ?? 0, own);
      return { requestors: found.map(shownOf) };
    },
  });
}

function shownOf({ name_zh, name_en, domains, at, ...requestor }: ShownRequestor) {
  return {
    ...requestor,
    name: { zh: name_zh, en: name_en },
    domains: domains === "" ? [] : domains.split(" "),
    at: toIso(at),
  };
}

/** What is another's answers like what is not. */
function oneRoute(ports: TokensPorts): Route {
  const { partitions, store, keys } = ports;
  return route({
    method: "GET",
    path: "/api/requestors/{trid}",
    summary: { zh: "标记请求方及其场景和公钥", en: "A requestor with its scenes and keys" },
    auth: "any",
    params: tridParams,
    answer: requestorDetailContract,
    refusals: ["requestor_unknown"],
    async handle({ params: { trid }, principal }) {
      const own = oversees(ports, principal) ? undefined : principal.organisation;
      const partition = partitions.all[0] ?? 0;
      const [found, scenes] = await Promise.all([
        findRequestors(store, partition, own),
        findScenesOf(store, partition, trid),
      ]);
      const one = found.find((known) => known.trid === trid);
      if (!one) return refuse("requestor_unknown");
      const enrolled = await keys.of(one.organisation);
      return {
        ...shownOf(one),
        scenes: scenes.map(({ id, name_zh, name_en, state }) => ({
          ...{ id, name: { zh: name_zh, en: name_en }, state },
        })),
        keys: enrolled.map(({ id, name, state, expires }) => ({
          ...{ id, name, state, expires: toIso(expires) },
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
    refusals: ["for_issuer_only", "requestor_unknown", ...new Set(refusals)],
    async handle({ params: { trid }, principal, id }) {
      if (!isOurs(ports, principal)) return refuse("for_issuer_only");
      return actEverywhere(ports, {
        call: { id, principal, command: `tokens.${event}_requestor`, content: { trid } },
        exists: done,
        answer: { trid, state: STATE_AFTER[event] },
      });
    },
  });
}

const STATE_AFTER = {
  activate: "active",
  suspend: "suspended",
  resume: "active",
  end: "ended",
} as const satisfies Record<RequestorEvent, string>;
