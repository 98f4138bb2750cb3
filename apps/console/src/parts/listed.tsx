/** A list: a table at a desk, cards on a phone. Each column says its head and its cells at once. */
import type { Key, ReactNode } from "react";

export interface Column<Row> {
  readonly head: string;
  /** Figures stand to the right; a meter is a bar without words. */
  readonly look?: "num" | "meter";
  /** True for a head that only screen readers need. */
  readonly silent?: boolean;
  cell(row: Row): ReactNode;
}

interface ListedProps<Row> {
  readonly caption: string;
  /** The first column names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row, at: number): Key;
  /** True where bars stand beside figures. */
  readonly bars?: boolean;
}

/** Each cell is one box, since on a phone it stands across from its label. */
export function Listed<Row>({ caption, columns, rows, keyOf, bars = false }: ListedProps<Row>) {
  return (
    <table className={bars ? "cards caps" : "cards"}>
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, look, silent }, column) => (
            <th scope="col" className={look === "num" ? look : undefined} key={column}>
              {silent ? <span className="sr">{head}</span> : head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={keyOf(row, at)}>
            {columns.map(({ head, look, silent, cell }, column) =>
              column === 0 ? (
                <th scope="row" key={column}>
                  {cell(row)}
                </th>
              ) : (
                <td className={look} data-label={silent ? undefined : head} key={column}>
                  {look === "meter" ? cell(row) : <div>{cell(row)}</div>}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PanelProps<Row> extends Omit<ListedProps<Row>, "caption"> {
  readonly id: string;
  readonly title: string;
  /** The caption where it says more than the title. */
  readonly caption?: string;
  /** Said instead of the list where it is empty. */
  readonly none: string;
}

/** A panel with one list in it, and a sentence where the list is empty. */
export function ListPanel<Row>({ id, title, caption = title, none, ...list }: PanelProps<Row>) {
  return (
    <section className="panel flush" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{title}</h2>
      </div>
      {list.rows.length === 0 ? (
        <p className="empty">{none}</p>
      ) : (
        <Listed caption={caption} {...list} />
      )}
    </section>
  );
}
