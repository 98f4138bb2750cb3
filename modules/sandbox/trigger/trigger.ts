/**
 * Triggers of the terms: when silence or an indicator puts a pilot under a directive by itself, and
 * what that directive says. Pure. Nothing here lifts anything: that takes two people.
 */
import type { Text } from "@sandbank/kernel/words";
import type { Admission, HeartbeatTerms, Trigger } from "../admission/admission.contract.ts";
import type { Tightening } from "../policy/policy.ts";
import type { IndicatorReading } from "../ports.ts";

/** Ids under which silence and a pool that is not adequate trip, beside those of the terms. */
export const HEARTBEAT = "heartbeat";
export const COMPENSATION = "compensation";

/**
 * True if the monitoring has been silent for longer than the terms allow: `silentMs` counts machine
 * time in which this server listened.
 */
export function isSilent(terms: Pick<HeartbeatTerms, "silentSeconds">, silentMs: number): boolean {
  return silentMs > terms.silentSeconds * 1_000;
}

/**
 * The reading that trips a trigger: the newest, if it and those before it are beyond the value for
 * as many windows as the terms say. The value itself is not beyond it.
 */
export function trippedBy(
  { comparator, value, windows }: Pick<Trigger, "comparator" | "value" | "windows">,
  readings: readonly IndicatorReading[],
): IndicatorReading | undefined {
  const latest = readings.slice(0, windows);
  const bound = BigInt(value);
  const beyond = ({ value: read }: IndicatorReading) =>
    comparator === "above" ? read > bound : read < bound;
  return latest.length === windows && latest.every(beyond) ? latest[0] : undefined;
}

/** A cause of the terms as a directive: what it does to the policy, and the words for it. */
export interface Cause {
  readonly tightens: Omit<Tightening, "number">;
  readonly clause: string;
  readonly reason: Text;
  readonly liftedWhen: Text;
}

/** What the terms say of a trigger; undefined where they have none of that id. */
export function causeOf(
  { heartbeat, triggers = [] }: Admission,
  trip: { readonly trigger: string; readonly measured: string; readonly clause?: string },
): Cause | undefined {
  if (trip.trigger === HEARTBEAT) return heartbeat && silenceOf(heartbeat, trip.measured);
  if (trip.trigger === COMPENSATION) return trip.clause === undefined ? undefined : poolOf(trip);
  const found = triggers.find(({ id }) => id === trip.trigger);
  return found && breakerOf(found, trip.measured);
}

function silenceOf({ silentSeconds, closes, clause }: HeartbeatTerms, since: string): Cause {
  return {
    ...{ tightens: { closes, lowers: [] }, clause },
    reason: {
      zh: `运行机构的监测自 ${since} 起没有心跳，超过约定的${silentSeconds}秒（条款${clause}）。`,
      en: `The operator's monitoring has sent no heartbeat since ${since}, longer than the ${silentSeconds} seconds agreed (clause ${clause}).`,
    },
    liftedWhen: {
      zh: "监测恢复、中断原因查明并留有证据后，由监管机构两人批准恢复。",
      en: "When monitoring is back, the cause of the silence is known and evidenced, and two people of the supervisor agree.",
    },
  };
}

function poolOf(trip: { readonly measured: string; readonly clause?: string }): Cause {
  const { measured, clause = "" } = trip;
  return {
    ...{ tightens: { closes: ["OPEN"], lowers: [] }, clause },
    reason: {
      zh: `风险补偿金不足：${measured}（可用/应有，分；条款${clause}）。`,
      en: `The compensation pool is not adequate: ${measured} (free / required, in fen; clause ${clause}).`,
    },
    liftedWhen: {
      zh: "补偿金补足并有证据后，由监管机构两人批准恢复。",
      en: "When the pool is topped up, with evidence, and two people of the supervisor agree.",
    },
  };
}

function breakerOf(trigger: Trigger, measured: string): Cause {
  const { closes, lowers, clause, label, windows, value, comparator } = trigger;
  const side = comparator === "above" ? { zh: "高于", en: "above" } : { zh: "低于", en: "below" };
  return {
    ...{ tightens: { closes, lowers }, clause },
    reason: {
      zh: `${label.zh}连续${windows}个周期${side.zh}${value}，最近为${measured}（条款${clause}）。`,
      en: `${label.en}: ${side.en} ${value} for ${windows} windows in a row, ${measured} in the last (clause ${clause}).`,
    },
    liftedWhen: {
      zh: "指标恢复、原因查明并留有证据后，由监管机构两人批准恢复。",
      en: "When the indicator is back, its cause is known and evidenced, and two people of the supervisor agree.",
    },
  };
}

/** What the public is told of a trip. */
export function tripNotice(name: Text, { reason, tightens: { closes } }: Cause): Text {
  if (closes.length === 0) {
    return {
      zh: `${name.zh}的部分上限自动下调。${reason.zh}`,
      en: `Caps of ${name.en} are lowered automatically. ${reason.en}`,
    };
  }
  return {
    zh: `${name.zh}自动暂停部分业务，存量业务的还款、退款等不受影响。${reason.zh}`,
    en: `${name.en} is suspended in part automatically; refunds, repayments and the like go on. ${reason.en}`,
  };
}
