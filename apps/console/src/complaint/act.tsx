/** One act on a complaint: what it means, what it asks for, and what came of it. */
import { useState } from "react";
import type { DeskComplaint, OutcomeAnswer } from "@sandbank/sandbox/contract";
import { Came } from "../acting/came.tsx";
import { NotOpen } from "../acting/not-open.tsx";
import { useAsk } from "../ask.ts";
import { ActForm } from "../parts/act-form.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { complaintWords as words } from "../words/complaint.words.ts";
import { type Act, ACT_WORDS, actsOpen, fieldsOf, nextDays, sendingOf } from "./acts.ts";

interface DetailAnswer {
  readonly complaint: DeskComplaint;
}

export function ComplaintActPage({ id, act }: { readonly id: string; readonly act: Act }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<DetailAnswer>(`/api/complaints/${encodeURIComponent(id)}`, { lang });
  const { tasks } = useReadings();
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const to = addressOf(lang, ["complaints", id]);
  const { value } = reading;
  const number = value?.complaint.number ?? "";
  const above = [
    { to: addressOf(lang, ["complaints"]), label: say(words.desk) },
    ...(number === "" ? [] : [{ to, label: say(words.complaint_number, { number }) }]),
  ];
  const title = say(ACT_WORDS[act].name);
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  if (value === undefined) {
    return (
      <Titled title={title} above={above}>
        <Pending reading={reading} />
      </Titled>
    );
  }
  const { complaint } = value;
  if (!actsOpen(complaint, who).includes(act)) return <NotOpen {...{ title, above, to }} />;
  const lead = say(ACT_WORDS[act].lead, { n: String(nextDays(complaint)) });
  return (
    <Titled title={title} above={above} lead={<p>{lead}</p>}>
      <div className="narrow">
        <ActForm
          fields={fieldsOf(act, say)}
          act={title}
          grave={act === "find_inadmissible"}
          {...sendingOf(act, complaint)}
          done={(answer) => {
            setOutcome(answer);
            tasks.again();
          }}
        />
      </div>
    </Titled>
  );
}
