/**
 * Readings that a crowd shares. While one runs, whoever comes waits for the next, which begins after
 * all of them came: nobody hears anything older than their question, and a thousand visitors at one
 * page cost two readings instead of a thousand.
 */
interface Turn<T> {
  /** Settles with the reading under way, and never fails. */
  readonly over: Promise<void>;
  /** The reading that those who came meanwhile wait for. */
  next: Promise<T> | undefined;
}

/** `read` for a crowd; what different keys ask for is read side by side. */
export function sharedByCrowd<T>(read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const turns = new Map<string, Turn<T>>();
  const begin = (key: string): Promise<T> => {
    const reading = read(key);
    const over = reading.then(
      () => undefined,
      () => undefined,
    );
    const turn: Turn<T> = { over, next: undefined };
    turns.set(key, turn);
    void over.then(() => {
      if (turn.next === undefined) turns.delete(key);
    });
    return reading;
  };
  return (key) => {
    const turn = turns.get(key);
    if (turn === undefined) return begin(key);
    turn.next ??= turn.over.then(() => begin(key));
    return turn.next;
  };
}
