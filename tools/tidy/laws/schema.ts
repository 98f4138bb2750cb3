/**
 * Migrations keep the rules that scaling out and least right rest on: partition leads every primary
 * key, business time comes in as a parameter, amounts are whole, and functions that run with their
 * owner's rights fix their search path.
 */
import { posix } from "node:path";
import type { Law, Offence } from "../law.ts";
import type { Sheet } from "../tree.ts";

/** What asks the database for the time. */
export const NOW =
  /\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\b(?:current_timestamp|current_date|current_time|localtimestamp|localtime)\b/i;

const FLOAT = /\b(?:real|double\s+precision|float[48]?|money|serial|bigserial)\b/i;
const ZONELESS = /\btimestamp\b(?!\s*(?:\(\d\)\s*)?with\s+time\s+zone)/i;
const EXCUSE = /--\s*tidy: not partitioned, because \S/;

export const schema: Law = {
  name: "schema",
  sentence: "A migration states whether it breaks; hot tables begin their keys with partition.",
  instead:
    "`--! breaking: no` on line 1, `primary key (partition, …)`, timestamptz and int8, `set " +
    "search_path`, `revoke … from public`; `-- tidy: not partitioned, because …` excuses a table, " +
    "`-- tidy: machine time, because …` a line",
  check(tree) {
    return [
      ...sameNumber(tree.migrations),
      ...tree.migrations.flatMap((sheet) => [
        ...heading(sheet),
        ...lines(sheet),
        ...statementsOf(sheet.text).flatMap((each) => judge(sheet, each)),
      ]),
    ];
  },
};

interface SqlStatement {
  readonly text: string;
  readonly line: number;
}

/** Two of one folder with one number: their order would be that of their names. */
function sameNumber(sheets: readonly Sheet[]): readonly Offence[] {
  const numbered = Map.groupBy(sheets, ({ path }) => path.replace(/_[^/]*$/, ""));
  return [...numbered.values()].flatMap(([, ...others]) =>
    others.map(({ path }) => ({ path, line: 1, what: "has the number of another migration" })),
  );
}

function heading({ path, text }: Sheet): readonly Offence[] {
  const found: Offence[] = [];
  if (!/^--! breaking: (yes|no)\b/.test(text)) {
    found.push({ path, line: 1, what: "line 1 is not `--! breaking: yes` or `no`" });
  }
  if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(posix.basename(path))) {
    found.push({ path, line: 1, what: "is not called 0001_name.sql" });
  }
  return found;
}

function lines({ path, text }: Sheet): readonly Offence[] {
  return text.split("\n").flatMap((line, index) => {
    const code = line.replace(/--.*$/, "").replace(/'[^']*'/g, "''");
    const what =
      describe(NOW, code, "calls") ??
      describe(FLOAT, code, "uses") ??
      describe(ZONELESS, code, "uses a zoneless");
    if (what === undefined || /--\s*tidy: machine time, because \S/.test(line)) return [];
    return [{ path, line: index + 1, what }];
  });
}

function describe(rule: RegExp, code: string, verb: string): string | undefined {
  const match = rule.exec(code);
  return match ? `${verb} ${match[0].trim()}` : undefined;
}

function judge({ path }: Sheet, { text, line }: SqlStatement): readonly Offence[] {
  const code = text.replace(/--.*$/gm, "");
  const found = [...table(text, code), ...uniqueIndex(text, code), ...definer(code)];
  return found.map((what) => ({ path, line, what }));
}

function table(text: string, code: string): readonly string[] {
  const match = /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w."]+)/i.exec(code);
  if (!match || /\bpartition\s+of\b/i.test(code) || EXCUSE.test(text)) return [];
  const found: string[] = [];
  const key = /\bprimary\s+key\s*\(([^)]*)\)/i.exec(code)?.[1];
  const alone = /(?:^|[(,])\s*partition\s[^,]*\bprimary\s+key\b/im.test(code);
  if (!alone && (key === undefined || !/^\s*partition\b/i.test(key))) {
    found.push(`table ${match[1]} has no primary key that begins with partition`);
  }
  const unique = /\bunique\b\s*(?:nulls\s+not\s+distinct\s*)?(?:\(([^)]*)\))?/gi;
  for (const [, columns = "a column"] of code.matchAll(unique)) {
    if (!/\bpartition\b/i.test(columns)) found.push(`unique (${columns}) crosses partitions`);
  }
  const foreign = /(?:\bforeign\s+key\s*\(([^)]*)\)\s*|^\s*(\w+)\s[^,]*)\breferences\b/gim;
  for (const [, columns, column = ""] of code.matchAll(foreign)) {
    const over = columns ?? column;
    if (!/\bpartition\b/i.test(over)) found.push(`foreign key (${over.trim()}) crosses partitions`);
  }
  return found;
}

function uniqueIndex(text: string, code: string): readonly string[] {
  const match = /\bcreate\s+unique\s+index\b[^(]*\(([^)]*)\)/i.exec(code);
  if (!match || /\bpartition\b/i.test(match[1]!) || EXCUSE.test(text)) return [];
  return [`unique index (${match[1]}) crosses partitions`];
}

function definer(code: string): readonly string[] {
  if (!/\bsecurity\s+definer\b/i.test(code)) return [];
  const name = /\bcreate\s+(?:or\s+replace\s+)?(?:function|procedure)\s+([\w."]+)/i.exec(code)?.[1];
  if (name === undefined || /\bset\s+search_path\s*(?:=|to)/i.test(code)) return [];
  return [`${name} is security definer without set search_path`];
}

/** Splits at semicolons outside quotes, dollar quotes and comments; comments above stay with it. */
export function statementsOf(text: string): readonly SqlStatement[] {
  const found: SqlStatement[] = [];
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|\$(\w*)\$[\s\S]*?\$\1\$|;/g;
  let start = 0;
  for (const match of text.matchAll(token)) {
    if (match[0] !== ";") continue;
    found.push(statementAt(text, start, match.index));
    start = match.index + 1;
  }
  if (text.slice(start).trim() !== "") found.push(statementAt(text, start, text.length));
  return found;
}

function statementAt(text: string, start: number, end: number): SqlStatement {
  const body = text.slice(start, end);
  const code = start + Math.max(0, body.search(/^\s*(?!--)[^\s-]/m));
  const lead = /^\s*/.exec(text.slice(code))![0].length;
  return { text: body, line: text.slice(0, code + lead).split("\n").length };
}
