/** Complaints of whoever is signed in, over HTTP. Sessions only: a key speaks for many customers. */
import { route, type Route } from "@sandbank/kernel/http";
import { isRefusal } from "@sandbank/kernel/words";
import {
  complaintParams,
  followedContract,
  ownActingContract,
  ownComplaintsContract,
} from "../complaint/complaint.contract.ts";
import { outcomeContract } from "../contract.ts";
import { answerOf } from "../task/task.ts";
import type { ComplaintPorts, Complaints } from "./complaints.ts";
import { actOnOwn, followOwn, ownComplaints } from "./own.ts";

/** GET /api/complaints/own, GET …/own/{id}, POST …/own/{id}/acts. */
export function ownComplaintRoutes(ports: ComplaintPorts, complaints: Complaints): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/complaints/own",
      summary: { zh: "我的投诉", en: "My complaints" },
      auth: "session",
      answer: ownComplaintsContract,
      handle: async ({ principal }) => ({
        complaints: await ownComplaints(ports, complaints, principal.id),
      }),
    }),
    route({
      method: "GET",
      path: "/api/complaints/own/{id}",
      summary: { zh: "我的一件投诉及其经过", en: "One of my complaints, with its steps" },
      auth: "session",
      params: complaintParams,
      answer: followedContract,
      refusals: ["complaint_unknown"],
      handle: ({ params, principal }) =>
        followOwn(ports, complaints, { complaint: params.id, person: principal.id }),
    }),
    route({
      method: "POST",
      path: "/api/complaints/own/{id}/acts",
      summary: {
        zh: "补充、撤回、升级我的投诉或申请核查",
        en: "Add to my complaint, withdraw it, escalate it or ask for a re-check",
      },
      auth: "session",
      params: complaintParams,
      body: ownActingContract,
      answer: outcomeContract,
      refusals: ["complaint_unknown", "recheck_time_is_over", "already_escalated"],
      async handle({ params, body, principal, id }) {
        const came = await actOnOwn(ports, { complaint: params.id, acting: body, principal, id });
        return isRefusal(came) ? came : answerOf(came);
      },
    }),
  ];
}
