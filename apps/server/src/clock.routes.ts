/** The demonstration's clock over HTTP: read by anybody, turned by its keeper. */
import { businessClock, fromIso, instantText, toIso } from "@sandbank/kernel/clock";
import {
  advance,
  clockRow,
  dropOverWindows,
  type DueSource,
  dueHolds,
  refuseFarTurn,
} from "@sandbank/kernel/guard";
import { type Route, route } from "@sandbank/kernel/http";
import type { Jobs } from "@sandbank/kernel/jobs";
import { isRefusal } from "@sandbank/kernel/words";
import { SANDBOX_PARTITION } from "@sandbank/sandbox";
import { z } from "zod";
import type { Reading } from "./joins/readings.ts";

const clock = z.object({ now: z.string(), mode: z.enum(["real", "turned"]) });

/** Routes of the clock. Turning runs what falls due, and the jobs that come of it, until quiet. */
export function clockRoutes(
  { guard, store }: Reading,
  beside: { readonly jobs: Jobs; readonly sources?: readonly DueSource[] },
): Route[] {
  const sources = [dueHolds(guard, store), ...(beside.sources ?? [])];
  return [
    route({
      method: "GET",
      path: "/api/clock",
      summary: { zh: "业务时间", en: "Business time" },
      auth: "none",
      answer: clock,
      async handle() {
        const row = await clockRow(store);
        return { now: toIso(businessClock(row).now()), mode: row.mode };
      },
    }),
    route({
      method: "POST",
      path: "/api/clock",
      summary: { zh: "拨动演示时钟", en: "Turn the clock of the demonstration" },
      auth: "any",
      body: z.strictObject({ to: instantText }),
      answer: z.object({ now: z.string(), stops: z.number().int() }),
      async handle({ body, principal, id }) {
        const to = fromIso(body.to);
        const tooFar = refuseFarTurn(businessClock(await clockRow(store)).now(), to);
        if (tooFar) return tooFar;
        const turn = { id, to, principal, partition: SANDBOX_PARTITION };
        const turned = await advance(guard, sources, turn);
        if (isRefusal(turned)) return turned;
        await dropOverWindows(guard, store);
        await beside.jobs.drain();
        return { now: toIso(turned.at), stops: turned.stops };
      },
    }),
  ];
}
