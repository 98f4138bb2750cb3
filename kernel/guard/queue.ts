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
  /** May be decided while a batch of other such commands is being committed. */
  readonly alongside: boolean;
}

/**
 * Takes the next batch out of `waiting` (which keeps the rest, in order). With `ahead`, the batch
 * that is being committed, it takes only what goes alongside and conflicts with nothing there.
 */
export function takeBatch<W extends Waiting>(
  waiting: W[],
  most: number,
  ahead?: readonly Waiting[],
): W[] {
  if (ahead && !ahead.every((command) => command.alongside)) return [];
  const first = waiting[0];
  if (first?.barrier) return ahead ? [] : [waiting.shift() as W];
  const taken: W[] = [];
  const kept: W[] = [];
  const read = new Set<string>();
  const written = new Set<string>();
  for (const command of ahead ?? []) note(command, read, written);
  let i = 0;
  for (; i < waiting.length && taken.length < most; i++) {
    const command = waiting[i] as W;
    if (command.barrier || (ahead && !command.alongside)) break;
    (conflicts(command, read, written) ? kept : taken).push(command);
    note(command, read, written);
  }
  waiting.splice(0, i, ...kept);
  return taken;
}

function note(command: Waiting, read: Set<string>, written: Set<string>): void {
  for (const key of command.reads) read.add(key);
  for (const key of command.writes) written.add(key);
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
