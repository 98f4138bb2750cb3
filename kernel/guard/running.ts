/** The guard as whoever runs it sees it, for those that it starts as well as for its owner. */
import type { Guard } from "./command.ts";
import type { PartitionRow } from "./guard.store.ts";

/** The guard with what its owner needs besides `act`. */
export interface RunningGuard extends Guard {
  readonly partitions: readonly PartitionRow[];
  /** Ends holds that are due and states totals in a partition, whether or not anything waits. */
  tick(partition: number): Promise<void>;
  /** Learns of partitions that were opened since. */
  refresh(): Promise<void>;
  /** Waits for what is under way, refuses the rest. */
  close(): Promise<void>;
}
