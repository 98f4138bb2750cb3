/** The line of one figure over its windows, its thresholds dashed. The table beside it says the same. */
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import type { SeriesAnswer } from "@sandbank/sandbox/contract";
import { formatInstant, type Lang } from "@sandbank/kernel/words";
import { indicatorFigure, type IndicatorUnit } from "@sandbank/ui";
import { sayIn, useSetting } from "../setting.ts";
import { indicatorWords as words } from "../words/indicator.words.ts";

const HEIGHT_PX = 240;

type Line = (number | null)[];

interface LineProps {
  readonly windows: SeriesAnswer["windows"];
  /** `figure/subject`. */
  readonly figure: string;
}

export function IndicatorLine({ windows, figure }: LineProps) {
  const { lang } = useSetting();
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const found = windows.map((window) =>
    window.figures.find((one) => `${one.figure}/${one.subject}` === figure),
  );
  const kind = found.find((one) => one !== undefined);
  const unit = kind?.unit ?? "count";
  const span = windows[0]?.span ?? "day";
  const known = found.filter((one) => one !== undefined && one.value !== null).length;
  const drawn = known >= 2;
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const made = new uPlot(
      optionsOf({ width: box.clientWidth, unit, lang, span }),
      [[], [], [], []],
      box,
    );
    plot.current = made;
    const watch = new ResizeObserver(() =>
      made.setSize({ width: box.clientWidth, height: HEIGHT_PX }),
    );
    watch.observe(box);
    return () => {
      watch.disconnect();
      made.destroy();
    };
  }, [unit, lang, span, drawn]);
  useEffect(() => {
    // uPlot draws in numbers; they come from exact strings and are only ever looked at.
    const times = windows.map(({ begins }) => Date.parse(begins) / 1000);
    const number = (text: string | null | undefined) =>
      text === null || text === undefined ? null : Number(text);
    const values: Line = found.map((one) => number(one?.value));
    const bound = (name: "watch" | "act"): Line => times.map(() => number(kind?.[name]));
    plot.current?.setData([times, values, bound("watch"), bound("act")]);
  });
  if (!drawn) return <p className="quiet">{sayIn(lang)(words.one_window)}</p>;
  return <div ref={place} className="plot" aria-hidden="true" />;
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** What a window is called on the axis: the hour, the day or the month that it begins with. */
function windowText(at: number, span: "hour" | "day" | "month"): string {
  const text = formatInstant(at * 1000);
  return span === "hour"
    ? text.slice(5, 16)
    : span === "day"
      ? text.slice(5, 10)
      : text.slice(0, 7);
}

function optionsOf({
  width,
  unit,
  lang,
  span,
}: {
  readonly width: number;
  readonly unit: IndicatorUnit;
  readonly lang: Lang;
  readonly span: "hour" | "day" | "month";
}): uPlot.Options {
  const axis = {
    stroke: colour("ink-2"),
    font: `13px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: colour("line"), width: 1 },
    ticks: { show: false },
  };
  const dashed = (name: string) => ({
    stroke: colour(name),
    width: 2,
    dash: [6, 5],
    points: { show: false },
  });
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true },
      y: { range: (_plot, low, high) => [Math.min(0, low), Math.max(1, high) * 1.08] },
    },
    axes: [
      { ...axis, space: 110, values: (_plot, splits) => splits.map((at) => windowText(at, span)) },
      {
        ...axis,
        size: 110,
        values: (_plot, splits) =>
          splits.map((one) => indicatorFigure(BigInt(Math.round(one)), unit, lang)),
      },
    ],
    series: [
      {},
      { stroke: colour("water"), width: 2, points: { show: true, size: 6 } },
      dashed("ink-2"),
      dashed("ink"),
    ],
  };
}
