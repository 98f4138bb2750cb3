/**
 * Settlement over HTTP: the bank settles days, a requestor reads what it is owed, its statement of
 * settled days, and the signed file of each. What is another requestor's answers like what is not.
 */
import { createHash } from "node:crypto";
import { isCalendarDate } from "@sandbank/kernel/clock";
import { route, type Route } from "@sandbank/kernel/http";
import type { Principal } from "@sandbank/kernel/identity";
import {
  fileContract,
  fileParams,
  fileQuery,
  settleBodyContract,
  settledDaysContract,
  settledDaysQuery,
  settlementContract,
  bankKeysContract,
  settledDayContract,
  tridParams,
} from "../contract.ts";
import type { TokensPorts } from "../ports.ts";
import { refuse } from "../refusals.ts";
import { actEverywhere } from "../requestor/everywhere.ts";
import { findRequestor } from "../requestor/requestor.store.ts";
import { PART_LINES_MAX, partsOf, shownDay, sumOf, TEXT_OF } from "./settlement.ts";
import { findLines, findSettledDay, findSettledDays } from "./settlement.store.ts";

/** Days of one page of a statement. */
const PAGE = 100;

/** GET /api/settlements/{trid}, POST and GET …/files, GET …/files/{day}, GET /api/bank-keys. */
export function settlementRoutes(ports: TokensPorts): Route[] {
  return [
    owedRoute(ports),
    settleRoute(ports),
    statementRoute(ports),
    fileRoute(ports),
    keysRoute(ports),
  ];
}

/** Whether the principal may look at the settlement of a TRID: the bank, and whose it is. */
async function mayLook(
  { partitions, store }: TokensPorts,
  trid: string,
  { roles, organisation }: Principal,
): Promise<boolean> {
  const requestor = await findRequestor(store, partitions.all, trid);
  if (!requestor) return false;
  if (roles.includes("institution_operator")) return true;
  return roles.includes("requestor") && requestor.organisation === organisation;
}

function owedRoute(ports: TokensPorts): Route {
  const { partitions, books } = ports;
  return route({
    method: "GET",
    path: "/api/settlements/{trid}",
    summary: { zh: "应结算给标记请求方的金额", en: "What a requestor is owed" },
    auth: "any",
    params: tridParams,
    answer: settlementContract,
    refusals: ["requestor_unknown"],
    async handle({ params: { trid }, principal }) {
      if (!(await mayLook(ports, trid, principal))) return refuse("requestor_unknown");
      const key = `settlement/${trid}`;
      const lines = await Promise.all(partitions.all.map((of) => books.read(of, key)));
      const owed = lines.reduce((sum, line) => sum + (line ? line.credits - line.debits : 0n), 0n);
      const held = lines.reduce((sum, line) => sum + (line?.pendingCredits ?? 0n), 0n);
      return { trid, owed: String(owed), held: String(held) };
    },
  });
}

function settleRoute(ports: TokensPorts): Route {
  return route({
    method: "POST",
    path: "/api/settlements/{trid}/files",
    summary: { zh: "结算一个已结束的日期", en: "Settle a day that is over" },
    auth: "any",
    params: tridParams,
    body: settleBodyContract,
    answer: settledDayContract,
    status: 201,
    refusals: ["requestor_unknown", "settlement_day_not_over", "settlement_exists"],
    async handle({ params: { trid }, body: { day }, principal, id }) {
      if (!isCalendarDate(day)) return refuse("settlement_file_absent");
      const content = { trid, day };
      return actEverywhere(ports, {
        call: { id, principal, command: "tokens.settle", content },
        exists: "settlement_exists",
        answer: content,
      });
    },
  });
}

function statementRoute(ports: TokensPorts): Route {
  const { partitions, store } = ports;
  return route({
    method: "GET",
    path: "/api/settlements/{trid}/files",
    summary: { zh: "对账单：已结算的日期", en: "The statement: settled days, newest first" },
    auth: "any",
    params: tridParams,
    query: settledDaysQuery,
    answer: settledDaysContract,
    refusals: ["requestor_unknown"],
    async handle({ params: { trid }, query: { before }, principal }) {
      if (!(await mayLook(ports, trid, principal))) return refuse("requestor_unknown");
      // Nothing lies before a day that no calendar has.
      if (before !== undefined && !isCalendarDate(before)) return { days: [], next: null };
      const days = await findSettledDays(store, partitions.all, { trid, before, most: PAGE });
      return {
        days: days.map(({ day, ...settled }) => shownDay(trid, day, settled)),
        next: days.length < PAGE ? null : (days.at(-1)?.day ?? null),
      };
    },
  });
}

function fileRoute(ports: TokensPorts): Route {
  const { partitions, store, signer } = ports;
  return route({
    method: "GET",
    path: "/api/settlements/{trid}/files/{day}",
    summary: { zh: "已签名的对账文件", en: "The signed settlement file of a day" },
    auth: "any",
    params: fileParams,
    query: fileQuery,
    answer: fileContract,
    refusals: ["requestor_unknown", "settlement_file_absent"],
    async handle({ params: { trid, day }, query, principal }) {
      if (!(await mayLook(ports, trid, principal))) return refuse("requestor_unknown");
      const { form = "json", part: asked = "1" } = query;
      if (!isCalendarDate(day)) return refuse("settlement_file_absent");
      const settled = await findSettledDay(store, partitions.all, { trid, day });
      if (settled.length < partitions.all.length) return refuse("settlement_file_absent");
      const whole = sumOf(settled);
      const [part, parts] = [Number(asked), partsOf(whole.captures + whole.refunds)];
      if (part > parts) return refuse("settlement_file_absent");
      const slice = { after: (part - 1) * PART_LINES_MAX, most: PART_LINES_MAX };
      const lines = await findLines(store, partitions.all, { trid, day, ...slice });
      const text = TEXT_OF[form]({ control: shownDay(trid, day, whole), part, parts, lines });
      return {
        ...{ trid, day, form, part, parts, text },
        digest: createHash("sha256").update(text).digest("hex"),
        signature: signer.sign(text),
      };
    },
  });
}

function keysRoute({ signer }: TokensPorts): Route {
  return route({
    method: "GET",
    path: "/api/bank-keys",
    summary: {
      zh: "银行签名所用的公钥：对账文件与表单接口的应答",
      en: "Keys with which the bank signs settlement files and answers of the form edge",
    },
    auth: "none",
    answer: bankKeysContract,
    handle: async () => ({ keys: [signer.vkey] }),
  });
}
