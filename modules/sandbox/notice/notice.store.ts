/** SQL of public notices: appended, never changed. */
import type { Instant } from "@sandbank/kernel/clock";
import type { Effect } from "@sandbank/kernel/guard";
import { statement, type Store } from "@sandbank/kernel/store";
import type { Text } from "@sandbank/kernel/words";
import type { NoticeKind } from "./notice.contract.ts";

export interface NoticeEntry {
  readonly id: string;
  readonly pilot: string;
  readonly at: string;
  readonly kind: NoticeKind;
  readonly text: Text;
  readonly directive: string | null;
}

/**
 * Notices are published, each under the next number of its pilot and year. The count is kept beside
 * them, so that no number is ever given twice.
 */
export const publishNotice: Effect<NoticeEntry> = {
  statement: statement(
    "sandbox.publish_notice",
    `with entered as (
       select n.*, extract(year from n.at at time zone 'Asia/Shanghai')::int as year
         from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::jsonb[], $7::uuid[])
           with ordinality n(id, pilot, at, kind, text, directive, nth)),
     counted as (
       insert into sandbox.notice_count as c
         select $1, e.pilot, e.year, count(*) from entered e group by e.pilot, e.year
       on conflict (partition, pilot, year) do update set last = c.last + excluded.last
       returning pilot, year, last)
     insert into sandbox.notice (partition, id, pilot, at, kind, text, directive, year, number)
     select $1, e.id, e.pilot, e.at, e.kind, e.text, e.directive, e.year,
            c.last + 1 - row_number() over (partition by e.pilot, e.year order by e.nth desc)
       from entered e join counted c on c.pilot = e.pilot and c.year = e.year`,
  ),
  columns: ["id", "pilot", "at", "kind", "text", "directive"],
};

export interface NoticeRow {
  readonly id: string;
  /** Its number within its pilot and its year in Beijing, as people cite it: "open-bank-2026-0007". */
  readonly number: string;
  readonly at: Instant;
  readonly kind: NoticeKind;
  readonly text: Text;
  readonly directive: string | null;
}

const OF_PILOT = statement(
  "sandbox.notices_of_pilot",
  `select id, at, kind, text, directive::text as directive,
          pilot || '-' || year || '-' || lpad(number::text, greatest(4, length(number::text)), '0')
            as number
     from sandbox.notice where partition = $1 and pilot = $2
    order by at desc, number desc, id desc limit 200`,
);

/** The notices of a pilot, latest first, at most 200. */
export function readNotices(store: Store, partition: number, pilot: string): Promise<NoticeRow[]> {
  return store.query<NoticeRow>(OF_PILOT, [partition, pilot]);
}
