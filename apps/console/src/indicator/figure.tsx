/** A figure of an indicator with its label, and where it stands as a word with a mark. */
import { indicatorFigure, STANDING_WORDS } from "@sandbank/ui";
import type { FigureAnswer, Standing } from "@sandbank/sandbox/contract";
import { Tag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { indicatorWords as words } from "../words/indicator.words.ts";

export function StandingTag({ standing }: { readonly standing: Standing }) {
  const { lang } = useSetting();
  const { word, tone } = STANDING_WORDS[standing];
  return <Tag tone={tone}>{sayIn(lang)(word)}</Tag>;
}

/** The value in words; a dash of words where there is none. */
export function useFigureText(): (figure: Pick<FigureAnswer, "value" | "unit">) => string {
  const { lang } = useSetting();
  return ({ value, unit }) =>
    value === null ? sayIn(lang)(words.no_value) : indicatorFigure(BigInt(value), unit, lang);
}

/** The figures of an indicator in one window; the worst stand out by a word, not by colour alone. */
export function FigureList({ figures }: { readonly figures: readonly FigureAnswer[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const text = useFigureText();
  const known = figures.filter(({ standing }) => standing !== "absent");
  if (known.length === 0) return <span className="quiet">{say(STANDING_WORDS.absent.word)}</span>;
  return (
    <ul className="plain-list">
      {known.map((figure) => (
        <li key={`${figure.figure} ${figure.subject}`}>
          <span className="small">{say(figure.label)}</span> <b>{text(figure)}</b>{" "}
          {(figure.standing === "watch" || figure.standing === "act") && known.length > 1 && (
            <StandingTag standing={figure.standing} />
          )}
        </li>
      ))}
    </ul>
  );
}
