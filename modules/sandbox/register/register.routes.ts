/** What anybody may read of pilots over HTTP. */
import { route, type Route } from "@sandbank/kernel/http";
import {
  detailContract,
  limitsContract,
  noticesContract,
  pilotParams,
  pilotsContract,
} from "../contract.ts";
import { refuse } from "../refusals.ts";
import type { Register } from "./register.ts";

/** GET /api/pilots, /api/pilots/{slug}, …/limits, …/notices. */
export function pilotRoutes(register: Register): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots",
      summary: { zh: "试点名录", en: "The register of pilots" },
      auth: "none",
      answer: pilotsContract,
      handle: async () => ({ pilots: await register.summary() }),
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}",
      summary: { zh: "一个试点的全部公开内容", en: "Everything public about one pilot" },
      auth: "none",
      params: pilotParams,
      answer: detailContract,
      handle: async ({ params }) => (await register.detail(params.slug)) ?? refuse("pilot_unknown"),
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/limits",
      summary: { zh: "现行限额与已用额度", en: "The limits in force and their use" },
      auth: "none",
      params: pilotParams,
      answer: limitsContract,
      handle: async ({ params }) => (await register.limits(params.slug)) ?? refuse("pilot_unknown"),
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/notices",
      summary: { zh: "公告", en: "Public notices" },
      auth: "none",
      params: pilotParams,
      answer: noticesContract,
      async handle({ params }) {
        const notices = await register.notices(params.slug);
        return notices === undefined ? refuse("pilot_unknown") : { notices };
      },
    }),
  ];
}
