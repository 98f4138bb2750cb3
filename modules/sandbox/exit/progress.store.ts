/** SQL of how far an exit had come by an instant: steps and items in numbers, however many there are. */
import type { Instant } from "@sandbank/kernel/clock";
import { statement, type Store } from "@sandbank/kernel/store";
import type { Opening } from "./exit.store.ts";
import type { Plan } from "./plan.contract.ts";

export interface ProgressRow {
  readonly plan: Plan;
  readonly opening: Opening;
  readonly begun_at: Instant;
  readonly steps: bigint;
  readonly closed: bigint;
  /** By kind of items, in the order of the kinds. */
  readonly items: readonly {
    readonly kind: string;
    readonly listed: number;
    readonly ended: number;
  }[];
}

const PROGRESS = statement(
  "sandbox.exit_progress",
  `select e.plan, e.opening, e.begun_at,
          (select count(*) from sandbox.exit_step s
            where s.partition = e.partition and s.pilot = e.pilot) as steps,
          (select count(*) from sandbox.exit_step s
            where s.partition = e.partition and s.pilot = e.pilot and s.closed_at < $3) as closed,
          (select coalesce(json_agg(k order by k.kind), '[]')
             from (select i.kind, count(*) as listed,
                          count(*) filter (where i.ended_at < $3) as ended
                     from sandbox.exit_item i
                    where i.partition = e.partition and i.pilot = e.pilot and i.listed_at < $3
                    group by i.kind) k) as items
     from sandbox.exit e where e.partition = $1 and e.pilot = $2`,
);

/** What was done before `until`, RFC 3339; undefined for a pilot that does not leave. */
export async function readProgress(
  store: Store,
  partition: number,
  of: { readonly pilot: string; readonly until: string },
): Promise<ProgressRow | undefined> {
  const [row] = await store.query<ProgressRow>(PROGRESS, [partition, of.pilot, of.until]);
  return row;
}
