/** Acts of a journal as a table: a short one for Today, and one whose rows can be checked. */
import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { Fragment, type ReactNode, useMemo } from "react";
import type { JournalAnswer } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { commandWords, journalWords as words } from "../words/journal.words.ts";

export type Entry = JournalAnswer["entries"][number];

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, Entry>();

/** What a column is called, for its head and for the label of its cell on a phone. */
const HEADS: Readonly<Record<string, Text>> = {
  seq: words.seq,
  at: words.at,
  command: words.command,
  class: words.class,
  outcome: words.outcome,
  policyVersion: words.policy,
};

export function OutcomeTag({ outcome }: { readonly outcome: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (outcome === "accepted") return <Tag tone="ok">{say(words.accepted)}</Tag>;
  return <Tag tone="warn">{say(words.refused)}</Tag>;
}

/** What was done in words; where rows are checked, the name that the log has for it too. */
function CommandName({ command, whole }: { readonly command: string; readonly whole: boolean }) {
  const { lang } = useSetting();
  const said = commandWords[command];
  if (said === undefined) return <code>{command}</code>;
  if (!whole) return sayIn(lang)(said);
  return (
    <span>
      {sayIn(lang)(said)}
      <br />
      <code className="small">{command}</code>
    </span>
  );
}

function columnsOf(say: Saying, whole: boolean) {
  const head = (name: string) => say(HEADS[name] ?? words.check);
  const short = helper.columns([
    helper.accessor("seq", { header: head("seq"), cell: (cell) => cell.getValue() }),
    helper.accessor("at", {
      header: head("at"),
      cell: (cell) => <time>{momentText(cell.getValue())}</time>,
    }),
    helper.accessor("command", {
      header: head("command"),
      cell: (cell) => <CommandName command={cell.getValue()} whole={whole} />,
    }),
    helper.accessor("outcome", {
      header: head("outcome"),
      cell: (cell) => (
        <span>
          <OutcomeTag outcome={cell.getValue()} />
          {whole && cell.getValue() !== "accepted" && (
            <>
              <br />
              <a className="go-to" href={`/problems/${cell.getValue()}`}>
                <code className="small">{cell.getValue()}</code>
              </a>
            </>
          )}
        </span>
      ),
    }),
  ]);
  if (!whole) return short;
  const rest = helper.columns([
    helper.accessor("class", { header: head("class"), cell: (cell) => cell.getValue() }),
    helper.accessor("policyVersion", {
      header: head("policyVersion"),
      cell: (cell) => cell.getValue(),
    }),
  ]);
  return [...short, ...rest];
}

interface ActTableProps {
  readonly entries: readonly Entry[];
  /** What can be done with an act, at the end of its row. */
  readonly act?: (entry: Entry) => ReactNode;
  /** What stands under the row of an act, over its whole width. */
  readonly below?: (entry: Entry) => ReactNode;
}

export function ActTable({ entries, act, below }: ActTableProps) {
  const { lang } = useSetting();
  const whole = act !== undefined;
  const say = sayIn(lang);
  const columns = useMemo(() => columnsOf(sayIn(lang), whole), [lang, whole]);
  const data = useMemo(() => [...entries], [entries]);
  const table = useTable({ features, columns, data, getRowId: (entry: Entry) => entry.seq });
  return (
    <table className="cards">
      <caption className="sr">{say(words.table)}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th scope="col" key={header.id}>
                <table.FlexRender header={header} />
              </th>
            ))}
            {whole && <th scope="col">{say(words.check)}</th>}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => {
          const under = below?.(row.original);
          return (
            <Fragment key={row.id}>
              <tr>
                {row.getAllCells().map((cell, at) =>
                  at === 0 ? (
                    <th scope="row" key={cell.id}>
                      <table.FlexRender cell={cell} />
                    </th>
                  ) : (
                    <td key={cell.id} data-label={say(HEADS[cell.column.id] ?? words.check)}>
                      <table.FlexRender cell={cell} />
                    </td>
                  ),
                )}
                {act !== undefined && <td data-label={say(words.check)}>{act(row.original)}</td>}
              </tr>
              {under !== undefined && under !== null && (
                <tr>
                  <td colSpan={row.getAllCells().length + 1}>{under}</td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
