/**
 * The world's one door to machine time. It measures nothing of the bank: business time is whatever
 * the bank's answers say.
 */

/** Milliseconds since 1970 by this machine. */
export function machineNow(): number {
  return Date.now();
}

/** The same as RFC 3339 text. */
export function machineNowText(): string {
  return new Date(machineNow()).toISOString();
}

/** Waits. A stranger waits before it knocks again. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
