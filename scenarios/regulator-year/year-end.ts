/**
 * The end of the year: every log is verified with the auditor's facts, every indicator is computed a
 * second time, the books of all institutions are compared, and a planted breach is found.
 */
import { addMonths } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import { type Audited, audit } from "../front-door.ts";
import { inLanes } from "../lanes.ts";
import { plantBreach } from "./breach.ts";
import { usedOf } from "./business.ts";
import { type Books, booksOf, compareIndicators, RECOUNTED } from "./compare.ts";
import { differencesIn, differFromRows, tableOf } from "./denials.ts";
import { compareMachine } from "./machine-compare.ts";
import { numbersOf } from "../grievance.ts";
import { grievancesOf } from "./people.ts";
import { after, on, SIZE, type YearPlan } from "./plan.ts";
import { monthSpan } from "./recount.ts";
import { joinStore } from "./recount.store.ts";
import { as, check, pilotPage } from "../stage.ts";
import type { Step, Year } from "./year.ts";

/** Every pilot of the year in the order of the batch, and the one that came later. */
export const PILOTS = [
  "item-provenance",
  "small-business-credit",
  "mortgage-credit",
  "payment-tokens",
  "open-bank",
  "phone-pos",
  "harbour-pay",
] as const;

/** Where each stands when the year is over. */
const STANDING: Readonly<Record<(typeof PILOTS)[number], string>> = {
  "item-provenance": "exited",
  "small-business-credit": "testing",
  "mortgage-credit": "testing",
  "payment-tokens": "graduated",
  "open-bank": "exited",
  "phone-pos": "exited",
  "harbour-pay": "testing",
};

/** A small year recounts one that left, one that lends, one that graduated and the one admitted in it. */
const FEW: readonly string[] = [
  ...["item-provenance", "small-business-credit"],
  ...["payment-tokens", "harbour-pay"],
];

export function yearEndSteps(plan: YearPlan): Step[] {
  return [
    { name: "strangers", at: on(plan, 13, 1), run: compareStrangers },
    { name: "standing", at: after(on(plan, 13, 1), 60), run: compareStanding },
    { name: "complaints", at: after(on(plan, 13, 1), 70), run: compareComplaints },
    { name: "audits", at: after(on(plan, 13, 1), 80), run: auditAll },
    { name: "breach", at: after(on(plan, 13, 1), 100), run: findBreach },
  ];
}

async function compareStrangers(year: Year): Promise<void> {
  for (const shop of year.shops) {
    const { owed, held } = await shop.reconcile();
    const { zh, en } = shop.front.name;
    check(year, {
      ...{ name: `shop.${shop.front.id}`, zh: `${zh}的账与银行结算一致` },
      en: `The books of ${en} are the bank's settlement`,
      expected: `owed ${owed.book}, held ${held.book}`,
      seen: `owed ${owed.bank}, held ${held.bank}`,
    });
  }
}

async function compareStanding(year: Year): Promise<void> {
  for (const pilot of PILOTS) {
    const { state } = await pilotPage(year, pilot);
    check(year, {
      ...{ name: `state.${pilot}`, zh: `${pilot}年末的状态`, en: `Where ${pilot} stands` },
      ...{ expected: STANDING[pilot], seen: state },
    });
  }
  for (const { house, months } of year.plan.houses) {
    const { pilot, counts } = house.front;
    if (!counts.stock) continue;
    const isGone = STANDING[pilot as keyof typeof STANDING] === "exited";
    const expected = isGone ? 0n : (months.at(-1)?.used ?? 0n);
    check(year, {
      name: `books.${pilot}`,
      zh: `${house.front.name.zh}的余额与额度一致`,
      en: `The balance of ${house.front.name.en} is what its limit says`,
      expected: String(expected),
      seen: String(await usedOf(year, pilot, counts.limit)),
    });
  }
}

/** The public numbers of complaints are those of the plan's own book. */
async function compareComplaints(year: Year): Promise<void> {
  const all = grievancesOf(year.plan);
  for (const pilot of new Set(all.map((one) => one.pilot))) {
    const own = all.filter((one) => one.pilot === pilot);
    const { figures } = await numbersOf(year, pilot);
    const decided = own.filter(({ outcome }) => outcome !== undefined);
    const late = own.filter(({ answered, due }) => answered !== undefined && answered >= due);
    check(year, {
      ...{ name: `complaints.${pilot}`, zh: `${pilot}的投诉公示与账一致` },
      en: `The public numbers of complaints about ${pilot} are the book's`,
      expected: `received ${own.length}, decided ${decided.length}, ever overdue ${late.length}, withdrawn ${own.filter(({ withdrawn }) => withdrawn).length}`,
      seen: `received ${figures["received"]}, decided ${figures["decided"]}, ever overdue ${figures["everOverdue"]}, withdrawn ${figures["withdrawn"]}`,
    });
  }
}

/** Two at a time: each verifier is a process of its own. */
async function auditAll(year: Year): Promise<void> {
  const database = await joinStore(year.data);
  try {
    await inLanes(
      2,
      PILOTS.map((pilot) => () => auditPilot(year, pilot, database.owner)),
    );
  } finally {
    await database.end();
  }
}

async function auditPilot(year: Year, pilot: (typeof PILOTS)[number], store: Store): Promise<void> {
  const audited = await auditOf(year, pilot);
  const { code, said } = audited;
  check(year, {
    name: `log.${pilot}`,
    zh: `${pilot}的日志核对一致，已签名并有见证，重放无一超过上限`,
    en: `The log of ${pilot} verifies, signed and witnessed; replayed, no act goes above a cap`,
    expected: `exit 0, signed, 1 witness, ${said.acts} opened, 0 closed, no finding`,
    seen: `exit ${code}, ${said.signed ? "signed" : "not signed"}, ${said.witnessedBy.length} witness, ${said.replayed?.opened} opened, ${said.replayed?.unopened} closed, ${
      said.findings.length === 0 ? "no finding" : said.findings[0]?.sentence
    }`,
  });
  if (year.plan.size < SIZE.recountsAll && !FEW.includes(pilot)) return;
  const books = await booksOf(year, { pilot, audited, store });
  await recount(year, books);
  await recountMachine(year, pilot, store);
  await recountDenials(year, books);
}

async function recount(year: Year, books: Books): Promise<void> {
  const { pilot } = books;
  const { figures, differing, blind, months } = await compareIndicators(year, books);
  const { readings } = year.progress.kept;
  const series = {
    [`${pilot}/acts`]: months.map(({ acts }) => acts),
    [`${pilot}/refused`]: months.map(({ refused }) => refused),
  };
  year.progress.write({ readings: { ...readings, ...series } });
  check(year, {
    name: `recount.${pilot}`,
    zh: `少算${pilot}的一笔，重算便不一致`,
    en: `Computed again without one act of ${pilot}, figures differ`,
    ...{ expected: "some differ", seen: blind > 0 ? "some differ" : "none differs" },
  });
  check(year, {
    name: `indicators.${pilot}`,
    zh: `${pilot}的${RECOUNTED.length}项指标逐月重算，逐位一致`,
    en: `${RECOUNTED.length} indicators of ${pilot}, computed again month by month, agree to the last digit`,
    expected: `0 of ${figures} figures differ`,
    seen: `${differing.length} of ${figures} figures differ${firstOf(differing)}`,
  });
}

/** The first few of what was found, or nothing. */
function firstOf(found: readonly string[]): string {
  return found.length === 0 ? "" : `: ${found.slice(0, 3).join("; ")}`;
}

/** Of these no number is told: it is another on each machine, and the books are to be the same. */
async function recountMachine(year: Year, pilot: string, store: Store): Promise<void> {
  const differing = await compareMachine({ year, pilot, store });
  check(year, {
    name: `machine.${pilot}`,
    zh: `${pilot}的可用率、成功率、响应时间与综合等级，由单次探测、调用方记录与各项门槛重算，一致`,
    en: `Availability, success, latency and grade of ${pilot} are those of single knocks, of what callers wrote down and of the thresholds`,
    ...{
      expected: "none differs",
      seen: `${differing.length || "none"} differs${firstOf(differing)}`,
    },
  });
}

/** A table by clause, and whether journal, routes, facts file and institution tell the same of it. */
async function recountDenials(year: Year, books: Books): Promise<void> {
  const { pilot, denials } = books;
  const heard = year.heard.refusals(pilot);
  const { progress, plan } = year;
  const others = progress.kept.denials.filter((line) => line.pilot !== pilot);
  progress.write({ denials: [...others, ...tableOf(pilot, denials)] });
  const spans = plan.months.map((_, at) =>
    monthSpan(addMonths(plan.first, at), addMonths(plan.first, at + 1)),
  );
  const differing = [
    ...differencesIn({ ...books, heard }),
    ...(await differFromRows(year, { pilot, denials, spans })),
  ];
  const house = plan.houses.find((one) => one.house.front.pilot === pilot);
  const business = house?.months.flatMap((month) => month.business) ?? [];
  const foretold = business.filter(({ refusedBy }) => refusedBy !== undefined).length;
  check(year, {
    name: `denials.${pilot}`,
    zh: `${pilot}的每项拒绝，条款、已用、上限、所请求四者，日志、接口、事实文件与机构所闻一致`,
    en: `Of every refusal of ${pilot}, clause, used, cap and asked are the same in the journal, at the routes, in the facts file and as the institution heard it`,
    expected: `${foretold} heard, ${denials.length} kept, 0 differ`,
    seen: `${heard.size} heard, ${denials.length} kept, ${differing.length} differ${firstOf(differing)}`,
  });
}

function auditOf(year: Year, pilot: string): Promise<Audited> {
  const { server, data } = year;
  return audit(as(year, "auditor auditor"), { server, pilot, data });
}

/** Forged in the facts alone the act does not open; forged in the log too, it is above its cap. */
async function findBreach(year: Year): Promise<void> {
  const audited = await auditOf(year, "small-business-credit");
  const planted = await plantBreach(audited, { data: year.data, limit: "pilot_outstanding" });
  const codes = ({ code, said }: (typeof planted)["facts"]) =>
    `exit ${code}: ${[...new Set(said.findings.map((one) => one.code))].toSorted().join(", ")}`;
  const named = planted.both.said.findings.find(({ code }) => code === "act_exceeded_cap");
  check(year, {
    name: "breach.facts",
    zh: "事实文件中伪造的一笔被指出",
    en: "A line forged in the facts file is named",
    ...{ expected: "exit 1: commitment_not_opened", seen: codes(planted.facts) },
  });
  const found = planted.both.said.findings.map(({ code }) => code);
  const wanted = ["act_exceeded_cap", "leaf_altered"];
  check(year, {
    name: "breach.log",
    zh: "日志与事实文件一同伪造：超过上限的一笔与被改动的记录都被指出",
    en: "Forged in log and facts alike, the act above its cap and the altered record are named",
    expected: `exit 1: ${wanted.join(", ")}; act ${planted.seq}, clause 1.10-C5`,
    seen: `exit ${planted.both.code}: ${wanted.filter((code) => found.includes(code)).join(", ")}; act ${named?.params["seq"]}, clause ${named?.params["clause"]}`,
  });
}
