/**
 * The whole life of the pilot of payment tokens, through the front door and with the clock in hand:
 * from its draft to its exit, and what is left of it when the server is gone. The demonstration is
 * started without that pilot, so that it can be declared in it. Killed anywhere and run again on the
 * same folder a life goes on.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CalendarDate } from "@sandbank/kernel/clock";
import { machineNow, OrderBook, Shop, type ShopFront } from "@sandbank/world";
import { nextMonth } from "./calendar.ts";
import { type Check, failed } from "./check.ts";
import { admissionSteps } from "./pilot-life/admission.ts";
import { actsOf, businessSteps } from "./pilot-life/business.ts";
import { cardSteps } from "./pilot-life/cards.ts";
import { endingSteps } from "./pilot-life/ending.ts";
import { type Kept, type Life, openProgress, type Step } from "./pilot-life/life.ts";
import { searchForNumbers } from "./pilot-life/leaks.ts";
import { verifyArchive } from "./pilot-life/offline.ts";
import { keyOf, type LifePlan, PILOT, planLife, SHOPS } from "./pilot-life/plan.ts";
import { type Lang, reportOf } from "./pilot-life/report.ts";
import { settlingSteps } from "./pilot-life/settling.ts";
import { troubleSteps } from "./pilot-life/trouble.ts";
import type { Progress } from "./progress.ts";
import { type Server, startServer } from "./server.ts";
import { as, liveThrough } from "./stage.ts";

export interface PilotLifeAsked {
  /** Folder of everything that the life keeps. */
  readonly data: string;
  readonly seed: number;
  /** 20 to 5,000 customers. */
  readonly size: number;
  readonly lang: Lang;
  readonly onProgress?: (done: number, of: number) => void;
  /** Told of each step that is done, by its name. */
  readonly onStep?: (name: string) => void;
}

export interface PilotLifeEnd {
  readonly report: string;
  readonly checks: readonly Check[];
  /** Checks that do not agree; empty is well. */
  readonly failed: readonly Check[];
}

const LANES = 16;

/** Lives the life, or what is left of it. Throws where it is not as foretold. */
export async function pilotLife(asked: PilotLifeAsked): Promise<PilotLifeEnd> {
  const { data, seed, size, lang } = asked;
  const began = machineNow();
  mkdirSync(data, { recursive: true });
  const progress = openProgress(data, { seed, size, first: nextMonth() });
  const plan = planLife({ seed, size, first: progress.kept.first as CalendarDate });
  const server = await startServer(data, { SANDBANK_DEMO_WITHOUT: PILOT });
  const interrupted = () => void server.end().then(() => process.exit(130));
  process.once("SIGINT", interrupted);
  const onProgress = asked.onProgress ?? (() => undefined);
  const life = openLife({ plan, server, data, progress, onProgress });
  try {
    await liveThrough(life, {
      steps: stepsOf(plan),
      onProgress(_done, _of, step) {
        life.onAct();
        asked.onStep?.(step);
      },
    });
  } finally {
    process.removeListener("SIGINT", interrupted);
    await server.end();
  }
  await verifyArchive(life);
  await searchForNumbers(life);
  const seconds = progress.kept.seconds + Math.round((machineNow() - began) / 1_000);
  progress.write({ seconds });
  const report = reportOf(life, lang);
  writeFileSync(join(data, "report.md"), report);
  const { checks } = progress.kept;
  return { report, checks, failed: failed(checks) };
}

/** Everything that happens. */
function stepsOf(plan: LifePlan): Step[] {
  const parts = [admissionSteps, businessSteps, cardSteps, troubleSteps, settlingSteps];
  return [...parts, endingSteps].flatMap((part) => part(plan));
}

function openLife(of: {
  readonly plan: LifePlan;
  readonly server: Server;
  readonly data: string;
  readonly progress: Progress<Kept>;
  readonly onProgress: (done: number, of: number) => void;
}): Life {
  const { plan, server, data, progress } = of;
  const all = actsOf(plan) + stepsOf(plan).length;
  let acts = 0;
  const onAct = () => of.onProgress(Math.min((acts += 1), all), all);
  return {
    ...{ key: keyOf(plan), plan, server, data, progress, lanes: LANES, people: new Map() },
    shops: SHOPS.map((front) => openShop(front, { server, data })),
    ...{ tokens: [], onAct },
  };
}

function openShop(front: ShopFront, of: Pick<Life, "server" | "data">): Shop {
  const who = front.id === "farsail" ? "farsail-travel requestor" : "lantern-finance requestor";
  const book = new OrderBook(join(of.data, `${front.id}.json`));
  return new Shop(front, { client: as(of, who), book });
}
