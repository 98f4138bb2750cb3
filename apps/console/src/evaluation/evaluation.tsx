/**
 * The evaluation of one pilot: its stages as a line, what the reader may do, every threshold with
 * what was measured, the eight dimensions, reports, panel and what was decided.
 */
import type { EvaluationFile } from "@sandbank/sandbox/contract";
import { FactList } from "@sandbank/ui/face/parts";
import { NextActs } from "../parts/next-acts.tsx";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag, Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { evaluationActs } from "../words/evaluation-act.words.ts";
import { evaluationWords as words, STAGE_NEXT } from "../words/evaluation.words.ts";
import { actsOpen, isGrave, takesTwo } from "./acts.ts";
import { Dimensions, Thresholds } from "./criteria.tsx";
import { Extended, Panel, Returns } from "./decided.tsx";
import { Audited, Opinions, SelfTested } from "./findings.tsx";
import { type Judged, useJudged } from "./judged.ts";
import { Stages } from "./stages.tsx";
import { Watched } from "./watched.tsx";

export function EvaluationPage({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const judged = useJudged(slug);
  const { title, above, file, isAbsent, stand, pending } = judged;
  if (stand === undefined) {
    return (
      <Titled title={title} above={above}>
        {pending === undefined ? (
          <Gone to={addressOf(lang, ["evaluations"])} />
        ) : (
          <Pending reading={pending} />
        )}
      </Titled>
    );
  }
  return (
    <Titled title={title} above={above} beside={<PhaseTag state={stand.pilot.state} />}>
      {file.value !== undefined && <Stages file={file.value} />}
      <Next judged={judged} isAbsent={isAbsent} />
      <div className="split">
        <div className="stack-l">
          <Thresholds judged={judged} />
          {file.value !== undefined && <Found file={file.value} />}
        </div>
        <div className="stack-l">
          {file.value !== undefined && <Outcome file={file.value} />}
          {judged.watch !== undefined && <Watched watch={judged.watch} />}
          {file.value !== undefined && <Panel file={file.value} experts={judged.experts} />}
          {file.value !== undefined && <Returns file={file.value} />}
          <Extended extensions={judged.extensions} />
        </div>
      </div>
    </Titled>
  );
}

function Next({ judged, isAbsent }: { readonly judged: Judged; readonly isAbsent: boolean }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { stand, slug, file } = judged;
  if (stand === undefined) return null;
  const next = file.value && STAGE_NEXT[file.value.state];
  const acts = actsOpen(stand, who).map(({ act, blocked }) => ({
    ...{ name: say(evaluationActs[act].name), what: say(evaluationActs[act].lead) },
    ...{ to: addressOf(lang, ["evaluations", slug, act]) },
    ...{ two: takesTwo(act), grave: isGrave(act) },
    blocked: blocked && say(blocked.text, blocked.holes),
  }));
  return (
    <section className="panel stack" aria-labelledby="next">
      <h2 id="next">{say(words.next)}</h2>
      {isAbsent && <p>{say(words.not_begun)}</p>}
      {next !== undefined && <p>{say(next)}</p>}
      <NextActs acts={acts} />
    </section>
  );
}

function Found({ file }: { readonly file: EvaluationFile }) {
  const { selfTest, audit, opinions } = file.findings;
  return (
    <>
      <Dimensions file={file} />
      {selfTest !== null && <SelfTested filed={selfTest} />}
      {audit !== null && <Audited filed={audit} />}
      {opinions.length > 0 && <Opinions opinions={opinions} />}
    </>
  );
}

/** What was decided, and the day of graduation. */
function Outcome({ file }: { readonly file: EvaluationFile }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { result, graduation, brokenOffAt, round, askedAt } = file;
  const day = graduation && momentText(graduation.effectiveAt).slice(0, 10);
  const facts = [
    [say(words.round, { round: String(round) }), momentText(askedAt)],
    [say(words.broken_off), brokenOffAt && momentText(brokenOffAt)],
    [
      say(words.result),
      result && (
        <Tag tone={result.passed ? "ok" : "stop"} key="result">
          {say(result.passed ? words.passed : words.failed)}
        </Tag>
      ),
    ],
    [say(words.reason), result && say(result.reason)],
    [say(words.graduation), day && say(words.from_day, { day })],
  ] as const;
  return (
    <section className="panel stack" aria-labelledby="outcome">
      <h2 id="outcome">{say(words.result)}</h2>
      <FactList facts={facts} />
    </section>
  );
}
