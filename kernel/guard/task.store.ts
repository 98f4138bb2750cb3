/** SQL of parked tasks: parking, deciding, and reading one. */
import type { Instant } from "../clock/index.ts";
import { statement, type Tx } from "../store/index.ts";
import type { Effect } from "./command.ts";

/** A parked decision as it stands. */
export interface TaskRow {
  readonly id: string;
  readonly command: string;
  readonly content: string;
  readonly facts: string;
  readonly shown: string;
  readonly proposer: string;
  readonly proposed_by: string;
  readonly at: Instant;
  readonly expires: Instant;
  readonly state: "open" | "approved" | "rejected";
  readonly decided_by: string | null;
  readonly decided_at: Instant | null;
  readonly reason: string | null;
}

export interface NewTask {
  readonly id: string;
  readonly command: string;
  readonly content: string;
  readonly facts: string;
  readonly shown: string;
  readonly proposer: string;
  readonly proposed_by: string;
  readonly at: string;
  readonly expires: string;
}

export interface TaskDecision {
  readonly id: string;
  readonly state: "approved" | "rejected";
  readonly decided_by: string;
  readonly at: string;
  readonly reason: string;
}

const TASK_OF = statement("guard.task_of", "select * from guard.task_of($1, $2)");

/** A task is parked. */
export const addTask: Effect<NewTask> = {
  statement: statement("guard.add_tasks", "select guard.add_tasks($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)"),
  columns: [
    "id",
    "command",
    "content",
    "facts",
    "shown",
    "proposer",
    "proposed_by",
    "at",
    "expires",
  ],
};

/** A task is decided; one that was decided before is a fault. */
export const decideTask: Effect<TaskDecision> = {
  statement: statement("guard.decide_tasks", "select guard.decide_tasks($1,$2,$3,$4,$5,$6)"),
  columns: ["id", "state", "decided_by", "at", "reason"],
};

export async function findTaskIn(
  tx: Pick<Tx, "query">,
  partition: number,
  id: string,
): Promise<TaskRow | undefined> {
  const [row] = await tx.query<TaskRow>(TASK_OF, [partition, id]);
  return row;
}
