/** "Check your answers": facts, consequences, and who else must approve, before anything is sent. */
import type { LimitsAnswer, PilotDetail } from "@sandbank/sandbox/contract";
import { type Fact, FactList } from "@sandbank/ui/face/parts";
import type { Trouble } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { CLASS_WORDS, figureOf } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { directiveWords as words } from "../words/directive.words.ts";
import { pilotWords } from "../words/pilot.words.ts";
import { CapConsequences, ClassConsequences } from "./consequences.tsx";
import { capsOf, type Draft, type Kind } from "./draft.ts";

interface CheckProps {
  readonly pilot: PilotDetail;
  readonly limits: LimitsAnswer;
  readonly kind: Kind;
  readonly draft: Draft;
  readonly busy: boolean;
  readonly trouble: Trouble | undefined;
  readonly back: string;
  propose(): void;
}

export function Check(props: CheckProps) {
  const { pilot, limits, kind, draft, busy, trouble, back, propose } = props;
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  return (
    <>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <div className="split">
        <div className="stack-l">
          <Facts {...props} />
          <section className="panel stack" aria-labelledby="happens">
            <h2 id="happens">{say(words.happens)}</h2>
            <ClassConsequences
              pilot={pilot}
              kind={kind}
              classes={draft.classes}
              directive={draft.directive}
            />
            {kind === "restriction" && (
              <CapConsequences limits={limits} caps={capsOf(draft, limits)} />
            )}
          </section>
        </div>
        <section className="panel stack" aria-labelledby="eyes">
          <h2 id="eyes">{say(words.four_eyes)}</h2>
          <ol className="line">
            <li>{say(words.proposed_by, { name: say(who.name) })}</li>
            <li className="open">{say(words.approves)}</li>
          </ol>
        </section>
      </div>
      <div>
        <p className="acts">
          <button type="button" className="button stop" aria-disabled={busy} onClick={propose}>
            {say(words[`propose_${kind}`])}
          </button>
          <Go to={back} className="go-to">
            {say(words.back)}
          </Go>
        </p>
        <p className="small">{say(words.recorded)}</p>
      </div>
    </>
  );
}

function Facts({ pilot, limits, kind, draft, back }: CheckProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const pair = (name: "reason" | "notice" | "until") => (
    <>
      <p lang="zh-Hans">{draft[`${name}_zh`]}</p>
      <p lang="en">{draft[`${name}_en`]}</p>
    </>
  );
  const ends = kind === "suspension" || kind === "restriction";
  const facts: Fact[] = [
    [say(words.pilot), say(pilot.name)],
    ...whatFacts({ pilot, limits, kind, draft }, { lang, say }),
    [say(words.reason), pair("reason")],
    [say(words.notice), pair("notice")],
    [say(words.until), ends ? pair("until") : null],
    [say(words.takes_effect), say(words.takes_effect_text)],
  ];
  return (
    <section className="panel" aria-labelledby="content">
      <div className="head">
        <h2 id="content">{say(words.content)}</h2>
        <Go to={back} className="go-to">
          {say(words.change)}
        </Go>
      </div>
      <FactList facts={facts} />
    </section>
  );
}

function whatFacts(
  { pilot, limits, kind, draft }: Pick<CheckProps, "pilot" | "limits" | "kind" | "draft">,
  { lang, say }: { readonly lang: "zh" | "en"; readonly say: ReturnType<typeof sayIn> },
): Fact[] {
  const comma = lang === "zh" ? "、" : ", ";
  if (kind === "suspension") {
    const classes = draft.classes.map((name) => say(CLASS_WORDS[name].name)).join(comma);
    return [[say(words.classes), classes]];
  }
  if (kind === "restriction") {
    return capsOf(draft, limits).map(({ limit, cap }) => {
      const known = limits.limits.find((one) => one.id === limit);
      const name = known === undefined ? limit : say(known.label);
      return [name, figureOf(cap, known?.unit ?? "count", lang)];
    });
  }
  if (kind === "lifting") {
    const known = pilot.directives.find((one) => one.id === draft.directive);
    const number = say(pilotWords.directive_number, { number: String(known?.number ?? "") });
    return [[say(words.directive), `${number} ${known ? say(known.reason) : ""}`]];
  }
  return [];
}
