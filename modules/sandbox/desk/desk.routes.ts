/**
 * Complaints over HTTP: numbers for everybody, lodging for customers, following by receipt code, the
 * desk for staff. Words are opened by an act of their own and never stand in a list.
 */
import { toIso } from "@sandbank/kernel/clock";
import { answerOf as answerOfPublic, route, type Route } from "@sandbank/kernel/http";
import type { Outcome } from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { outcomeContract, pilotParams } from "../contract.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { refuse as refuseOfSandbox } from "../refusals.ts";
import { answerOf, isStaff } from "../task/task.ts";
import {
  complaintNumbersContract,
  complaintParams,
  deskContract,
  deskDetailContract,
  deskQueryContract,
  followedContract,
  followingContract,
  handlingContract,
  lodgedContract,
  lodgingContract,
  openedContract,
  wordsOpeningContract,
  receiptContract,
} from "../complaint/complaint.contract.ts";
import { refuse } from "../complaint/complaint.refusals.ts";
import {
  type ComplaintRow,
  findComplaint,
  readDesk,
  readSteps,
} from "../complaint/complaint.store.ts";
import { type Came, type ComplaintPorts, type Complaints, PUBLIC_DESK } from "./complaints.ts";
import { deskComplaint, stepView } from "../complaint/view.ts";

const DESK_MOST = 500;

/** /api/pilots/{slug}/complaints and /api/complaints…. */
export function deskRoutes(ports: ComplaintPorts, complaints: Complaints): Route[] {
  return [
    ...publicRoutes(complaints),
    ...receiptRoutes(complaints),
    ...listRoutes(ports, complaints),
    handlingRoute(complaints),
    ...wordsRoutes(complaints),
  ];
}

/** What came of an act that answers with more than the journal keeps. */
function came<T>(result: Came<T & object>) {
  if (isRefusal(result)) return result;
  if ("outcome" in result) return answerOfPublic(result.outcome, (answer) => answer as never);
  return result;
}

function told(result: Outcome | Refusal) {
  return isRefusal(result) ? result : answerOf(result);
}

function publicRoutes(complaints: Complaints): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/complaints",
      summary: { zh: "投诉统计与明细", en: "Complaints in numbers, with their rows" },
      auth: "none",
      params: pilotParams,
      answer: complaintNumbersContract,
      async handle({ params }) {
        return (await complaints.numbers(params.slug)) ?? refuseOfSandbox("pilot_unknown");
      },
    }),
    route({
      method: "POST",
      path: "/api/pilots/{slug}/complaints",
      summary: { zh: "投诉", en: "Lodge a complaint" },
      auth: "any",
      params: pilotParams,
      body: lodgingContract,
      answer: lodgedContract,
      status: 201,
      refusals: ["pilot_takes_no_complaints_here", "representatives_more_than_five"],
      async handle({ params, body, principal, id }) {
        return came(await complaints.lodge({ pilot: params.slug, lodging: body, principal, id }));
      },
    }),
  ];
}

/** Whoever follows by receipt code is known by that code alone. */
function receiptRoutes(complaints: Complaints): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/complaints/receipt",
      summary: { zh: "凭回执码查看投诉进度", en: "Follow a complaint by its receipt code" },
      auth: "none",
      body: receiptContract,
      answer: followedContract,
      refusals: ["receipt_unknown"],
      handle: ({ body }) => complaints.follow(body.receipt),
    }),
    route({
      method: "POST",
      path: "/api/complaints/receipt/acts",
      summary: {
        zh: "凭回执码补充、撤回、升级或申请核查",
        en: "Act on a complaint by receipt code",
      },
      auth: "none",
      body: followingContract,
      answer: outcomeContract,
      refusals: ["receipt_unknown", "recheck_time_is_over", "already_escalated"],
      async handle({ body, id }) {
        const sender = { principal: PUBLIC_DESK, id };
        return told(await complaints.actByReceipt({ ...sender, following: body }));
      },
    }),
    route({
      method: "POST",
      path: "/api/complaints/receipt/erasure",
      summary: {
        zh: "凭回执码删除已了结投诉的内容",
        en: "Erase the words of one's own complaint, once it has ended, by receipt code",
      },
      auth: "none",
      body: receiptContract,
      answer: outcomeContract,
      refusals: ["receipt_unknown", "complaint_not_ended", "complaint_was_erased"],
      async handle({ body: { receipt }, id }) {
        return told(await complaints.eraseByReceipt({ principal: PUBLIC_DESK, id, receipt }));
      },
    }),
  ];
}

function listRoutes(ports: ComplaintPorts, complaints: Complaints): Route[] {
  const { store } = ports;
  return [
    route({
      method: "GET",
      path: "/api/complaints",
      summary: { zh: "投诉工作台", en: "The complaints desk, by what falls due" },
      auth: "any",
      query: deskQueryContract,
      answer: deskContract,
      async handle({ query, principal }) {
        if (!isStaff(principal)) return refuseOfSandbox("staff_of_this_pilot_only");
        const at = await complaints.now();
        const rows = await readDesk(store, SANDBOX_PARTITION, {
          ...{ institution: deskOf(principal), pilot: query.pilot, state: query.state },
          most: DESK_MOST,
        });
        return { at: toIso(at), complaints: rows.map((row) => deskComplaint(row, at)) };
      },
    }),
    route({
      method: "GET",
      path: "/api/complaints/{id}",
      summary: { zh: "一件投诉，不含内容", en: "One complaint, without its words" },
      auth: "any",
      params: complaintParams,
      answer: deskDetailContract,
      refusals: ["complaint_unknown"],
      async handle({ params, principal }) {
        if (!isStaff(principal)) return refuseOfSandbox("staff_of_this_pilot_only");
        const row = await findComplaint(store, SANDBOX_PARTITION, params.id);
        if (row === undefined || !reaches(row, principal)) return refuse("complaint_unknown");
        const steps = await readSteps(store, SANDBOX_PARTITION, row.id);
        const at = await complaints.now();
        return {
          at: toIso(at),
          complaint: deskComplaint(row, at),
          steps: steps.map((step) => stepView(step, undefined)),
        };
      },
    }),
  ];
}

function handlingRoute(complaints: Complaints): Route {
  return route({
    method: "POST",
    path: "/api/complaints/{id}/acts",
    summary: { zh: "处理一件投诉", en: "Handle a complaint" },
    auth: "any",
    params: complaintParams,
    body: handlingContract,
    answer: outcomeContract,
    refusals: [
      ...["complaint_unknown", "handler_is_complained_of", "handler_has_direct_interest"],
      ...["handler_is_another", "institution_holds_this_already", "extension_comes_too_late"],
    ],
    async handle({ params, body, principal, id }) {
      return answerOf(
        await complaints.handle({ complaint: params.id, handling: body, principal, id }),
      );
    },
  });
}

function wordsRoutes(complaints: Complaints): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/complaints/{id}/openings",
      summary: {
        zh: "按用途查看投诉内容，查看记入日志",
        en: "Open the words of a complaint for a purpose; the journal says so",
      },
      auth: "any",
      params: complaintParams,
      body: wordsOpeningContract,
      answer: openedContract,
      refusals: ["complaint_unknown", "purpose_is_not_yours", "complaint_was_erased"],
      async handle({ params, body, principal, id }) {
        const asked = { complaint: params.id, purpose: body.purpose, principal, id };
        return came(await complaints.open(asked));
      },
    }),
    route({
      method: "POST",
      path: "/api/complaints/{id}/erasure",
      summary: { zh: "删除投诉内容", en: "Erase the words of a complaint that has ended" },
      auth: "none",
      params: complaintParams,
      body: z.strictObject({ receipt: receiptContract.shape.receipt.optional() }),
      answer: outcomeContract,
      refusals: ["receipt_unknown", "complaint_not_ended"],
      async handle({ params, body, principal, id }) {
        const byCode = body.receipt !== undefined;
        const sender = { principal: byCode ? PUBLIC_DESK : principal, id };
        const receipt = byCode ? { receipt: body.receipt } : {};
        return told(
          await complaints.erase({ ...sender, complaint: params.id, ...receipt } as never),
        );
      },
    }),
  ];
}

/** The supervisor and auditors see every desk, an institution its own. */
function deskOf(principal: Principal): string | undefined {
  return seesAll(principal) ? undefined : principal.organisation;
}

function reaches(row: ComplaintRow, principal: Principal): boolean {
  return seesAll(principal) || row.institution === principal.organisation;
}

function seesAll({ roles }: Principal): boolean {
  return roles.some((role) => role.startsWith("supervisor_") || role === "auditor");
}
