/** One line: the use of one limit over the last minutes, its cap dashed, with words and a table. */
import { NativeSelect } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import type { LimitsAnswer } from "@sandbank/sandbox/contract";
import {
  formatInstant,
  formatInstantTime,
  formatCountShort,
  formatMoneyShort,
  type Lang,
} from "@sandbank/kernel/words";
import { sayIn, useSetting } from "../setting.ts";
import { pilotWords as words } from "../words/pilot.words.ts";
import { figureOf, type Limit, momentText } from "./figures.ts";
import { type Point, pointsOf } from "./history.ts";

const HEIGHT_PX = 220;
const ROWS_SHOWN = 30;
/** Steps of the time axis: nobody reads parts of a second. */
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];

export function UsePlot({ answer }: { readonly answer: LimitsAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const measured = answer.limits.filter((limit) => limit.used !== null);
  const [chosen, setChosen] = useState<string>();
  const limit =
    measured.find((one) => one.id === chosen) ??
    measured.find((one) => one.window === "day") ??
    measured[0];
  if (limit === undefined) return null;
  const points = pointsOf(answer.pilot, limit.id);
  const label = say(limit.label);
  return (
    <section className="panel stack" aria-labelledby="plot">
      <div className="row apart">
        <h2 id="plot">{say(words.plot)}</h2>
        <NativeSelect
          label={say(words.plot_of)}
          value={limit.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={measured.map((one) => ({ value: one.id, label: say(one.label) }))}
        />
      </div>
      <p>
        {say(words.plot_says, {
          label,
          at: momentText(answer.at),
          used: figureOf(limit.used ?? "0", limit.unit, lang),
          cap: figureOf(limit.cap, limit.unit, lang),
        })}
      </p>
      {points.length < 2 ? (
        <p className="quiet plot">{say(words.plot_waits)}</p>
      ) : (
        <Line points={points} limit={limit} />
      )}
      <Twin points={points} limit={limit} caption={say(words.plot_caption, { label })} />
    </section>
  );
}

/** uPlot draws in numbers; they come from exact strings and are only ever looked at. */
function Line({ points, limit }: { readonly points: readonly Point[]; readonly limit: Limit }) {
  const { lang } = useSetting();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const { cap, unit } = limit;
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const made = new uPlot(optionsOf({ width: box.clientWidth, unit, lang }), [[], [], []], box);
    plot.current = made;
    const watch = new ResizeObserver(() =>
      made.setSize({ width: box.clientWidth, height: HEIGHT_PX }),
    );
    watch.observe(box);
    return () => {
      watch.disconnect();
      made.destroy();
    };
  }, [unit, lang]);
  useEffect(() => {
    const times = points.map((point) => point.at / 1000);
    const used = points.map((point) => Number(point.used));
    plot.current?.setData([times, used, times.map(() => Number(cap))]);
  }, [points, cap, unit, lang]);
  return <div ref={place} className="plot" aria-hidden="true" />;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function optionsOf({
  width,
  unit,
  lang,
}: {
  readonly width: number;
  readonly unit: Limit["unit"];
  readonly lang: Lang;
}): uPlot.Options {
  const short = (value: number) => {
    const whole = BigInt(Math.round(value));
    return unit === "fen" ? formatMoneyShort(whole, lang) : formatCountShort(whole, lang);
  };
  const axis = {
    stroke: colour("ink-2"),
    font: `13px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: colour("line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true },
      y: { range: (_plot, _low, high) => [0, Math.max(1, high) * 1.08] },
    },
    axes: [
      {
        ...axis,
        space: 90,
        incrs: SECONDS,
        values: (_plot, splits) => splits.map((at) => clockText(at * 1000)),
      },
      { ...axis, size: 110, values: (_plot, splits) => splits.map(short) },
    ],
    series: [
      {},
      { stroke: colour("water"), width: 2, fill: `${colour("water")}26`, points: { show: false } },
      { stroke: colour("ink"), width: 2, dash: [6, 5], points: { show: false } },
    ],
  };
}

function clockText(at: number): string {
  const seconds = formatInstant(at).slice(-2);
  return seconds === "00" ? formatInstantTime(at) : `${formatInstantTime(at)}:${seconds}`;
}

function Twin({
  points,
  limit,
  caption,
}: {
  readonly points: readonly Point[];
  readonly limit: Limit;
  readonly caption: string;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <details>
      <summary>{say(words.plot_table)}</summary>
      <div className="boxed">
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.at)}</th>
              <th scope="col" className="num">
                {say(words.used)}
              </th>
            </tr>
          </thead>
          <tbody>
            {points
              .slice(-ROWS_SHOWN)
              .toReversed()
              .map((point) => (
                <tr key={point.at}>
                  <td>
                    <time>{formatInstant(point.at)}</time>
                  </td>
                  <td className="num">{figureOf(point.used, limit.unit, lang)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
