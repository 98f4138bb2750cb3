/**
 * When a message of the form edge was sent, and for how long it may be acted on. `txnTime` is Beijing
 * time to the second. UnionPay's samples of its gateway (全渠道 5.1.0) say that it must be the time now
 * (必须取当前时间，否则会报 txnTime 无效) and publish no width, so the widths are ours: back, the quarter of
 * an hour for which those samples advise that an order stays open (支付时的北京时间加 15 分钟); ahead, a
 * minute for clocks that differ. A message that was kept and is shown later than that does nothing.
 */
import { fromIso, type Instant, isIso } from "@sandbank/kernel/clock";

/** How long a message may have been on its way. */
export const SENT_BEFORE_MS = 15 * 60_000;
/** How far the clock of a requestor may be ahead of the bank's. */
export const SENT_AHEAD_MS = 60_000;

/** The instant of a `txnTime`, or undefined for text that is no time of a day. */
export function sentAt(txnTime: string): Instant | undefined {
  const found = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(txnTime);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`;
  return isIso(text) ? fromIso(text) : undefined;
}

/** Whether a message may be acted on that says it was sent then; both ends of the window belong to it. */
export function isTimely(sent: Instant, now: Instant): boolean {
  return now - sent <= SENT_BEFORE_MS && sent - now <= SENT_AHEAD_MS;
}
