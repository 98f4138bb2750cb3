/** The rows that a figure sums in one window, as their source keeps them. */
import type { ReactNode } from "react";
import type { RowsAnswer } from "@sandbank/sandbox/contract";
import { indicatorFigure } from "@sandbank/ui";
import { useAsk } from "../ask.ts";
import { OutcomeTag } from "../journal/acts.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { categoryWords, indicatorWords as words } from "../words/indicator.words.ts";
import { exitWords } from "../words/exit.words.ts";
import { hearingWords } from "../words/hearing.words.ts";
import { commandWords, journalWords } from "../words/journal.words.ts";

interface RowsProps {
  readonly slug: string;
  readonly id: string;
  readonly span: string;
  readonly begins: string;
  readonly subject: string;
}

export function Rows({ slug, id, span, begins, subject }: RowsProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const query = new URLSearchParams({ span, begins, subject });
  const path = `/api/pilots/${encodeURIComponent(slug)}/indicators/${id}/rows?${query}`;
  const rows = useAsk<RowsAnswer>(path, { lang });
  const { value } = rows;
  return (
    <section className="panel stack" aria-labelledby="rows">
      <h2 id="rows">{say(words.rows, { from: momentText(begins) })}</h2>
      <Pending reading={rows} lines={4} />
      {value !== undefined && value.kind === "none" && <p>{say(words.rows_hidden)}</p>}
      {value !== undefined && value.kind !== "none" && value.rows.length === 0 && (
        <p className="quiet">{say(words.rows_none)}</p>
      )}
      {value !== undefined && value.rows.length > 0 && <Listed rows={value} />}
      {value?.more === true && <p className="small">{say(words.rows_more)}</p>}
    </section>
  );
}

interface Shape {
  readonly heads: readonly string[];
  readonly lines: readonly (readonly ReactNode[])[];
}

function Listed({ rows }: { readonly rows: RowsAnswer }) {
  const { lang } = useSetting();
  const { heads, lines } = useShape(rows);
  return (
    <div className="boxed">
      <table className="cards">
        <caption className="sr">{sayIn(lang)(words.rows_caption)}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((cells, at) => (
            <tr key={at}>
              {cells.map((cell, column) => (
                <td data-label={heads[column]} key={heads[column]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function actsShape(rows: Extract<RowsAnswer, { kind: "acts" }>["rows"], say: Saying): Shape {
  const { seq: place, at: time, command: what, outcome: how } = journalWords;
  return {
    heads: [place, time, what, how].map((head) => say(head)),
    lines: rows.map(({ seq, at, command, outcome }) => {
      const said = commandWords[command];
      return [
        seq,
        momentText(at),
        said === undefined ? <code>{command}</code> : say(said),
        <OutcomeTag outcome={outcome} key="outcome" />,
      ];
    }),
  };
}

function useShape(answer: RowsAnswer): Shape {
  const { lang } = useSetting();
  const say = sayIn(lang);
  switch (answer.kind) {
    case "acts":
      return actsShape(answer.rows, say);
    case "probes":
      return {
        heads: [say(words.at), say(words.target), say(words.result), say(words.standing)],
        lines: answer.rows.map(({ at, target, status, tookMs, down }) => [
          momentText(at),
          say(target === "page" ? words.target_page : words.target_api),
          status === 0
            ? say(words.no_answer)
            : say(words.answered_with, { status: String(status), ms: tookMs }),
          <Tag tone={down ? "stop" : "ok"} key="down">
            {say(down ? words.is_down : words.is_up)}
          </Tag>,
        ]),
      };
    case "requests":
      return {
        heads: [words.up_to, words.answered, words.refused, words.failed].map((head) => say(head)),
        lines: answer.rows.map(({ upToUs, answered, refused, failed }) => [
          indicatorFigure(upToUs === "0" ? 10_000_001n : BigInt(upToUs), "microsecond", lang),
          ...[answered, refused, failed],
        ]),
      };
    case "uses":
      return {
        heads: [words.rule, words.whose, words.period, words.moved].map((head) => say(head)),
        lines: answer.rows.map(({ rule, whose, period, moved }) => [
          ...[<code key="rule">{rule}</code>, whose, period, moved],
        ]),
      };
    case "incidents":
      return {
        heads: [
          ...[words.number, words.category, words.severity, words.detected, words.resolved],
        ].map((head) => say(head)),
        lines: answer.rows.map(({ number, category, severity, detectedAt, resolvedAt }) => [
          ...[String(number), say(categoryWords[category as keyof typeof categoryWords])],
          ...[severity === null ? "…" : String(severity)],
          ...[momentText(detectedAt), momentText(resolvedAt)],
        ]),
      };
    case "comments":
      return commentsShape(answer.rows, say);
    case "exit":
      return exitShape(answer.rows, say);
    case "none":
      return { heads: [], lines: [] };
  }
}

function commentsShape(
  rows: Extract<RowsAnswer, { kind: "comments" }>["rows"],
  say: Saying,
): Shape {
  const { comment, received, standing, due, answered_on: answered } = words;
  return {
    heads: [comment, received, standing, due, answered, words.changes].map((head) => say(head)),
    lines: rows.map(({ round, number, at, state, due: until, answeredAt, changes }) => [
      say(hearingWords.number, { round: String(round), number: String(number) }),
      ...[momentText(at), say(hearingWords[state]), momentText(until), momentText(answeredAt)],
      say(changes ? words.yes : words.no),
    ]),
  };
}

function exitShape(rows: Extract<RowsAnswer, { kind: "exit" }>["rows"], say: Saying): Shape {
  const { what, name, standing, began, ended } = words;
  return {
    heads: [what, name, standing, began, ended].map((head) => say(head)),
    lines: rows.map(({ what: kind, name: of, state, beganAt, endedAt }) => [
      ...[say(kind === "step" ? words.step : words.item), <code key="name">{of}</code>],
      say(exitWords[state]),
      ...[momentText(beganAt), momentText(endedAt)],
    ]),
  };
}
