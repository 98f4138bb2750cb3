/** Erasing the words of one comment, by whoever moderates: first what it does, then the act. */
import { useState } from "react";
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";
import { Came } from "../acting/came.tsx";
import { NotOpen } from "../acting/not-open.tsx";
import { ActForm } from "../parts/act-form.tsx";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { hearingWords as words } from "../words/hearing.words.ts";
import { Said, StandingTag } from "./desk.tsx";
import { useHeard } from "./heard.ts";

interface ErasePageProps {
  readonly slug: string;
  readonly id: string;
}

export function ErasePage({ slug, id }: ErasePageProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const heard = useHeard(slug);
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const { aboveOne: above, mayErase } = heard;
  const to = addressOf(lang, ["applications", slug, "comments"]);
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  const comment = heard.comments.value?.comments.find((one) => one.id === id);
  if (comment === undefined) {
    return (
      <Titled title={say(words.erase)} above={above}>
        <Pending reading={heard.comments} />
        {heard.comments.value !== undefined && <Gone to={to} />}
      </Titled>
    );
  }
  if (!mayErase) return <NotOpen {...{ title: say(words.erase), above, to }} />;
  const named = { round: String(comment.round), number: String(comment.number) };
  return (
    <Titled
      title={say(words.erase_n, named)}
      above={above}
      beside={<StandingTag comment={comment} />}
      lead={<p>{say(words.erase_lead)}</p>}
    >
      <section className="panel narrow">
        <Said comment={comment} heard={heard} />
      </section>
      {comment.body !== null && (
        <div className="narrow">
          <ActForm
            fields={[]}
            act={say(words.erase)}
            grave
            path={`/api/applications/${encodeURIComponent(slug)}/erasures`}
            body={() => ({ comment: id })}
            done={setOutcome}
          />
        </div>
      )}
    </Titled>
  );
}
