/** One step of an application: what it means, who else must approve, what it asks for. */
import { useState } from "react";
import type { ApplicationAnswer, OutcomeAnswer } from "@sandbank/sandbox/contract";
import { FactList } from "@sandbank/ui/face/parts";
import { Came } from "../acting/came.tsx";
import { NotOpen } from "../acting/not-open.tsx";
import { useAsk } from "../ask.ts";
import { ActForm } from "../parts/act-form.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { SignForm } from "../signing/sign.tsx";
import { addressOf } from "../way.ts";
import { applicationWords as words } from "../words/application.words.ts";
import { actWords } from "../words/complaint.words.ts";
import { stepLeads, stepNames, stepWords } from "../words/step.words.ts";
import {
  bodyOf,
  fieldsOf,
  isGrave,
  isSigned,
  openChange,
  type Step,
  stepsOpen,
  takesTwo,
} from "./steps.ts";

interface StepPageProps {
  readonly slug: string;
  readonly step: Step;
}

export function StepPage({ slug, step }: StepPageProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = `/api/applications/${encodeURIComponent(slug)}`;
  const reading = useAsk<ApplicationAnswer>(path, { lang });
  const opened = useAsk<{ readonly partitions: readonly number[] }>(
    step === "arm" ? `/api/pilots/${encodeURIComponent(slug)}/partitions` : undefined,
    { lang },
  );
  const { tasks } = useReadings();
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const to = addressOf(lang, ["applications", slug]);
  const { value } = reading;
  const above = [
    { to: addressOf(lang, ["applications"]), label: say(words.title) },
    { to, label: value === undefined ? slug : say(value.name) },
  ];
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  const title = say(stepNames[step]);
  if (value === undefined || opened.waiting) {
    return (
      <Titled title={title} above={above}>
        <Pending reading={value === undefined ? reading : opened} />
      </Titled>
    );
  }
  const isOpen = stepsOpen(value, who).some((one) => one.step === step);
  if (!isOpen) return <NotOpen {...{ title, above, to }} />;
  const done = (came: OutcomeAnswer) => {
    setOutcome(came);
    tasks.again();
  };
  const sending = { act: title, path: `${path}/steps`, done };
  return (
    <Titled title={title} above={above} lead={<p>{say(stepLeads[step])}</p>}>
      {takesTwo(step) && <p className="note tide narrow">{say(actWords.by_two)}</p>}
      <Check of={value} />
      <div className="narrow">
        {isSigned(step) ? (
          <SignForm
            {...sending}
            text={value.textToSign}
            body={(signature) => ({ step, version: value.latest, signature })}
          />
        ) : (
          <ActForm
            {...sending}
            fields={fieldsOf(step, say)}
            grave={isGrave(step)}
            initial={{ partitions: (opened.value?.partitions ?? []).join(", ") }}
            body={(values) => bodyOf(step, value, values)}
          />
        )}
      </div>
    </Titled>
  );
}

/** What the step is about, once more before it is taken. */
function Check({ of }: { readonly of: ApplicationAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const change = openChange(of);
  const facts = [
    [say(words.name), say(of.name)],
    [say(words.applicant), say(of.lead)],
    [say(words.version), say(words.on_file, { latest: String(of.latest) })],
    [say(words.changes), change && say(words.change_of, { version: String(change.version) })],
    [say(words.hash), <code key="hash">{of.versions.at(-1)?.hash ?? ""}</code>],
  ] as const;
  return (
    <section className="panel stack narrow" aria-labelledby="check">
      <h2 id="check">{say(stepWords.check)}</h2>
      <FactList facts={facts} />
    </section>
  );
}
