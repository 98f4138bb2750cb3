/** Every row of a database as text, for tests of what must not be anywhere. */
import { listTables, statement, type Store } from "../store/index.ts";

/** `table: row` for each row that holds one of the needles, whatever its column. */
export async function rowsWith(owner: Store, needles: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const table of await listTables({ owner })) {
    const read = statement(`test.rows_of_${table}`, `select t::text as row from ${table} t`);
    for (const { row } of await owner.query<{ row: string }>(read)) {
      if (needles.some((needle) => row.includes(needle))) found.push(`${table}: ${row}`);
    }
  }
  return found;
}
