/**
 * Writes down the schema that a database really has, as text that is the same wherever the same
 * migrations ran: schemas, relations, columns, constraints, indexes, functions with their bodies,
 * and who may do what. The checked-in copy is compared with it, so that no change goes unread.
 */
import { SCHEMA_PARTS } from "./schema.store.ts";
import { statement } from "./tx.ts";
import type { Store } from "./tx.ts";

/** One line of the dump: where it belongs, its place within that, and what it says. */
interface DumpLine {
  readonly object: string;
  readonly rank: number;
  readonly line: string;
}

const TABLES = statement(
  "store.every_table",
  `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "table"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_'
      and n.nspname <> 'information_schema'
    order by 1`,
);

/** Every table and view that is not PostgreSQL's own, quoted, so that a test can try roles on each. */
export async function listTables(database: { readonly owner: Store }): Promise<string[]> {
  const rows = await database.owner.query<{ table: string }>(TABLES);
  return rows.map(({ table }) => table);
}

/**
 * The schema as text, objects in order of their names. `except` leaves out schemas that a library
 * makes for itself.
 */
export async function dumpSchema(
  database: { readonly owner: Store },
  except: readonly string[] = [],
): Promise<string> {
  const parts = await database.owner.transaction((tx) =>
    Promise.all(SCHEMA_PARTS.map((part) => tx.query<DumpLine>(part, [except]))),
  );
  const lines = parts.flat().toSorted(byPlace);
  const blocks: string[] = [];
  let object = "";
  for (const line of lines) {
    if (line.object !== object) blocks.push("");
    object = line.object;
    blocks.push(line.rank === 0 ? line.line : indented(line.line));
  }
  return `${blocks.join("\n").trim()}\n`;
}

function byPlace(a: DumpLine, b: DumpLine): number {
  return compare(a.object, b.object) || a.rank - b.rank || compare(a.line, b.line);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`.trimEnd())
    .join("\n");
}

const DIFFERENCES_MAX = 40;

/**
 * What differs between the checked-in dump and a fresh one: lines that begin with `-` stand only in
 * the first, `+` only in the second. Empty if they are equal; cut after forty lines.
 */
export function compareSchemaDump(checkedIn: string, fresh: string): string[] {
  if (checkedIn === fresh) return [];
  const before = blocksOf(checkedIn);
  const after = blocksOf(fresh);
  const differences: string[] = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(name) ?? [];
    const now = after.get(name) ?? [];
    const lines = [
      ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
      ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
    ];
    if (lines.length > 0) differences.push(name, ...lines);
  }
  if (differences.length === 0) differences.push("the same lines in another order");
  if (differences.length <= DIFFERENCES_MAX) return differences;
  const more = differences.length - DIFFERENCES_MAX;
  return [...differences.slice(0, DIFFERENCES_MAX), `… and ${more} lines more`];
}

function blocksOf(dump: string): Map<string, string[]> {
  const blocks = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of dump.split("\n")) {
    if (line === "") continue;
    if (!line.startsWith(" ")) blocks.set(line, (current = []));
    current.push(line);
  }
  return blocks;
}
