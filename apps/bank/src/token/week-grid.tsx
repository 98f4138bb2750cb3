/**
 * The week as a grid of hours to press: seven days across, twenty-four hours down, so that a square
 * is wide enough for a finger on a narrow phone. One stop for the keyboard: arrows move, the space
 * bar turns. The heads turn a whole day or an hour of every day. A mouse may draw over several.
 */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { sayIn, useSetting } from "../setting.ts";
import { DAY_MARKS, DAY_WORDS, hourWords as words } from "../words/hour.words.ts";
import {
  clockText,
  DAYS,
  dayTurned,
  HOURS,
  hourTurned,
  isAllowed,
  turned,
  type Week,
  withHours,
} from "./week.ts";

/** A place of the grid; row 0 and column 0 are the heads. */
interface Place {
  readonly row: number;
  readonly column: number;
}

const MOVES: Readonly<Record<string, (at: Place) => Place>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }) => ({ row, column: DAYS }),
};

/** Where a key leads, within the grid and never to its empty corner. */
function movedTo(key: string, at: Place): Place | undefined {
  const move = MOVES[key]?.(at);
  if (move === undefined) return undefined;
  const row = Math.min(HOURS, Math.max(0, move.row));
  const column = Math.min(DAYS, Math.max(0, move.column));
  return row === 0 && column === 0 ? at : { row, column };
}

interface WeekGridProps {
  readonly week: Week;
  change(week: Week): void;
}

/** The week after the place at hand was pressed. */
function pressed(week: Week, { row, column }: Place): Week {
  if (row === 0) return dayTurned(week, column - 1);
  return column === 0 ? hourTurned(week, row - 1) : turned(week, column - 1, row - 1);
}

/** The grid as it is being used: where the keyboard stands, and what each square does when pressed. */
function useGrid({ week, change }: WeekGridProps) {
  const [at, setAt] = useState<Place>({ row: 1, column: 1 });
  const [moved, setMoved] = useState(false);
  const table = useRef<HTMLTableElement>(null);
  /** What the mouse draws while its button is down. */
  const drawing = useRef<boolean>(undefined);
  useEffect(() => {
    if (moved) table.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  }, [at, moved]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = movedTo(event.key, at);
    if (to === undefined && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (to === undefined) return change(pressed(week, at));
    setMoved(true);
    setAt(to);
  };
  const draw = (event: PointerEvent, { row, column }: Place) => {
    if (event.pointerType !== "mouse" || event.buttons !== 1 || row === 0 || column === 0) return;
    drawing.current ??= !isAllowed(week, column - 1, row - 1);
    change(withHours(week, column - 1, { from: row - 1, to: row, on: drawing.current }));
  };
  const square = (row: number, column: number) => ({
    tabIndex: row === at.row && column === at.column ? 0 : -1,
    onClick: () => {
      setAt({ row, column });
      if (drawing.current === undefined) change(pressed(week, { row, column }));
      drawing.current = undefined;
    },
    onPointerEnter: (event: PointerEvent) => draw(event, { row, column }),
  });
  return { table, onKeyDown, square };
}

export function WeekGrid({ week, change }: WeekGridProps) {
  const say = sayIn(useSetting().lang);
  const { table, onKeyDown, square } = useGrid({ week, change });
  return (
    <table
      role="grid"
      className="hour-grid"
      aria-label={say(words.grid)}
      ref={table}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr>
          <td />
          {DAY_WORDS.map((name, day) => (
            <th key={name.en} scope="col" {...square(0, day + 1)}>
              <span aria-hidden="true">{say(DAY_MARKS[day] ?? name)}</span>
              <span className="sr">{say(name)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: HOURS }, (_, hour) => {
          const span = { from: clockText(hour), to: clockText(hour + 1) };
          return (
            <tr key={hour}>
              <th scope="row" aria-label={say(words.row, span)} {...square(hour + 1, 0)}>
                {hour}
              </th>
              {DAY_WORDS.map((name, day) => (
                <td
                  key={name.en}
                  role="gridcell"
                  aria-selected={isAllowed(week, day, hour)}
                  aria-label={say(words.cell, { day: say(name), ...span })}
                  {...square(hour + 1, day + 1)}
                />
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
