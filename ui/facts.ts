/**
 * Facts: description lists for what is true of one thing, real tables with captions for what is
 * compared, and the words for when there is nothing. On a phone a table turns into cards by its own
 * labels; it is never an image and never scrolls sideways.
 */
import { type Html, type Printable, attribute, html } from "./html.ts";

export interface Fact {
  readonly term: string;
  readonly value: Printable;
}

/** A description list; facts without a value are left out. `wide` sets term and value side by side. */
export function facts(list: readonly Fact[], width: "wide" | "narrow" = "narrow"): Html {
  return html`<dl class="facts${width === "wide" ? " wide" : ""}">
    ${list
      .filter(
        ({ value }) => value !== undefined && value !== null && value !== false && value !== "",
      )
      .map(
        ({ term, value }) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
}

export interface Column<Row> {
  readonly title: string;
  /** Figures: right-aligned, never broken. */
  readonly numeric?: boolean;
  cell(row: Row): Printable;
}

/** A table whose first column heads its rows. `caption` is read out always, shown if `seen`. */
export function table<Row>(content: {
  readonly caption: string;
  readonly seen?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
}): Html {
  const { columns, rows } = content;
  const heads = columns.map(
    (column) =>
      html`<th scope="col" ${attribute("class", column.numeric && "num")}>${column.title}</th>`,
  );
  const lines = rows.map(
    (row) =>
      html`<tr>
        ${columns.map((column, at) => cellOf(column, row, at))}
      </tr>`,
  );
  return html`<div class="panel flush">
    <table class="cards">
      <caption class="${content.seen ? "seen" : "sr"}">
        ${content.caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`;
}

function cellOf<Row>(column: Column<Row>, row: Row, at: number): Html {
  const value = column.cell(row);
  if (at === 0) return html`<th scope="row">${value}</th>`;
  const kind = attribute("class", column.numeric && "num");
  return html`<td${kind} data-label="${column.title}"><span>${value}</span></td>`;
}

/** In place of a list that has nothing in it: one sentence that says so, and what to do if anything. */
export function empty(sentence: string, act?: Html): Html {
  return html`<div class="panel empty">
    <p>${sentence}</p>
    ${act && html`<p>${act}</p>`}
  </div>`;
}

export type NoteTone = "plain" | "tide" | "ok" | "warn" | "stop";

/** A remark set apart. `stop` only where somebody must act now or has lost something. */
export function note(tone: NoteTone, content: Printable, label?: string): Html {
  const kind = tone === "plain" ? "note" : `note ${tone}`;
  return html`<div
    class="${kind} stack-s"
    ${label !== undefined && attribute("role", "note")}${attribute("aria-label", label)}
  >
    ${content}
  </div>`;
}
