/**
 * I29 and I31 computed a second time: comments from the page that everybody reads, the exit from what
 * the year's own people brought to an end, and what is left on a limit from the auditor's facts file.
 */
import { addDays, type Instant, shanghaiDate, shanghaiMidnight } from "@sandbank/kernel/clock";
import { type Act, type Figure, instantOf, type Limit, share, type Span } from "./recount.ts";

/** Rounds and comments of a pilot as its public page states them, RFC 3339. */
export interface HearingPage {
  readonly rounds: readonly { readonly round: number; readonly closes: string }[];
  readonly comments: readonly {
    readonly round: number;
    readonly at: string;
    readonly state: string;
    readonly answer: { readonly changes: boolean; readonly at: string } | null;
  }[];
}

/** Days that an answer may take from the end of its round. */
const ANSWER_DAYS = 15;

/** I29 of one month; nothing where nobody was ever asked. */
export function hearingFigures(
  { rounds, comments }: HearingPage,
  { span, now }: { readonly span: Span; readonly now: Instant },
): Figure[] {
  if (rounds.length === 0) return [];
  const within = (at: Instant) => span.begins <= at && at < span.ends;
  const lastDays = new Map(
    rounds.map(({ round, closes }) => {
      const day = addDays(shanghaiDate(instantOf(closes)), ANSWER_DAYS);
      return [round, shanghaiMidnight(day)];
    }),
  );
  const owed = comments
    .filter(({ state }) => state === "admitted")
    .map(({ round, answer }) => ({
      ...{ due: lastDays.get(round) ?? now, changes: answer?.changes === true },
      answered: answer === null ? undefined : instantOf(answer.at),
    }));
  const past = owed.filter(({ due }) => due <= now && due < span.ends);
  const due = past.filter((one) => within(one.due));
  const inTime = due.filter(({ answered, due: last }) => answered !== undefined && answered < last);
  const open = past.filter(({ answered }) => answered === undefined || answered >= span.ends);
  const changed = owed.filter(
    ({ answered, changes }) => changes && answered !== undefined && within(answered),
  );
  const figure = (name: string, value: number) => ({
    ...{ figure: name, subject: "", value: BigInt(value) },
  });
  return [
    figure("comments", comments.filter(({ at }) => within(instantOf(at))).length),
    share("answered", BigInt(inTime.length), BigInt(due.length)),
    figure("overdue", open.length),
    figure("changes", changed.length),
  ];
}

/** What is known of an exit besides its indicator. */
export interface ExitBooks {
  readonly begun: Instant;
  /** When each step of its plan was closed, of the public page; nothing while it is not. */
  readonly closed: readonly (Instant | undefined)[];
  /** What the year's own people listed and ended on one day, by kind. */
  readonly items: Readonly<Record<string, readonly string[]>>;
  readonly ended: Instant;
  readonly acts: readonly Act[];
  readonly limits: readonly Limit[];
}

/** I31 of one month; nothing where a pilot does not leave. */
export function exitFigures(books: ExitBooks | undefined, span: Span): Figure[] {
  if (books === undefined) return [];
  const { begun, closed, items, ended } = books;
  if (begun >= span.ends) return [share("steps", 0n, 0n)];
  const done = closed.filter((at) => at !== undefined && at < span.ends).length;
  const kinds = ended < span.ends ? Object.entries(items) : [];
  return [
    share("steps", BigInt(done), BigInt(closed.length)),
    ...kinds.map(([kind, { length }]) => ({
      ...{ ...share("obligations", BigInt(length), BigInt(length)), subject: kind },
    })),
    ...leftOn(books, span),
  ];
}

/** Of each limit on the whole pilot that gives back: what is left of what stood on it. */
function leftOn({ begun, acts, limits }: ExitBooks, span: Span): Figure[] {
  const stood = (id: string, until: Instant) =>
    acts
      .filter(({ at }) => at < until)
      .flatMap(({ moves }) => moves)
      .reduce((sum, { rule, by }) => (rule === id ? sum + by : sum), 0n);
  return limits
    .filter(({ scope, window, measure }) => {
      return scope === "pilot" && window === "none" && /^(?:amount|count)$/.test(measure);
    })
    .map(({ id }) => ({ id, opening: stood(id, begun) }))
    .filter(({ opening }) => opening !== 0n)
    .map(({ id, opening }) => ({
      ...{ ...share("residual", stood(id, span.ends), opening), subject: id },
    }));
}
