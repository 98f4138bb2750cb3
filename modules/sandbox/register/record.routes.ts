/** The public record over HTTP: published versions, what differs between them, and history. */
import { route, type Route } from "@sandbank/kernel/http";
import type { Store } from "@sandbank/kernel/store";
import {
  differencesContract,
  historyContract,
  rangeQuery,
  versionContract,
  versionParams,
} from "../application/application.contract.ts";
import { pilotParams } from "../contract.ts";
import { refuse } from "../refusals.ts";
import { refuseStep } from "../step.refusals.ts";
import { publicDifferences, publicHistory, publicVersion } from "./record.ts";

/** GET /api/pilots/{slug}/versions/{version}, …/differences, …/history. */
export function recordRoutes(store: Store): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/versions/{version}",
      summary: { zh: "公布过的一版声明书", en: "A published version of a declaration" },
      auth: "none",
      params: versionParams,
      answer: versionContract,
      async handle({ params: { slug, version } }) {
        const found = await publicVersion(store, { pilot: slug, version: Number(version) });
        return found ?? refuseStep("version_unknown");
      },
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/differences",
      summary: { zh: "两版声明书逐条对照", en: "Two published versions compared by clause" },
      auth: "none",
      params: pilotParams,
      query: rangeQuery,
      answer: differencesContract,
      async handle({ params, query }) {
        const range = { from: Number(query.from), to: Number(query.to) };
        const found = await publicDifferences(store, { pilot: params.slug, ...range });
        return found ?? refuseStep("version_unknown");
      },
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/history",
      summary: { zh: "试点经过的各个阶段", en: "Where a pilot has been" },
      auth: "none",
      params: pilotParams,
      answer: historyContract,
      handle: async ({ params }) =>
        (await publicHistory(store, params.slug)) ?? refuse("pilot_unknown"),
    }),
  ];
}
