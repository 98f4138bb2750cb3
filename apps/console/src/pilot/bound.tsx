/** One directive in force: what it closes or lowers, why, since when, and when it will end. */
import type { DirectiveView, LimitsAnswer } from "@sandbank/sandbox/contract";
import { Tag } from "../parts/state.tsx";
import { CLASS_WORDS, figureOf, momentText } from "./figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { pilotWords as words } from "../words/pilot.words.ts";

const STATUS = {
  in_force: { word: words.status_in_force, tone: "warn" },
  effective: { word: words.status_effective, tone: "stop" },
  lifted: { word: words.status_lifted, tone: "off" },
} as const;

interface BoundProps {
  readonly directive: DirectiveView;
  /** Names the caps that it lowers; while they are not read yet, a mark stands for them. */
  readonly limits: LimitsAnswer | undefined;
}

export function DirectiveFacts({ directive, limits: known }: BoundProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { word, tone } = STATUS[directive.status];
  const comma = lang === "zh" ? "、" : ", ";
  const classes = directive.closes.map((name) => say(CLASS_WORDS[name].name)).join(comma);
  const lowered = directive.lowers.flatMap(({ limit, cap }) => {
    const found = known?.limits.find((one) => one.id === limit);
    if (found === undefined) return [];
    return [
      say(words.lowered_to, { label: say(found.label), cap: figureOf(cap, found.unit, lang) }),
    ];
  });
  return (
    <div className="stack">
      <p className="row">
        <b>{say(words.directive_number, { number: String(directive.number) })}</b>
        <Tag tone={tone}>{say(word)}</Tag>
        <span className="small">{say(words.since, { at: momentText(directive.inForceAt) })}</span>
      </p>
      <p>
        {directive.kind === "suspension"
          ? say(words.closes, { classes })
          : say(words.lowers, { limits: lowered.length === 0 ? "…" : lowered.join(comma) })}
      </p>
      <p className="quiet">{say(directive.reason)}</p>
      <p className="small">
        {say(words.lifted_when)}
        {lang === "zh" ? "：" : ": "}
        {say(directive.liftedWhen)}
      </p>
    </div>
  );
}
