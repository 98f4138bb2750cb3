/** The tide bar as ui/ lays it out, drawn for React. Silent to screen readers; figures stand beside. */
import { type Tide, tideMarks } from "../tide.ts";

const WAVE = {
  full: {
    height: 36,
    wave: "M-2 0H0C6 8-4 12-1 19S6 29 1 36H-2z",
    foam: "M0 0C6 8-4 12-1 19S6 29 1 36",
  },
  thin: { height: 12, wave: "M-2 0H0C3 4-2 8 1 12H-2z", foam: "M0 0C3 4-2 8 1 12" },
} as const;

function percent(hundredths: bigint): string {
  return `${Number(hundredths) / 100}%`;
}

export function TideBar({ thin = false, ...bar }: Omit<Tide, "id">) {
  const marks = tideMarks(bar);
  const { height, wave, foam } = thin ? WAVE.thin : WAVE.full;
  const post = thin ? { y: -3, width: 4, height: 18 } : { y: -5, width: 6, height: 46 };
  return (
    <svg className={thin ? "tide thin" : "tide"} aria-hidden="true">
      <rect className="sand" width={percent(marks.sand)} height={height} rx="2" />
      {marks.water > 0n && (
        <>
          <rect className="water" width={percent(marks.water)} height={height} />
          <svg x={percent(marks.water)} overflow="visible">
            <path className="water" d={wave} />
            <path className="foam" d={foam} />
          </svg>
        </>
      )}
      {marks.flag !== undefined && !thin && (
        <svg x={percent(marks.flag)} overflow="visible">
          <path className="halo" d="M0-9V36" />
          <path className="stake" d="M0-9V36" />
          <path className="flag" d="M0-9h10l-3 4 3 4H0z" />
        </svg>
      )}
      {marks.ask !== undefined && !thin && (
        <rect
          className="ask"
          x={percent(marks.water)}
          y={6}
          width={percent(marks.ask)}
          height={height - 12}
          transform="translate(-1)"
        />
      )}
      {marks.wall !== undefined && (
        <rect
          className="wall"
          x={percent(marks.wall)}
          {...post}
          transform={`translate(-${post.width})`}
        />
      )}
    </svg>
  );
}
