/** Every row that a program left behind when it ended, for searches of what must not be anywhere. */
import { listTables, openStore, startServer, statement, superuserLogin } from "../store/index.ts";

const DATABASE = "sandbank";
const ROWS_AT_ONCE = 5_000;
const FETCH = statement("testing.rows_left", `fetch ${ROWS_AT_ONCE} from rows_left`);

/**
 * Starts the embedded server of a folder that nobody uses, tells each row of each table as text, byte
 * strings in hexadecimal, and stops it. No more than some thousand rows are held at once.
 */
export async function eachRowLeft(
  folder: string,
  tell: (table: string, row: string) => void,
): Promise<void> {
  const server = await startServer({ folder, durable: true });
  const owner = openStore(superuserLogin(server, DATABASE), { connections: 1 });
  try {
    for (const table of await listTables({ owner })) {
      const open = `declare rows_left no scroll cursor for select t::text as row from ${table} t`;
      await owner.transaction(async (tx) => {
        await tx.query(statement(`testing.open_${table}`, open));
        for (let more = true; more;) {
          const rows = await tx.query<{ row: string }>(FETCH);
          for (const { row } of rows) tell(table, row);
          more = rows.length === ROWS_AT_ONCE;
        }
      });
    }
  } finally {
    await owner.end();
    await server.stop();
  }
}
