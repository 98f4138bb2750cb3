/** Many at once, but never more than the lanes: chains run side by side, each in its own order. */

/** Runs every task with at most `lanes` under way; the first that throws ends the taking of more. */
export async function inLanes(
  lanes: number,
  tasks: readonly (() => Promise<void>)[],
): Promise<void> {
  let next = 0;
  let isBroken = false;
  const lane = async () => {
    while (next < tasks.length && !isBroken) {
      const task = tasks[next++];
      try {
        await task?.();
      } catch (error) {
        isBroken = true;
        throw error;
      }
    }
  };
  const running = Array.from({ length: Math.min(lanes, tasks.length) }, lane);
  const ended = await Promise.allSettled(running);
  const broken = ended.find((one) => one.status === "rejected");
  if (broken) throw broken.reason;
}
