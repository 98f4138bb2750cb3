/** The hours of a week as they stand: a bar for the eye, the same in words beside it. */
import { sayIn, useSetting } from "../setting.ts";
import { DAY_WORDS, hourWords as words } from "../words/hour.words.ts";
import { dayHours, HOURS, spansOf, type Week } from "./week.ts";

const QUARTERS = ["25%", "50%", "75%"] as const;
const MARKS = [0, 6, 12, 18, 24] as const;

const share = (hours: number) => `${(hours * 100) / HOURS}%`;

export function WeekTable({ week }: { readonly week: Week }) {
  const say = sayIn(useSetting().lang);
  return (
    <table className="week">
      <caption className="sr">{say(words.caption)}</caption>
      <thead aria-hidden="true">
        <tr>
          <td />
          <td>
            <span className="hours">
              {MARKS.map((hour) => (
                <span key={hour}>{hour}</span>
              ))}
            </span>
          </td>
          <td />
        </tr>
      </thead>
      <tbody>
        {DAY_WORDS.map((name, day) => (
          <tr key={name.en}>
            <th scope="row">{say(name)}</th>
            <td>
              <DayBar week={week} day={day} />
            </td>
            <td>{dayHours(week, day, say)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayBar({ week, day }: { readonly week: Week; readonly day: number }) {
  return (
    <svg aria-hidden="true">
      <rect className="closed" width="100%" height="100%" />
      {spansOf(week, day).map(({ from, to }) => (
        <rect key={from} className="open" x={share(from)} width={share(to - from)} height="100%" />
      ))}
      {QUARTERS.map((x) => (
        <line key={x} className="grid-line" x1={x} x2={x} y2="100%" />
      ))}
    </svg>
  );
}
