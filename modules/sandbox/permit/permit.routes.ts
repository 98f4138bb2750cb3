/**
 * The permit edge over HTTP: one act at a time, or up to 1,000 in one request with a result each.
 * The caller's own id of an act makes it one act, so whoever lost an answer sends it again.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Json, Outcome } from "@sandbank/kernel/guard";
import { answerOf, problemOf, route, type Route } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Lang, type Refusal } from "@sandbank/kernel/words";
import type { SandboxPorts } from "../ports.ts";
import {
  confirmBodyContract,
  giveBackBodyContract,
  type PermitAct,
  permitBatchContract,
  permitContract,
  permitParams,
  permitPilotParams,
  type PermitResult,
  permitResultsContract,
  type PermitView,
  reserveContract,
} from "./permit.contract.ts";
import { stateAt } from "./permit.ts";
import { refuse } from "./permit.refusals.ts";
import { findPermit } from "./permit.store.ts";
import { RESERVE } from "./reserve.ts";

type Ports = Pick<SandboxPorts, "guard" | "store" | "permits">;

/** The six routes of /api/permits/{slug}, whose requests are those of their pilot. */
export function permitRoutes(ports: Ports): Route[] {
  return [
    reserveRoute(ports),
    batchRoute(ports),
    confirmRoute(ports),
    cancelRoute(ports),
    giveBackRoute(ports),
    showRoute(ports),
  ].map((one) => ({ ...one, countedFor: countedFor(ports) }));
}

/** For the figures of a pilot: of pilots that are asked for permits, and of no other name. */
export function countedFor({ permits }: Pick<Ports, "permits">): NonNullable<Route["countedFor"]> {
  return ({ slug = "" }) => (permits.partitionOf(slug) === undefined ? undefined : slug);
}

interface Taking {
  readonly slug: string;
  readonly principal: Principal;
  readonly act: PermitAct;
}

/** Acts in the pilot's own partition, under an id that the act itself decides. */
async function take(ports: Ports, { slug, principal, act }: Taking): Promise<Outcome | Refusal> {
  const partition = ports.permits.partitionOf(slug);
  if (partition === undefined) return refuse("permit_pilot_unknown");
  return ports.guard.act({ partition, principal, ...callOf(act) });
}

function callOf(act: PermitAct): {
  readonly id: string;
  readonly command: string;
  readonly content: unknown;
} {
  const { id } = act;
  switch (act.act) {
    case "reserve": {
      const { act: _, ...content } = act;
      return { id: `reserve:${id}`, command: RESERVE[act.class], content };
    }
    case "confirm": {
      // The amount belongs to the id: a wrong one that was refused may be mended.
      const { amount } = act;
      const content = amount === undefined ? { id } : { id, amount };
      return { id: `confirm:${id}:${amount ?? ""}`, command: "sandbox.confirm_permit", content };
    }
    case "cancel":
      return { id: `cancel:${id}`, command: "sandbox.cancel_permit", content: { id } };
    case "refund":
    case "repayment":
    case "closure": {
      const { act: why, id: _, ...rest } = act;
      const content = { id, back: { why, ...rest } };
      return { id: `back:${id}:${act.part}`, command: "sandbox.give_back_permit", content };
    }
  }
}

async function answer(ports: Ports, taking: Taking) {
  const outcome = await take(ports, taking);
  return isRefusal(outcome) ? outcome : answerOf(outcome, viewOf);
}

/** What the journal keeps of a permit is what its holder may see. */
function viewOf(kept: Json): PermitView {
  return kept as unknown as PermitView;
}

function reserveRoute(ports: Ports): Route {
  return route({
    method: "POST",
    path: "/api/permits/{slug}",
    summary: { zh: "业务发生前申请许可", en: "Ask for a permit before an act" },
    auth: "key",
    signed: "act_in_content",
    params: permitPilotParams,
    body: reserveContract,
    answer: permitContract,
    status: 201,
    refusals: ["permit_pilot_unknown", "operator_not_declared", "class_closed"],
    handle: ({ params: { slug }, body, principal }) =>
      answer(ports, { slug, principal, act: { ...body, act: "reserve" } }),
  });
}

function confirmRoute(ports: Ports): Route {
  return route({
    method: "POST",
    path: "/api/permits/{slug}/{id}/confirm",
    summary: { zh: "业务已办成", en: "The act was done" },
    auth: "key",
    signed: "act_in_content",
    params: permitParams,
    body: confirmBodyContract,
    answer: permitContract,
    refusals: ["permit_unknown", "permit_expired", "capture_above_hold"],
    handle: ({ params: { slug, id }, body, principal }) =>
      answer(ports, { slug, principal, act: { ...body, act: "confirm", id } }),
  });
}

function cancelRoute(ports: Ports): Route {
  return route({
    method: "POST",
    path: "/api/permits/{slug}/{id}/cancel",
    summary: { zh: "业务未办成，退回占用的额度", en: "The act was not done; let go of its limits" },
    auth: "key",
    signed: "act_in_content",
    params: permitParams,
    answer: permitContract,
    refusals: ["permit_unknown", "permit_confirmed"],
    handle: ({ params: { slug, id }, principal }) =>
      answer(ports, { slug, principal, act: { act: "cancel", id } }),
  });
}

function giveBackRoute(ports: Ports): Route {
  return route({
    method: "POST",
    path: "/api/permits/{slug}/{id}/returns",
    summary: {
      zh: "退款、还款或了结：退回相应额度",
      en: "A refund, a repayment or a closure gives back",
    },
    auth: "key",
    signed: "act_in_content",
    params: permitParams,
    body: giveBackBodyContract,
    answer: permitContract,
    refusals: ["permit_unknown", "permit_not_confirmed", "give_back_above_confirmed"],
    handle: ({ params: { slug, id }, body: { why, ...rest }, principal }) =>
      answer(ports, { slug, principal, act: { ...rest, act: why, id } as PermitAct }),
  });
}

function batchRoute(ports: Ports): Route {
  return route({
    method: "POST",
    path: "/api/permits/{slug}/batches",
    summary: {
      zh: "一次最多一千项，逐项给出结果",
      en: "Up to 1,000 acts at once, with a result each",
    },
    auth: "key",
    signed: "act_in_content",
    params: permitPilotParams,
    body: permitBatchContract,
    answer: permitResultsContract,
    refusals: ["permit_pilot_unknown"],
    async handle({ params: { slug }, body, principal, lang }) {
      if (ports.permits.partitionOf(slug) === undefined) return refuse("permit_pilot_unknown");
      const takings = body.acts.map((act) => take(ports, { slug, principal, act }));
      const settled = await Promise.allSettled(takings);
      const results = settled.map((one, at) => {
        const permit = body.acts[at]?.id ?? "";
        // A fault of one act is logged by the guard and costs the others nothing.
        return one.status === "rejected"
          ? { outcome: "unknown" as const, permit }
          : resultOf(one.value, { permit, lang });
      });
      return { results };
    },
  });
}

function resultOf(
  outcome: Outcome | Refusal,
  of: { readonly permit: string; readonly lang: Lang },
): PermitResult {
  const { permit, lang } = of;
  if (isRefusal(outcome)) return refused(outcome, permit, lang);
  switch (outcome.kind) {
    case "accepted":
      return { outcome: "accepted", ...viewOf(outcome.answer) };
    case "refused":
      return refused(outcome.refusal, permit, lang);
    case "parked":
    case "unknown":
      return { outcome: "unknown", permit };
  }
}

function refused(refusal: Refusal, permit: string, lang: Lang): PermitResult {
  const { code, category, detail, remedy, failed } = problemOf(refusal, { lang, instance: permit });
  const listed = failed === undefined ? {} : { failed: [...failed] };
  return { outcome: "refused", permit, code, category, detail, remedy, ...listed };
}

function showRoute({ store, permits }: Ports): Route {
  return route({
    method: "GET",
    path: "/api/permits/{slug}/{id}",
    summary: { zh: "一项许可的状态", en: "How a permit stands" },
    auth: "key",
    params: permitParams,
    answer: permitContract,
    refusals: ["permit_unknown"],
    async handle({ params: { slug, id }, principal: { organisation } }) {
      const partition = permits.partitionOf(slug);
      if (partition === undefined) return refuse("permit_pilot_unknown");
      const found = await findPermit(store, partition, { organisation, id });
      if (found === undefined) return refuse("permit_unknown");
      const { amount, confirmed, given_back, expires } = found;
      const figure = (value: bigint) => (amount === null ? null : String(value));
      return {
        ...{ permit: id, state: stateAt(found, await permits.now()), expires: toIso(expires) },
        amount: amount === null ? null : String(amount),
        confirmed: figure(confirmed),
        givenBack: figure(given_back),
      };
    },
  });
}
