/** SQL of public notices: appended, never changed. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { NoticeKind } from "./notice.ts";

export interface NoticeEntry {
  readonly id: string;
  readonly pilot: string;
  readonly at: string;
  readonly kind: NoticeKind;
  readonly text: Text;
  readonly directive: string | null;
}

/** A notice is published. */
export const publishNotice: Effect<NoticeEntry> = {
  statement: statement(
    "sandbox.publish_notice",
    `insert into sandbox.notice (partition, id, pilot, at, kind, text, directive)
     select $1, * from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::jsonb[],
       $7::uuid[])`,
  ),
  columns: ["id", "pilot", "at", "kind", "text", "directive"],
};

export interface NoticeRow {
  readonly id: string;
  /** Its place among all notices of its year in Beijing, from 1, as people cite it: "N-2026-0007". */
  readonly number: string;
  readonly at: Instant;
  readonly kind: NoticeKind;
  readonly text: Text;
  readonly directive: string | null;
}

const OF_PILOT = statement(
  "sandbox.notices_of_pilot",
  `select id, 'N-' || year || '-' || lpad(nth::text, greatest(4, length(nth::text)), '0') as number,
       at, kind, text, directive::text as directive
     from (select *, row_number() over (partition by year order by at, id) as nth
             from (select *, extract(year from at at time zone 'Asia/Shanghai')::int as year
                     from sandbox.notice where partition = $1) as dated) as numbered
     where pilot = $2 order by at desc, id desc limit 200`,
);

/** The notices of a pilot, latest first, at most 200. */
export function readNotices(store: Store, partition: number, pilot: string): Promise<NoticeRow[]> {
  return store.query<NoticeRow>(OF_PILOT, [partition, pilot]);
}
