/** Judging one comment: admitted, set aside with a published reason, or joined to what it repeats. */
import { useState } from "react";
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";
import { Came } from "../acting/came.tsx";
import { NotOpen } from "../acting/not-open.tsx";
import { type ActField, bothOf, type Values } from "../parts/act-field.ts";
import { ActForm } from "../parts/act-form.tsx";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { hearingWords as words } from "../words/hearing.words.ts";
import { Said, StandingTag } from "./desk.tsx";
import { useHeard } from "./heard.ts";
import type { StaffComment } from "./hearing.ts";

interface ModeratePageProps {
  readonly slug: string;
  readonly id: string;
}

export function ModeratePage({ slug, id }: ModeratePageProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const heard = useHeard(slug);
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const { aboveOne: above } = heard;
  const to = addressOf(lang, ["applications", slug, "comments"]);
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  const all = heard.comments.value?.comments ?? [];
  const comment = all.find((one) => one.id === id);
  if (comment === undefined) {
    return (
      <Titled title={say(words.moderate)} above={above}>
        <Pending reading={heard.comments} />
        {heard.comments.value !== undefined && <Gone to={to} />}
      </Titled>
    );
  }
  if (!heard.mayModerate) return <NotOpen {...{ title: say(words.moderate), above, to }} />;
  const title = say(words.moderate_n, {
    ...{ round: String(comment.round), number: String(comment.number) },
  });
  return (
    <Titled
      title={title}
      above={above}
      beside={<StandingTag comment={comment} />}
      lead={<p>{say(words.moderate_lead)}</p>}
    >
      <section className="panel narrow">
        <Said comment={comment} heard={heard} />
      </section>
      {comment.state === "waiting" ? (
        <div className="narrow">
          <ActForm
            fields={(values) => fieldsOf(values, all, say)}
            act={say(words.moderate)}
            path={`/api/applications/${encodeURIComponent(slug)}/moderations`}
            body={(values) => bodyOf(id, values)}
            done={setOutcome}
          />
        </div>
      ) : (
        <p className="note narrow">{say(words.already)}</p>
      )}
    </Titled>
  );
}

const EXCERPT = 60;

/** How a comment is called in a list of choices. */
export function nameOf(one: StaffComment, say: Saying): string {
  const number = say(words.number, { round: String(one.round), number: String(one.number) });
  const body = one.body ?? say(words.erased);
  const cut = body.length > EXCERPT ? `${body.slice(0, EXCERPT)}…` : body;
  return `${number} · ${cut}`;
}

function fieldsOf(
  values: Values,
  comments: readonly StaffComment[],
  say: Saying,
): readonly ActField[] {
  const admitted = comments.filter((one) => one.state === "admitted");
  const verdicts = [
    { value: "admit", label: say(words.admit) },
    { value: "set_aside", label: say(words.put_aside) },
    ...(admitted.length > 0 ? [{ value: "duplicate", label: say(words.join) }] : []),
  ];
  const verdict: ActField = {
    ...{ kind: "choice", name: "verdict", label: say(words.verdict), options: verdicts },
  };
  const chosen = values["verdict"];
  if (chosen === "set_aside") {
    const hint = say(words.why_hint);
    return [verdict, { kind: "both", name: "reason", label: say(words.why), hint }];
  }
  if (chosen !== "duplicate") return [verdict];
  const options = admitted.map((one) => ({ value: one.id, label: nameOf(one, say) }));
  return [verdict, { kind: "choice", name: "of", label: say(words.of), options }];
}

function bodyOf(comment: string, values: Values): object {
  const { verdict, of } = values;
  if (verdict === "set_aside") return { verdict, comment, reason: bothOf(values, "reason") };
  return verdict === "duplicate" ? { verdict, comment, of } : { verdict, comment };
}
