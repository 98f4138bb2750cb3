/**
 * Which of the waiting commands go into the next batch. Two commands conflict when one writes a key
 * that the other reads or writes; the later one waits, and so does everything that conflicts with
 * a waiting one, so that order is kept wherever it can be seen. A barrier goes alone. Pure.
 */

/** What the queue must know of a command. */
export interface Waiting {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly barrier: boolean;
}

/** Takes the next batch out of `waiting` (which keeps the rest, in order). */
export function takeBatch<W extends Waiting>(waiting: W[], most: number): W[] {
  const first = waiting[0];
  if (first?.barrier) return [waiting.shift() as W];
  const taken: W[] = [];
  const kept: W[] = [];
  const read = new Set<string>();
  const written = new Set<string>();
  let i = 0;
  for (; i < waiting.length && taken.length < most; i++) {
    const command = waiting[i] as W;
    if (command.barrier) break;
    (conflicts(command, read, written) ? kept : taken).push(command);
    for (const key of command.reads) read.add(key);
    for (const key of command.writes) written.add(key);
  }
  waiting.splice(0, i, ...kept);
  return taken;
}

function conflicts(
  command: Waiting,
  read: ReadonlySet<string>,
  written: ReadonlySet<string>,
): boolean {
  for (const key of command.writes) if (written.has(key) || read.has(key)) return true;
  for (const key of command.reads) if (written.has(key)) return true;
  return false;
}
