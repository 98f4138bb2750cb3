/** Indicators over HTTP: everybody reads what is public, staff read all and open the rows. */
import { route, type Route } from "@sandbank/kernel/http";
import { pilotParams } from "../contract.ts";
import {
  boardContract,
  boardQueryContract,
  indicatorParams,
  rowsContract,
  rowsQueryContract,
  seriesContract,
  seriesQueryContract,
} from "../indicator/indicator.contract.ts";
import { refuse } from "../refusals.ts";
import { isStaff } from "../task/task.ts";
import type { Board } from "./board.ts";

const WINDOWS_USUAL = 24;

/** GET /api/pilots/{slug}/indicators, …/{id}, …/{id}/rows. */
export function sightRoutes(board: Board): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/pilots/{slug}/indicators",
      summary: { zh: "一个试点的全部指标", en: "Every indicator of a pilot" },
      auth: "none",
      params: pilotParams,
      query: boardQueryContract,
      answer: boardContract,
      async handle({ params, query, principal }) {
        const open = !isStaff(principal);
        const found = await board.all(params.slug, { span: query.span ?? "day", open });
        return found ?? refuse("pilot_unknown");
      },
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/indicators/{id}",
      summary: { zh: "一项指标的近期数值", en: "One indicator over its latest windows" },
      auth: "none",
      params: indicatorParams,
      query: seriesQueryContract,
      answer: seriesContract,
      async handle({ params: { slug, id }, query, principal }) {
        const windows = Number(query.n ?? WINDOWS_USUAL);
        const asked = { indicator: id, span: query.span ?? "day", windows };
        const found = await board.series(slug, asked);
        if (found === undefined) return refuse("indicator_unknown");
        return found.public || isStaff(principal) ? found : refuse("indicator_unknown");
      },
    }),
    route({
      method: "GET",
      path: "/api/pilots/{slug}/indicators/{id}/rows",
      summary: { zh: "指标所汇总的记录", en: "The rows that an indicator sums" },
      auth: "any",
      params: indicatorParams,
      query: rowsQueryContract,
      answer: rowsContract,
      async handle({ params: { slug, id }, query, principal }) {
        if (!isStaff(principal)) return refuse("staff_of_this_pilot_only");
        const { span, begins, subject } = query;
        const before = query.before === undefined ? undefined : BigInt(query.before);
        const asked = { indicator: id, span, begins, subject, before };
        return (await board.rows(slug, asked)) ?? refuse("indicator_unknown");
      },
    }),
  ];
}
