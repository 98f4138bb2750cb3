/** Beside the findings: the panel by name, what was sent back and why, and extensions. */
import type { EvaluationFile } from "@sandbank/sandbox/contract";
import type { Tone } from "@sandbank/ui";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { evaluationWords as words } from "../words/evaluation.words.ts";
import type { Expert } from "./fields.ts";
import type { Extensions } from "./judged.ts";

interface PanelProps {
  readonly file: EvaluationFile;
  readonly experts: readonly Expert[];
}

export function Panel({ file, experts }: PanelProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="panel">
      <h2 id="panel">{say(words.panel)}</h2>
      {file.panel.length === 0 && <p className="quiet">{say(words.panel_none)}</p>}
      <ul className="rows">
        {file.panel.map(({ person, state, scored, organisation }) => {
          const known = experts.find((one) => one.person === person);
          const word =
            state === "recused" ? words.recused : scored ? words.scored : words.not_scored;
          const tone: Tone = state === "recused" ? "off" : scored ? "ok" : "warn";
          return (
            <li key={person} className="row apart">
              <span>
                {known === undefined ? <code>{person.slice(0, 8)}</code> : say(known.name)}
                <br />
                <span className="small">{known ? say(known.organisation) : organisation}</span>
              </span>
              <Tag tone={tone}>{say(word)}</Tag>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Returns({ file: { returns } }: { readonly file: EvaluationFile }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (returns.length === 0) return null;
  const stage = (name: string) => words[name as "self_test"] ?? words.self_test;
  return (
    <section className="panel stack" aria-labelledby="returns">
      <h2 id="returns">{say(words.returns)}</h2>
      <ul className="rows">
        {returns.map((one) => (
          <li key={one.at} className="stack-s">
            <p>
              <b>{say(words.return_to, { stage: say(stage(one.to)) })}</b>{" "}
              <time className="small">{momentText(one.at)}</time>
            </p>
            {one.reasons.map((reason, at) => (
              <p key={at}>{say(reason)}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONES = { asked: "warn", granted: "ok", refused: "off" } as const;

export function Extended({ extensions }: { readonly extensions: Extensions }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (extensions.length === 0) return null;
  return (
    <section className="panel stack" aria-labelledby="extensions">
      <h2 id="extensions">{say(words.extensions)}</h2>
      <ul className="rows">
        {extensions.map((one) => (
          <li key={one.number} className="stack-s">
            <p className="row apart">
              <b>{say(words.extension_n, { n: String(one.number), days: String(one.days) })}</b>
              <Tag tone={TONES[one.state]}>{say(words[one.state])}</Tag>
            </p>
            <p>{say(one.reason)}</p>
            {one.ruling !== null && <p className="quiet">{say(one.ruling)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
