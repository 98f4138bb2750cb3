/** Answering: one text in both languages for one comment or several. */
import { useState } from "react";
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";
import { Came } from "../acting/came.tsx";
import { NotOpen } from "../acting/not-open.tsx";
import { type ActField, bothOf, severalOf } from "../parts/act-field.ts";
import { ActForm } from "../parts/act-form.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { hearingWords as words } from "../words/hearing.words.ts";
import { useHeard } from "./heard.ts";
import { type StaffComment, standingOf } from "./hearing.ts";
import { nameOf } from "./moderate.tsx";

export function AnswerPage({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const heard = useHeard(slug);
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const { aboveOne: above } = heard;
  const to = addressOf(lang, ["applications", slug, "comments"]);
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  const { value } = heard.comments;
  const title = say(words.answer_title);
  if (heard.application.value === undefined) {
    return (
      <Titled title={title} above={above}>
        <Pending reading={heard.application} />
      </Titled>
    );
  }
  if (!heard.mayAnswer) return <NotOpen {...{ title, above, to }} />;
  const open = (value?.comments ?? []).filter(
    (one) => one.state === "admitted" && standingOf(one) === "unanswered",
  );
  return (
    <Titled title={title} above={above} lead={<p>{say(words.answer_lead)}</p>}>
      <Pending reading={heard.comments} />
      {value !== undefined && open.length === 0 && (
        <p className="panel empty">{say(words.nothing_to_answer)}</p>
      )}
      {open.length > 0 && (
        <div className="narrow">
          <ActForm
            fields={fieldsOf(open, say)}
            act={say(words.answer_act)}
            path={`/api/applications/${encodeURIComponent(slug)}/answers`}
            body={(values) => ({
              comments: severalOf(values, "comments"),
              text: bothOf(values, "text"),
              changes: values["changes"] === "yes",
            })}
            done={setOutcome}
          />
        </div>
      )}
    </Titled>
  );
}

function fieldsOf(open: readonly StaffComment[], say: Saying): readonly ActField[] {
  const options = open.map((one) => ({ value: one.id, label: nameOf(one, say) }));
  const amends = [
    { value: "yes", label: say(words.amends_yes) },
    { value: "no", label: say(words.amends_no) },
  ];
  return [
    { kind: "several", name: "comments", label: say(words.which), options },
    { kind: "both", name: "text", label: say(words.text) },
    { kind: "choice", name: "changes", label: say(words.amends), options: amends },
  ];
}
