/** Plots of a report as inline SVG: bars by month and lanes of what happened. Whole numbers only. */

const BAR = { width: 22, gap: 4, height: 56 } as const;
const LANE = { height: 26, month: 60, left: 170 } as const;

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** A bar for each month, the highest as high as the plot; each says its figure when pointed at. */
export function barsOf(of: {
  readonly months: readonly string[];
  readonly values: readonly bigint[];
  readonly said: (value: bigint) => string;
  readonly title: string;
}): string {
  const { months, values, said, title } = of;
  const top = values.reduce((most, one) => (one > most ? one : most), 1n);
  const width = months.length * (BAR.width + BAR.gap);
  const bars = months.map((month, at) => {
    const value = values[at] ?? 0n;
    const height = Number((value * BigInt(BAR.height)) / top);
    const x = at * (BAR.width + BAR.gap);
    return `<rect x="${x}" y="${BAR.height - height}" width="${BAR.width}" height="${height}"><title>${month}: ${escaped(said(value))}</title></rect>`;
  });
  return `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${width} ${BAR.height + 1}" width="${width}" height="${BAR.height + 1}"><line x1="0" x2="${width}" y1="${BAR.height}" y2="${BAR.height}"/>${bars.join("")}</svg>`;
}

/** Something in a lane, at a thousandth of the whole width. */
export interface Mark {
  readonly lane: string;
  readonly thousandth: number;
  readonly said: string;
}

/** A lane for each pilot over the twelve months, with a mark for whatever happened to it. */
export function lanesOf(of: {
  readonly lanes: readonly string[];
  readonly months: readonly string[];
  readonly marks: readonly Mark[];
  readonly title: string;
}): string {
  const { lanes, months, marks, title } = of;
  const plot = months.length * LANE.month;
  const [width, height] = [LANE.left + plot, (lanes.length + 1) * LANE.height];
  const heads = months.map((month, at) => {
    return `<text x="${LANE.left + at * LANE.month + 2}" y="14">${month}</text>`;
  });
  const rows = lanes.map((lane, at) => {
    const y = (at + 1) * LANE.height + LANE.height / 2;
    const own = marks.filter((mark) => mark.lane === lane);
    const dots = own.map(({ thousandth, said }) => {
      const x = LANE.left + Math.round((thousandth * plot) / 1_000);
      return `<circle cx="${x}" cy="${y}" r="5"><title>${escaped(said)}</title></circle>`;
    });
    return `<text x="0" y="${y + 4}">${lane}</text><line x1="${LANE.left}" x2="${width}" y1="${y}" y2="${y}"/>${dots.join("")}`;
  });
  return `<svg role="img" aria-label="${escaped(title)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${heads.join("")}${rows.join("")}</svg>`;
}
