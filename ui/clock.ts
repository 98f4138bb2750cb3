/** A browser's one door to randomness: kernel/clock draws with Node's means, which it has not. */

/** Bytes that nobody can foretell. */
export function drawBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** 32 hexadecimal digits that nobody else draws: the reference of one sending. */
export function drawId(): string {
  return Array.from(drawBytes(16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
