/** One directive in force: what it closes or lowers, why, since when, and when it will end. */
import type { DirectiveView } from "@sandbank/sandbox/contract";
import { Tag } from "../parts/state.tsx";
import { CLASS_WORDS, momentText } from "./figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { pilotWords as words } from "../words/pilot.words.ts";

const STATUS = {
  in_force: { word: words.status_in_force, tone: "warn" },
  effective: { word: words.status_effective, tone: "stop" },
  lifted: { word: words.status_lifted, tone: "off" },
} as const;

export function DirectiveFacts({ directive }: { readonly directive: DirectiveView }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { word, tone } = STATUS[directive.status];
  const comma = lang === "zh" ? "、" : ", ";
  const classes = directive.closes.map((name) => say(CLASS_WORDS[name].name)).join(comma);
  const limits = directive.lowers.map((one) => one.limit).join(comma);
  return (
    <div className="stack">
      <p className="row">
        <b>{say(words.directive_number, { number: String(directive.number) })}</b>
        <Tag tone={tone}>{say(word)}</Tag>
        <span className="small">
          <time>{momentText(directive.inForceAt)}</time>
        </span>
      </p>
      <p>
        {directive.kind === "suspension"
          ? say(words.closes, { classes })
          : say(words.lowers, { limits })}
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
