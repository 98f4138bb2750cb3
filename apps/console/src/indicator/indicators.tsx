/** Every indicator of a pilot in one window, each with its state against its thresholds. */
import { NativeSelect } from "@mantine/core";
import type { BoardAnswer, Span } from "@sandbank/sandbox/contract";
import { SOURCE_WORDS } from "@sandbank/ui";
import { useAsk } from "../ask.ts";
import { Fold, useRoom } from "../parts/fold.tsx";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { indicatorWords as words } from "../words/indicator.words.ts";
import { FigureList, StandingTag } from "./figure.tsx";

const EVERY_MS = 4_000;
export const SPANS = ["hour", "day", "month"] as const satisfies readonly Span[];

/** The span that an address asks for; a day unless it says otherwise. */
export function spanOf(query: URLSearchParams): Span {
  return SPANS.find((one) => one === query.get("span")) ?? "day";
}

export function IndicatorsPage({
  slug,
  query,
}: {
  readonly slug: string;
  readonly query: URLSearchParams;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const span = spanOf(query);
  const path = `/api/pilots/${encodeURIComponent(slug)}/indicators?span=${span}`;
  const board = useAsk<BoardAnswer>(path, { lang, every_ms: EVERY_MS });
  const name = usePilotName(slug);
  const { value } = board;
  return (
    <Titled
      title={say(words.title, { pilot: name })}
      above={[
        { to: addressOf(lang, ["pilots"]), label: say(frameWords.pilots) },
        { to: addressOf(lang, ["pilots", slug]), label: name },
      ]}
      lead={<p>{say(words.lead)}</p>}
    >
      <div className="row apart">
        <SpanSelect
          span={span}
          choose={(next) => go(addressOf(lang, ["indicators", slug], { span: next }), "replace")}
        />
        {value !== undefined && <AsOf reading={value} />}
      </div>
      <Pending reading={board} lines={8} />
      {value !== undefined && <Board board={value} />}
    </Titled>
  );
}

/** The pilot's name as the frame has read it; its slug until then. */
export function usePilotName(slug: string): string {
  const { lang } = useSetting();
  const { pilots } = useReadings();
  const found = pilots.value?.pilots.find((pilot) => pilot.slug === slug);
  return found === undefined ? slug : sayIn(lang)(found.name);
}

export function SpanSelect({
  span,
  choose,
}: {
  readonly span: Span;
  readonly choose: (span: Span) => void;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <NativeSelect
      label={say(words.span)}
      value={span}
      onChange={(event) => choose(SPANS.find((one) => one === event.currentTarget.value) ?? "day")}
      data={SPANS.map((value) => ({ value, label: say(words[value]) }))}
    />
  );
}

/** Up to which instant acts are counted, and how many are not yet. */
export function AsOf({
  reading,
}: {
  readonly reading: { readonly asOf: string | null; readonly behind: string };
}) {
  const { lang } = useSetting();
  return <p className="small">{asOfText(reading, sayIn(lang))}</p>;
}

function asOfText(
  { asOf, behind }: { readonly asOf: string | null; readonly behind: string },
  say: Saying,
): string {
  if (asOf === null) return say(words.as_of_never);
  const at = momentText(asOf);
  return behind === "0" ? say(words.as_of, { at }) : say(words.as_of_behind, { at, behind });
}

type Indicator = BoardAnswer["indicators"][number];

/** Where there is little room: what has reached a threshold at once, the rest folded by its state. */
const GROUPS = [
  { id: "reached", title: words.group_reached, of: ["act", "watch"] },
  { id: "good", title: words.group_good, of: ["good"] },
  { id: "untold", title: words.group_untold, of: ["none", "nothing"] },
  { id: "absent", title: words.group_absent, of: ["absent"] },
] as const;

function Board({ board }: { readonly board: BoardAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { indicators } = board;
  if (useRoom()) {
    return (
      <div className="panel flush">
        <Indicators board={board} shown={indicators} caption={say(words.table)} />
      </div>
    );
  }
  return GROUPS.map(({ id, title, of }) => {
    const shown = indicators.filter(({ standing }) => of.some((one) => one === standing));
    if (shown.length === 0) return null;
    return (
      <Fold
        id={id}
        title={say(title, { n: String(shown.length) })}
        pressing={id === "reached"}
        key={id}
      >
        <Indicators board={board} shown={shown} caption={say(words.table)} />
      </Fold>
    );
  });
}

interface IndicatorsProps {
  readonly board: BoardAnswer;
  readonly shown: readonly Indicator[];
  readonly caption: string;
}

function Indicators({ board, shown, caption }: IndicatorsProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <table className="cards">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say(words.indicator)}</th>
          <th scope="col">{say(words.figures)}</th>
          <th scope="col">{say(words.standing)}</th>
          <th scope="col">{say(words.source)}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.id}>
            <th scope="row">
              <Go
                to={addressOf(lang, ["indicators", board.pilot, one.id], { span: board.span })}
                className="go-to"
              >
                {say(one.name)}
              </Go>
              <p className="small">{one.id}</p>
            </th>
            <td data-label={say(words.figures)}>
              <FigureList figures={one.figures} />
            </td>
            <td data-label={say(words.standing)}>
              <StandingTag standing={one.standing} />
            </td>
            <td data-label={say(words.source)} className="small">
              {say(SOURCE_WORDS[one.source])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
