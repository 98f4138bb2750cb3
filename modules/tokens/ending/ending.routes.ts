/** The end of the pilot over HTTP: what is left, winding it up, the keys' destruction, the notice. */
import { toIso } from "@sandbank/kernel/clock";
import { answerOf, route, type Route } from "@sandbank/kernel/http";
import type { Principal, Role } from "@sandbank/kernel/identity";
import { isRefusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { actsFor } from "../account/account.ts";
import { holderQuery } from "../contract.ts";
import { isOurs } from "../issuer.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { refuse as refuseRotation } from "../rotation/rotation.refusals.ts";
import {
  destructionContract,
  type EndingPart,
  endingNoticeContract,
  endingPartParams,
  leftContract,
  woundUpContract,
} from "../ending.contract.ts";
import { refuseEnding } from "./ending.refusals.ts";
import { findNotice } from "./ending.store.ts";
import { noticeOf } from "./ending.words.ts";
import { leftOf } from "./left.ts";

const STAFF: readonly Role[] = [
  ...(["institution_operator", "institution_approver", "compliance_officer"] as const),
  ...(["supervisor_officer", "supervisor_approver", "auditor"] as const),
];

/** GET /api/ending, POST /api/ending/{part}, POST /api/vault/destruction, GET /api/holders/{holder}/ending. */
export function endingRoutes(ports: TokensPorts): Route[] {
  return [leftRoute(ports), windUpRoute(ports), destructionRoute(ports), noticeRoute(ports)];
}

function isStaff(ports: TokensPorts, principal: Principal): boolean {
  return principal.roles.some((role) => STAFF.includes(role)) && isOurs(ports, principal);
}

function leftRoute(ports: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/ending",
    summary: {
      zh: "查看支付标记尚未了结的事项",
      en: "See what of payment tokens is not brought to an end",
    },
    auth: "any",
    answer: leftContract,
    refusals: ["for_staff_of_the_vault"],
    async handle({ principal }) {
      if (!isStaff(ports, principal)) return refuseRotation("for_staff_of_the_vault");
      const left = await leftOf(ports);
      return { left: left.map((one) => ({ ...one, amount: String(one.amount) })) };
    },
  });
}

type WoundUp = { part: EndingPart; done: number; left: number };

function windUpRoute(ports: TokensPorts): Route {
  const { guard, partitions } = ports;
  return route({
    method: "POST",
    path: "/api/ending/{part}",
    summary: {
      zh: "试点退出时批量通知持卡人、注销支付标记或解绑卡片",
      en: "As the pilot leaves: tell holders, delete tokens or unbind cards, all of them",
    },
    auth: "any",
    params: endingPartParams,
    body: z.strictObject({}),
    answer: woundUpContract,
    refusals: [
      ...["for_staff_of_the_vault", "pilot_not_leaving", "ending_payments_open"],
      "ending_tokens_live",
    ],
    async handle({ params: { part }, principal, id }) {
      if (!isStaff(ports, principal)) return refuseRotation("for_staff_of_the_vault");
      if (!(await ports.pilot.leaves())) return refuseEnding("pilot_not_leaving");
      const sum = { part, done: 0, left: 0 };
      for (const partition of partitions.all) {
        const call = { partition, id, principal, command: "tokens.wind_up", content: { part } };
        const one = answerOf(await guard.act(call), (answer) => answer as WoundUp);
        if (isRefusal(one) || "parked" in one) return one;
        sum.done += one.done;
        sum.left += one.left;
      }
      return sum;
    },
  });
}

function destructionRoute(ports: TokensPorts): Route {
  const { guard, partitions, vault } = ports;
  return route({
    method: "POST",
    path: "/api/vault/destruction",
    summary: {
      zh: "一位分量保管人提出销毁全部密钥，由另一位批准",
      en: "One holder of a part proposes to destroy every key; the other approves",
    },
    auth: "any",
    body: z.strictObject({}),
    answer: destructionContract,
    refusals: [
      ...["for_staff_of_the_vault", "pilot_not_leaving", "ending_cards_bound"],
      ...["keys_destruction_ordered", "kek_not_at_hand", "destruction_by_people_only"],
      ...["key_holders_only", "rotation_under_way"],
    ],
    async handle({ principal, id }) {
      if (!isStaff(ports, principal)) return refuseRotation("for_staff_of_the_vault");
      if (!(await ports.pilot.leaves())) return refuseEnding("pilot_not_leaving");
      const left = await leftOf(ports);
      if (left.some(({ what }) => what === "cards_bound"))
        return refuseEnding("ending_cards_bound");
      const { kept, keys } = await vault.overview();
      const living = keys.filter(({ state }) => state !== "destroyed");
      if (living.length === 0) return refuseRotation("keys_destruction_ordered");
      const away = living.find(({ kek }) => !kept.some(({ name }) => name === kek));
      // Both sign for parts that lie before them.
      if (away) return refuseRotation("kek_not_at_hand", { params: { kek: away.kek } });
      const keks = kept.map(({ name, holders }) => ({ name, holders: [...holders] }));
      const partition = partitions.all[0] ?? 0;
      const call = { partition, id, principal, command: "tokens.destroy_keys", content: { keks } };
      return answerOf(await guard.act(call), (answer) => answer as { destruction: string });
    },
  });
}

function noticeRoute({ store, partitions }: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/holders/{holder}/ending",
    summary: {
      zh: "持卡人查看试点退出的通知",
      en: "What a holder is told of the pilot's end",
    },
    auth: "any",
    params: holderQuery,
    answer: endingNoticeContract,
    refusals: ["holder_is_another"],
    async handle({ params: { holder }, principal }) {
      if (!actsFor(principal, holder)) return refuse("holder_is_another");
      const told = await findNotice(store, partitions.ofHolder(holder), holder);
      const text = told && noticeOf(told.version);
      if (!told || !text) return { notice: null };
      return { notice: { version: told.version, at: toIso(told.at), text: { ...text } } };
    },
  });
}
