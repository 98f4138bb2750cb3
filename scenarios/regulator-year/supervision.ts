/**
 * What the supervisor does to a pilot under test: mortgage credit is suspended and resumed by two
 * people over an incident, and phone POS falls silent, is restricted by its own terms and comes back.
 */
import { toIso } from "@sandbank/kernel/clock";
import { type Business, PermitClient, type PermitAct } from "@sandbank/world";
import type { HouseYear } from "./houses.ts";
import { after, on, type YearPlan } from "./plan.ts";
import {
  act,
  as,
  byTwo,
  check,
  demand,
  note,
  noted,
  pilotPage,
  read,
  settled,
  SUPERVISORS,
  tell,
  waitFor,
} from "../stage.ts";
import type { Step, Year } from "./year.ts";

const SUSPENDED = "mortgage-credit";
/** The pilot whose terms ask for a heartbeat, and which falls silent. */
export const SILENT = "phone-pos";

const said = (zh: string, en: string) => ({ zh, en });

export function supervisionSteps(plan: YearPlan): Step[] {
  return [
    { name: "incident", at: on(plan, 5, 10), run: openIncident },
    { name: "suspension", at: after(on(plan, 5, 10), 360), run: suspend },
    { name: "suspended", at: on(plan, 5, 12), run: tryWhileSuspended },
    { name: "mended", at: on(plan, 5, 17), run: closeIncident },
    { name: "resumption", at: on(plan, 5, 18), run: resume },
    { name: "watched", at: on(plan, 6, 5), run: watch },
    { name: "silent", at: on(plan, 6, 20), run: fallSilent },
    { name: "restricted", at: on(plan, 9, 1), run: findRestricted },
    { name: "back", at: on(plan, 9, 2), run: comeBack },
  ];
}

async function openIncident(year: Year): Promise<void> {
  const opened = await act<{ answer: { incident: string } }>(year, {
    ...{ who: "eaves-bank senior", path: "/api/incidents", key: "incident.open" },
    body: {
      ...{ pilot: SUSPENDED, category: "transactions" },
      title: said("利息多计", "Interest is charged twice"),
    },
  });
  const incident = note(year, "incident", opened.answer.incident);
  const startedAt = toIso(after(on(year.plan, 5, 10), -120));
  await step(year, incident, { event: "detect", startedAt });
  await step(year, incident, {
    ...{ event: "classify", severity: 2, category: "transactions", affected: null },
    ...{ lossFen: "0", recordsLeaked: "0" },
  });
}

function step(
  year: Year,
  incident: string,
  body: { readonly event: string; readonly [name: string]: unknown },
): Promise<unknown> {
  const who = body.event === "close" ? "supervisor officer" : "eaves-bank senior";
  const path = `/api/incidents/${incident}/steps`;
  return act(year, { who, path, key: `incident.${body.event}`, body });
}

async function suspend(year: Year): Promise<void> {
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: `/api/pilots/${SUSPENDED}/directives`, key: "suspend" },
    body: {
      ...{ kind: "suspension", classes: ["OPEN", "USE"] },
      reason: said(
        "利息多计，查明前暂停",
        "Interest is charged twice; suspended until it is known",
      ),
      notice: said(
        "暂停新增授信与支用，还款照常。",
        "No new credit lines and drawdowns; repayments go on.",
      ),
      liftedWhen: said("事件了结", "The incident is closed"),
    },
  });
  await settled(year, SUSPENDED, "suspended");
  tell(year, {
    ...{ at: after(on(year.plan, 5, 10), 360), pilot: SUSPENDED },
    ...{ zh: "因事件暂停，两人批准", en: "suspended over an incident, by two people" },
  });
}

/** New business hears that its class is closed; who owes pays, and may pay next month's part early. */
async function tryWhileSuspended(year: Year): Promise<void> {
  const permits = new PermitClient(as(year, "eaves-bank permits"), SUSPENDED);
  const [opened] = await permits.act([asked(pieceOf(year, SUSPENDED, "OPEN"), "suspended.open")]);
  const due = houseYear(year, SUSPENDED).months[5]?.returns ?? [];
  const paid = due.length === 0 ? [] : await permits.act(due);
  const accepted = paid.filter(({ outcome }) => outcome === "accepted");
  check(year, {
    name: "suspended",
    zh: "暂停期间新增被拒，还款照常",
    en: "While suspended new business is refused and repayment goes on",
    expected: `class_closed; ${due.length} of ${due.length} accepted`,
    seen: `${codeOf(opened)}; ${accepted.length} of ${due.length} accepted`,
  });
}

function houseYear(year: Year, pilot: string): HouseYear {
  const found = year.plan.houses.find((one) => one.house.front.pilot === pilot);
  demand(found !== undefined, `nobody runs ${pilot}`);
  return found;
}

/** A piece of a month's business under another number: what is asked for is the same. */
function pieceOf(year: Year, pilot: string, cls: "OPEN" | "USE"): Business {
  const all = houseYear(year, pilot).months.flatMap(({ business }) => business);
  const found = all.find(({ facts, refusedBy }) => facts.class === cls && refusedBy === undefined);
  demand(found !== undefined, `${pilot} has no business of class ${cls}`);
  return found;
}

function asked({ facts }: Business, id: string): PermitAct {
  return { act: "reserve", id, ...facts };
}

async function closeIncident(year: Year): Promise<void> {
  const incident = noted(year, "incident");
  await step(year, incident, {
    ...{ event: "resolve", cause: said("批处理重复执行", "A batch ran twice") },
  });
  await step(year, incident, {
    ...{ event: "close", summary: said("多计的利息已退还。", "What was charged twice is repaid.") },
  });
}

async function resume(year: Year): Promise<void> {
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: `/api/pilots/${SUSPENDED}/directives`, key: "resume" },
    body: {
      ...{ kind: "resumption", incident: noted(year, "incident") },
      reason: said("事件已了结", "The incident is closed"),
      notice: said("恢复新增授信与支用。", "New credit lines and drawdowns are possible again."),
    },
  });
  const page = await settled(year, SUSPENDED, "testing");
  tell(year, {
    ...{ at: on(year.plan, 5, 18), pilot: SUSPENDED },
    ...{ zh: "恢复，两人批准", en: "resumed, by two people" },
  });
  check(year, {
    ...{ name: "resumed", zh: "恢复后三类业务开放", en: "Once resumed all three classes are open" },
    ...{ expected: "testing: open, open, open", seen: `${page.state}: ${classesOf(page)}` },
  });
}

type Page = Awaited<ReturnType<typeof pilotPage>>;

function classesOf({ policy }: Page): string {
  const classes = policy?.classes;
  return [classes?.OPEN, classes?.USE, classes?.SERVICE]
    .map((isOpen) => (isOpen ? "open" : "closed"))
    .join(", ");
}

/** From the first beat on silence counts. */
async function watch(year: Year): Promise<void> {
  await year.pulse.start();
  note(year, "pulse", "on");
}

/** Nothing but the silence that begins here closes anything: up to now every beat was heard. */
async function fallSilent(year: Year): Promise<void> {
  const page = await pilotPage(year, SILENT);
  check(year, {
    ...{ name: "watched", zh: "心跳不断，一切照常", en: "While its heart beats nothing is closed" },
    ...{ expected: "testing: open, open, open", seen: `${page.state}: ${classesOf(page)}` },
  });
  await year.pulse.stop();
  note(year, "pulse", "off");
}

interface Directives {
  readonly directives: readonly {
    readonly status: string;
    readonly closes: readonly string[];
    readonly reason: { readonly en: string };
  }[];
}

/** Nobody did anything: the terms close new merchants, and merchants that there are go on. */
async function findRestricted(year: Year): Promise<void> {
  const found = await waitFor(`${SILENT} is restricted by silence`, async () => {
    const { directives } = await read<Directives>(year, `/api/pilots/${SILENT}`);
    return directives.find(({ status }) => status === "effective");
  });
  const page = await pilotPage(year, SILENT);
  const permits = new PermitClient(as(year, "pebble-acquiring permits"), SILENT);
  const [opened] = await permits.act([asked(pieceOf(year, SILENT, "OPEN"), "silent.open")]);
  const [sold] = await permits.act([asked(pieceOf(year, SILENT, "USE"), "silent.use")]);
  if (sold?.outcome === "accepted") await permits.act([{ act: "cancel", id: "silent.use" }]);
  tell(year, {
    ...{ at: on(year.plan, 9, 1), pilot: SILENT },
    zh: "监测静默，按约定自动停止新商户",
    en: "its monitoring is silent; new merchants are closed by its own terms",
  });
  check(year, {
    name: "silent",
    zh: "静默使约定的类别关闭，其余照常",
    en: "Silence closes what the terms say and nothing else",
    expected: "OPEN by heartbeat; closed, open, open; new merchant class_closed, sale accepted",
    seen:
      `${found.closes.join("+")} by ${found.reason.en.includes("heartbeat") ? "heartbeat" : "?"}; ` +
      `${classesOf(page)}; new merchant ${codeOf(opened)}, sale ${codeOf(sold)}`,
  });
}

type Result = Awaited<ReturnType<PermitClient["act"]>>[number];

function codeOf(result: Result | undefined): string {
  return result?.outcome === "refused" ? result.code : (result?.outcome ?? "none");
}

async function comeBack(year: Year): Promise<void> {
  await watch(year);
  await byTwo(year, {
    ...{ ...SUPERVISORS, path: `/api/pilots/${SILENT}/directives`, key: "back" },
    body: {
      kind: "resumption",
      reason: said(
        "监测已恢复，原因查明：证书过期",
        "Monitoring is back; its certificate had expired",
      ),
      notice: said("恢复受理新商户。", "New merchants are possible again."),
    },
  });
  const page = await settled(year, SILENT, "testing");
  tell(year, {
    ...{ at: on(year.plan, 9, 2), pilot: SILENT },
    ...{ zh: "监测恢复，两人批准恢复业务", en: "monitoring is back; resumed by two people" },
  });
  check(year, {
    ...{ name: "back", zh: "心跳恢复后业务恢复", en: "With the heart beating, business is back" },
    ...{ expected: "testing: open, open, open", seen: `${page.state}: ${classesOf(page)}` },
  });
}
