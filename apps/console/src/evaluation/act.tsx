/** One act of an evaluation. */
import { ActPage } from "../acting/act-page.tsx";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { evaluationActs, evaluationFields as fields } from "../words/evaluation-act.words.ts";
import { type Act, ACTS, actsOpen, isGrave, takesTwo, unmetOf } from "./acts.ts";
import { bodyOf, fieldsOf } from "./fields.ts";
import { useJudged } from "./judged.ts";

interface EvaluationActPageProps {
  readonly slug: string;
  readonly act: Act;
}

export function EvaluationActPage({ slug, act }: EvaluationActPageProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const judged = useJudged(slug);
  const { file, experts, watch, stand, pending } = judged;
  const to = addressOf(lang, ["evaluations", slug]);
  const above = [...judged.above, { to, label: judged.title }];
  const title = say(evaluationActs[act].name);
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
  const unmet = file.value === undefined ? 0 : unmetOf(file.value).length;
  const person = who.person;
  return (
    <ActPage
      {...{ title, above, to, two: takesTwo(act), grave: isGrave(act) }}
      open={actsOpen(stand, who).some((one) => one.act === act)}
      lead={say(evaluationActs[act].lead)}
      fields={(values) => fieldsOf(act, values, { say, file: file.value, experts, watch, person })}
      path={`/api/pilots/${encodeURIComponent(slug)}/${ACTS[act].path}`}
      body={(values) => bodyOf(act, values, { experts, watch })}
    >
      {act === "result" && unmet > 0 && (
        <p className="note warn narrow">{say(fields.unmet_n, { n: String(unmet) })}</p>
      )}
      {act === "appoint" && experts.length === 0 && (
        <p className="note warn narrow">{say(fields.no_experts)}</p>
      )}
    </ActPage>
  );
}
