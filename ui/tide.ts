/**
 * The tide bar: one drawing for everything that can run out, be it a pilot's scale, a customer's
 * limit or a token's day. Water is what has been used, sand the room that is left, the flag a
 * target, the post the cap, a dashed frame what was asked and did not fit. The drawing is silent to
 * screen readers; `scaleBar` puts the same figures beside it in words.
 */
import { type Lang, type Text, say } from "@sandbank/kernel/words";
import { type Unit, bareFigure, figureShort, share } from "./figures.ts";
import { type Html, type Printable, attribute, html, nothing } from "./html.ts";
import { uiWords } from "./words.ts";

export interface Tide {
  /** Names the gradient of an open shore; unique on the page, letters, digits and dashes. */
  readonly id: string;
  readonly actual?: bigint | undefined;
  readonly target?: bigint | undefined;
  readonly cap?: bigint | undefined;
  readonly asked?: bigint | undefined;
  readonly thin?: boolean;
}

/** Where the things on a bar stand, in hundredths of a percent of its width. */
export interface TideMarks {
  readonly water: bigint;
  readonly sand: bigint;
  readonly flag?: bigint;
  readonly wall?: bigint;
  readonly ask?: bigint;
  /** There is a target, but so far above the cap that drawing it would hide everything else. */
  readonly flagOff: boolean;
}

const WHOLE = 10_000n;

function most(...values: readonly (bigint | undefined)[]): bigint {
  return values.reduce<bigint>((top, one) => (one !== undefined && one > top ? one : top), 0n);
}

/** Lays the bar out. Use beyond a cap that was lowered later fills the bar; the post stays inside. */
export function tideMarks(bar: Omit<Tide, "id" | "thin">): TideMarks {
  const actual = bar.actual ?? 0n;
  const { target, cap, asked } = bar;
  const flagOff = target !== undefined && cap !== undefined && target > cap * 2n;
  const reach = asked === undefined ? actual : actual + asked;
  const drawn = flagOff ? undefined : target;
  const whole = cap === undefined ? (most(reach, drawn) * 115n) / 100n : most(reach, drawn, cap);
  const at = (value: bigint) => (whole === 0n ? 0n : (value * WHOLE) / whole);
  return {
    water: at(actual),
    sand: cap === undefined ? WHOLE : at(cap),
    ...(drawn === undefined ? {} : { flag: at(drawn) }),
    ...(cap === undefined ? {} : { wall: at(cap) }),
    ...(asked === undefined ? {} : { ask: at(asked) }),
    flagOff,
  };
}

function percent(hundredths: bigint): string {
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}%`;
}

const SHAPES = {
  full: {
    height: 36,
    wave: "M-2 0H0C6 8-4 12-1 19S6 29 1 36H-2z",
    foam: "M0 0C6 8-4 12-1 19S6 29 1 36",
    pole: "M0-9V36",
    flag: "M0-9h10l-3 4 3 4H0z",
    wall: { y: -5, width: 6, height: 46 },
  },
  thin: {
    height: 12,
    wave: "M-2 0H0C3 4-2 8 1 12H-2z",
    foam: "M0 0C3 4-2 8 1 12",
    pole: "M0-5V12",
    flag: "M0-5h6l-2 2.5 2 2.5H0z",
    wall: { y: -3, width: 4, height: 18 },
  },
} as const;

/** The drawing alone. Say the figures beside it. */
export function tide(bar: Tide): Html {
  const marks = tideMarks(bar);
  const shape = bar.thin ? SHAPES.thin : SHAPES.full;
  const { height, wall } = shape;
  const shore =
    marks.wall === undefined
      ? html`<linearGradient id="shore-${bar.id}"
            ><stop class="fade-a" offset=".7" /><stop class="fade-b" offset="1" /></linearGradient
          ><rect fill="url(#shore-${bar.id})" width="100%" height="${height}" rx="2" />`
      : html`<rect class="sand" width="${percent(marks.sand)}" height="${height}" rx="2" />`;
  const water =
    marks.water > 0n &&
    html`<rect class="water" width="${percent(marks.water)}" height="${height}" /><svg
        x="${percent(marks.water)}"
        overflow="visible"
      >
        <path class="water" d="${shape.wave}" />
        <path class="foam" d="${shape.foam}" />
      </svg>`;
  const flag =
    marks.flag !== undefined &&
    html`<svg x="${percent(marks.flag)}" overflow="visible">
      <path class="halo" d="${shape.pole}" />
      <path class="stake" d="${shape.pole}" />
      <path class="flag" d="${shape.flag}" />
    </svg>`;
  const ask =
    marks.ask !== undefined &&
    html`<rect
      class="ask"
      x="${percent(marks.water)}"
      y="6"
      width="${percent(marks.ask)}"
      height="${height - 12}"
      transform="translate(-1)"
    />`;
  const post =
    marks.wall !== undefined &&
    html`<rect
      class="wall"
      x="${percent(marks.wall)}"
      y="${wall.y}"
      width="${wall.width}"
      height="${wall.height}"
      transform="translate(-${wall.width})"
    />`;
  return html`<svg class="tide${bar.thin ? " thin" : ""}" aria-hidden="true">
    ${shore}${water}${flag}${ask}${post}
  </svg>`;
}

export interface ScaleBar extends Tide {
  readonly lang: Lang;
  readonly label: string;
  readonly unit: Unit;
  /** The target as it was stated: "不低于1,000亿元", "up to 1,000,000,000 (ambition)". */
  readonly targetWords?: string;
  /** Remarks under the bar: as of when, from what source, by which clause. */
  readonly notes?: readonly string[];
  /** `used` calls the water used and the sand left; `scale`, the usual, calls it actual. */
  readonly kind?: "scale" | "used";
  /** Heading level of the label; 0 prints it as plain words. */
  readonly level?: 0 | 3;
}

/** A labelled bar with its text twin: the figure in words, the drawing, a key with every value. */
export function scaleBar(bar: ScaleBar): Html {
  const { lang, unit } = bar;
  const label = bar.level === 3 ? html`<h3>${bar.label}</h3>` : html`<span>${bar.label}</span>`;
  const total = bar.actual !== undefined && html`<b>${figureShort(bar.actual, unit, lang)}</b>`;
  const known = bar.actual !== undefined && bar.level === 3;
  const attained = known ? share(bar.actual ?? 0n, bar.target) : undefined;
  // A target alone has nothing to be measured against; words are enough.
  const drawn = bar.actual !== undefined || bar.cap !== undefined;
  const below = [
    attained !== undefined && say(uiWords.of_target, lang, { share: attained }),
    ...(bar.notes ?? []),
  ].filter((line) => line !== false);
  return html`<div class="scale">
    <div class="row apart">${label} ${total}</div>
    ${drawn && tide(bar)}
    <dl class="key">${keyOf(bar)}</dl>
    ${below.length > 0 && html`<p class="small lines">${below.map((line) => html`<span>${line}</span>`)}</p>`}
  </div>`;
}

function keyOf(bar: ScaleBar): readonly Printable[] {
  const { lang, unit, actual, cap } = bar;
  const entry = (mark: string, word: Text, value: string) =>
    html`<div><dt${attribute("class", mark || undefined)}>${say(word, lang)}</dt><dd>${value}</dd></div>`;
  const used = bar.kind === "used";
  return [
    actual !== undefined &&
      entry("k-water", used ? uiWords.used : uiWords.actual, bareFigure(actual, unit, lang)),
    used && cap !== undefined && entry("k-sand", uiWords.left, bareFigure(room(bar), unit, lang)),
    targetOf(bar),
    cap === undefined
      ? entry("", uiWords.cap, say(uiWords.no_cap, lang))
      : entry("k-wall", uiWords.cap, bareFigure(cap, unit, lang)),
  ];
}

function targetOf(bar: ScaleBar): Html {
  const { lang } = bar;
  if (bar.target === undefined && bar.targetWords === undefined) return nothing;
  const stated = bar.targetWords ?? bareFigure(bar.target ?? 0n, bar.unit, lang);
  const off = tideMarks(bar).flagOff || bar.target === undefined;
  const title = say(uiWords.target, lang);
  if (!off)
    return html`<div>
      <dt class="k-stake">${title}</dt>
      <dd>${stated}</dd>
    </div>`;
  return html`<div>
    <dt>${title}</dt>
    <dd>${stated}</dd>
  </div>`;
}

function room(bar: ScaleBar): bigint {
  const left = (bar.cap ?? 0n) - (bar.actual ?? 0n);
  return left > 0n ? left : 0n;
}
