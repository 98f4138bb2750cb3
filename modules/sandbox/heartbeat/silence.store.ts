/** SQL of silences: each that tripped its trigger under test, or was found in a watch period. */
import { statement, type Store } from "@sandbank/kernel/store";

const SILENCES = statement(
  "sandbox.silences",
  `select (select count(*) from sandbox.trip t
            where t.partition = p.partition and t.pilot = p.slug and t.trigger = 'heartbeat'
              and t.at >= $3 and t.at < $4)
        + (select count(*) from sandbox.watch_finding f
            where f.partition = p.partition and f.pilot = p.slug and f.kind = 'silence'
              and f.at >= $3 and f.at < $4) as silences
     from sandbox.pilot p
    where p.partition = $1 and p.slug = $2 and jsonb_typeof(p.admission -> 'heartbeat') = 'object'`,
);

/** Silences from ≤ at < to, RFC 3339; undefined for a pilot whose terms ask for no heartbeat. */
export async function readSilences(
  store: Store,
  partition: number,
  of: { readonly pilot: string; readonly from: string; readonly to: string },
): Promise<bigint | undefined> {
  const [row] = await store.query<{ readonly silences: bigint }>(SILENCES, [
    ...[partition, of.pilot, of.from, of.to],
  ]);
  return row?.silences;
}
