/**
 * Ruling on what a watch period found: two people of the supervisor accept it, on conditions or none,
 * extend the watch, or require that the pilot leave by its exit plan. One ruling answers everything
 * that is open; what is found after it was proposed outdates it. Its reason is published.
 */
import {
  addDays,
  calendarDate,
  type Instant,
  shanghaiDate,
  shanghaiMidnight,
  toIso,
} from "@sandbank/kernel/clock";
import {
  type Change,
  change,
  type Command,
  type Decision,
  type Loading,
} from "@sandbank/kernel/guard";
import type { Principal } from "@sandbank/kernel/identity";
import type { Tx } from "@sandbank/kernel/store";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { slugContract } from "../declaration/declaration.contract.ts";
import { shownOf } from "../dossier/dossier.ts";
import { comparedAs } from "../evaluation/criterion.ts";
import type { LedgerFacts } from "../exit/obligation.ts";
import { byWhom } from "../graduating/confirm.ts";
import { write } from "../inbox/inbox.ts";
import { begin } from "../leaving/begin.ts";
import { type Leaving, loadLeaving, readLedger } from "../leaving/leaving.ts";
import { publish } from "../notice/notice.ts";
import type { EndingPorts } from "../ports.ts";
import {
  noteCondition,
  noteRuling,
  settleCondition,
  settleFinding,
} from "../watch/effects.store.ts";
import { type WatchRuling, watchRulings } from "../watch/watch.contract.ts";
import {
  after,
  CONDITION_TABLE,
  extendedTo,
  FINDING_TABLE,
  lengthOf,
  nextCheck,
  WATCH_DAYS_MOST,
} from "../watch/watch.ts";
import { refuse } from "../watch/watch.refusals.ts";
import type { ConditionRow, WatchRow } from "../watch/watch.store.ts";
import { isComputed } from "./condition.ts";
import { rulingText } from "./notices.ts";
import {
  loadWatched,
  moving,
  type Standing,
  standingFor,
  STEPS,
  type Watched,
} from "./watching.ts";

const ofPilot = { pilot: slugContract };
const ruling = z.discriminatedUnion("ruling", [
  watchRulings.accept.extend(ofPilot),
  watchRulings.extend.extend(ofPilot),
  watchRulings.require_exit.extend(ofPilot),
]);
type Content = Readonly<z.infer<typeof ruling>>;

interface Judging extends Leaving, Watched {}

async function load(
  tx: Tx,
  partition: number,
  questions: readonly Loading<Content, LedgerFacts>[],
): Promise<Judging[]> {
  const [leaving, watched] = await Promise.all([
    loadLeaving(tx, partition, questions),
    loadWatched(tx, partition, questions),
  ]);
  return leaving.map((one, at) => ({ ...one, ...(watched[at] as Watched) }));
}

/** What the proposer was shown: a finding or a check since then outdates the proposal. */
function shown({ dossier, watch, checks, findings, rulings }: Judging): string {
  const counts = `c${checks.length}f${findings.length}r${rulings.length}`;
  return `${shownOf(dossier)} ${watch?.state ?? "unwatched"} ${counts}`;
}

/**
 * `sandbox.rule_watch`. Refuses with pilot_unknown, watch_unknown, the watch's own code,
 * watch_condition_not_from_a_later_day, watch_condition_on_no_figure, watch_too_long; an exit that is required refuses as
 * `sandbox.begin_exit` does.
 */
export function ruleWatch(ports: EndingPorts): Command<Content, Judging, LedgerFacts> {
  return {
    ...STEPS,
    name: "sandbox.rule_watch",
    barrier: true,
    contract: ruling,
    fourEyes: { approvers: ["supervisor_approver"] },
    may: ["supervisor_officer", "supervisor_approver"],
    prepare: ({ pilot }) => readLedger(ports, pilot),
    load,
    shown,
    decide({ state, command, facts, principal, approver, now, id }) {
      const at = standingFor(state, command.ruling);
      if (isRefusal(at)) return at;
      const of = { at, ruling: command, now, id };
      const no = ruledBadly(of);
      if (no !== undefined) return no;
      const rows = ruledRows(state, { ...of, principal, approver });
      if (isRefusal(rows)) return rows;
      return command.ruling === "require_exit"
        ? left(state, { ...of, facts, rows })
        : stayed({ ...of, rows });
    },
  };
}

interface Ruled {
  readonly at: Standing;
  readonly ruling: WatchRuling;
  readonly now: Instant;
  readonly id: string;
}

/** The end of the watch under a ruling. */
function endUnder({ at: { watch }, ruling, now }: Ruled): Instant {
  return ruling.ruling === "extend" ? extendedTo(watch.ends_at, now, ruling.days) : watch.ends_at;
}

function ruledBadly(of: Ruled): Refusal | undefined {
  const { at, ruling, now } = of;
  if (ruling.ruling === "accept") {
    const early = ruling.conditions.findIndex(({ by }) => by <= shanghaiDate(now));
    if (early >= 0) {
      const field = `/conditions/${early}/by`;
      return refuse("watch_condition_not_from_a_later_day", { field });
    }
    const stray = ruling.conditions.findIndex(({ bound }) => bound && !isComputed(bound));
    if (stray < 0) return undefined;
    const params = { figure: ruling.conditions[stray]?.bound?.indicator ?? "" };
    return refuse("watch_condition_on_no_figure", {
      ...{ field: `/conditions/${stray}/bound`, params },
    });
  }
  const asked = lengthOf(at.watch.begun_at, endUnder(of));
  if (ruling.ruling !== "extend" || asked <= WATCH_DAYS_MOST) return undefined;
  const params = { asked: String(asked), most: String(WATCH_DAYS_MOST) };
  return refuse("watch_too_long", { field: "/days", params });
}

/** The ruling, and every open finding settled by it. */
function ruledRows(
  { findings, rulings, conditions }: Judging,
  of: Ruled & { readonly principal: Principal; readonly approver: Principal | undefined },
): readonly Change[] | Refusal {
  const { at, ruling, principal, approver, now } = of;
  const number = rulings.length + 1;
  const settled: Change[] = [];
  for (const { id, state } of findings.filter((one) => one.state === "open")) {
    const to = after(FINDING_TABLE, state, ruling.ruling);
    if (isRefusal(to)) return to;
    settled.push(change(settleFinding, { id, state: to, ruling: number }));
  }
  const row = change(noteRuling, {
    ...{ pilot: at.watch.pilot, number, ruling: ruling.ruling, reason: ruling.reason },
    conditions: JSON.stringify(ruling.ruling === "accept" ? ruling.conditions : []),
    days: ruling.ruling === "extend" ? ruling.days : null,
    ...{ proposed_by: principal.id, approved_by: byWhom(approver, principal), at: toIso(now) },
  });
  return [row, ...settled, ...set(of, number), ...lapsed(conditions, ruling)];
}

/** A row for each condition on a figure; what people look after stands in the ruling alone. */
function set({ at, ruling, now }: Ruled, number: number): readonly Change[] {
  if (ruling.ruling !== "accept") return [];
  const { pilot, machine_to: machineFrom } = at.watch;
  const from = shanghaiMidnight(addDays(shanghaiDate(now), 1));
  return ruling.conditions.flatMap(({ text: label, by, bound }, place) => {
    if (bound === undefined) return [];
    const { indicator: subject, comparator } = bound;
    const due = shanghaiMidnight(addDays(calendarDate(by), 1));
    return change(noteCondition, {
      ...{ pilot, ruling: number, number: place + 1, label, subject, comparator },
      ...comparedAs(bound),
      ...{ from_at: toIso(from), due_at: toIso(due), machine_from: toIso(machineFrom) },
    });
  });
}

/** A pilot that has to leave is not measured any more. */
function lapsed(conditions: readonly ConditionRow[], { ruling }: WatchRuling): readonly Change[] {
  if (ruling !== "require_exit") return [];
  return conditions.flatMap(({ pilot, ruling: of, number, state }) => {
    const to = after(CONDITION_TABLE, state, "lapse");
    if (isRefusal(to)) return [];
    const unjudged = { measured: null, sums: null, over: null, lacks: null, judged_at: null };
    return change(settleCondition, { pilot, ruling: of, number, state: to, ...unjudged });
  });
}

type WithRows = Ruled & { readonly rows: readonly Change[] };

function letterTo(
  watch: WatchRow,
  {
    id,
    title,
    now,
  }: Pick<Ruled, "id" | "now"> & {
    readonly title: ReturnType<typeof rulingText>;
  },
): Change {
  const { pilot, organisation } = watch;
  return write({ id, kind: "watch_ruled", organisation, pilot, about: id, title, now });
}

/** Accepted or extended: the watch goes on. */
function stayed(of: WithRows): Decision {
  const { at, ruling, now, id, rows } = of;
  const { pilot, checked_to: checked } = at.watch;
  const ends = endUnder(of);
  const text = rulingText(at.pilot.body.name, ruling, shanghaiDate((ends - 1) as Instant));
  const kind = ruling.ruling === "extend" ? "watch_extended" : "watch_accepted";
  return {
    entries: [],
    changes: [
      ...rows,
      moving(at.watch, at.to, { ends_at: ends, next_at: nextCheck(checked, ends) ?? null }),
      publish({ id, pilot, at: now, kind, text }),
      letterTo(at.watch, { id, title: text, now }),
    ],
    answer: { pilot, watch: at.to, ruling: ruling.ruling, until: toIso(ends) },
    leaves: [{ t: "watch", pilot, at: at.to, ruling: ruling.ruling, until: toIso(ends) }],
  };
}

/** The pilot leaves by its plan, as any pilot does. */
function left(state: Judging, of: WithRows & { readonly facts: LedgerFacts }): Decision | Refusal {
  const { at, ruling, facts, now, id, rows } = of;
  const { pilot, ends_at: ends } = at.watch;
  const text = rulingText(at.pilot.body.name, ruling, shanghaiDate((ends - 1) as Instant));
  const leaving = { event: "require_exit", cause: "watch", reason: ruling.reason } as const;
  const begun = begin({ ...leaving, state, notice: text, facts, now, id });
  if (isRefusal(begun)) return begun;
  return {
    ...begun,
    changes: [
      ...rows,
      moving(at.watch, at.to, { ended_at: now }),
      ...begun.changes,
      letterTo(at.watch, { id, title: text, now }),
    ],
    leaves: [...(begun.leaves ?? []), { t: "watch", pilot, at: at.to, ruling: ruling.ruling }],
  };
}
