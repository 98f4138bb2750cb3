/** One complaint on the desk: where it stands, every step, its words when opened, what can be done. */
import { useState } from "react";
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_GROUNDS,
  COMPLAINT_OUTCOMES,
  COMPLAINT_STEPS,
  type ComplaintStep,
  type DeskComplaint,
  type OpenedComplaint,
} from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { FactList } from "@sandbank/ui/face/parts";
import { Person } from "../approval/person.tsx";
import { ask, type Trouble, useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting, type Who } from "../setting.ts";
import { addressOf } from "../way.ts";
import { complaintWords as words } from "../words/complaint.words.ts";
import { ACT_WORDS, actsOpen } from "./acts.ts";
import { Due, Stage } from "./desk.tsx";

const EVERY_MS = 5_000;

interface DetailAnswer {
  readonly at: string;
  readonly complaint: DeskComplaint;
  readonly steps: readonly ComplaintStep[];
}

export function ComplaintPage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/complaints/${encodeURIComponent(id)}`;
  const reading = useAsk<DetailAnswer>(path, { lang, every_ms: EVERY_MS });
  const [opened, setOpened] = useState<OpenedComplaint>();
  const above = [{ to: addressOf(lang, ["complaints"]), label: say(words.desk) }];
  const { value } = reading;
  if (value === undefined) {
    return (
      <Titled title={say(words.complaint)} above={above}>
        <Pending reading={reading} />
      </Titled>
    );
  }
  const { complaint, steps, at } = value;
  const title = say(words.complaint_number, { number: complaint.number });
  return (
    <Titled title={title} above={above} beside={<Stage one={complaint} />}>
      <Acts one={complaint} />
      <div className="split">
        <div className="stack-l">
          <Words id={complaint.id} opened={opened} open={setOpened} />
          <Steps steps={opened === undefined ? steps : opened.steps} />
        </div>
        <Facts one={complaint} at={at} />
      </div>
    </Titled>
  );
}

function Acts({ one }: { readonly one: DeskComplaint }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const open = actsOpen(one, who);
  if (open.length === 0) return null;
  return (
    <p className="row">
      {open.map((act, at) => (
        <Go
          to={addressOf(lang, ["complaints", one.id, act])}
          className={at === 0 ? "button primary" : "button"}
          key={act}
        >
          {say(ACT_WORDS[act].name)}
        </Go>
      ))}
    </p>
  );
}

/** The purpose that goes with the reader's duty; undefined for who may not read the words. */
function purposeOf({ roles }: Who): OpenedComplaint["purpose"] | undefined {
  if (roles.includes("complaint_handler")) return "handling";
  if (roles.includes("institution_approver")) return "recheck";
  return roles.includes("supervisor_officer") ? "supervision" : undefined;
}

const PURPOSES = {
  handling: words.purpose_handling,
  recheck: words.purpose_recheck,
  supervision: words.purpose_supervision,
} as const;

interface WordsProps {
  readonly id: string;
  readonly opened: OpenedComplaint | undefined;
  open(opened: OpenedComplaint): void;
}

function Words({ id, opened, open }: WordsProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [trouble, setTrouble] = useState<Trouble>();
  const purpose = purposeOf(who);
  const press = async () => {
    const sent = { lang, csrf: who.csrf, id: drawId(), body: { purpose } };
    const answer = await ask<OpenedComplaint>(`/api/complaints/${id}/openings`, sent);
    if ("good" in answer) open(answer.good);
    else setTrouble(answer.trouble);
  };
  return (
    <section className="panel stack" aria-labelledby="words">
      <h2 id="words">{say(words.said)}</h2>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {opened !== undefined && <Said said={opened.said} />}
      {opened === undefined && purpose === undefined && <p>{say(words.not_to_read)}</p>}
      {opened === undefined && purpose !== undefined && (
        <>
          <p className="quiet">{say(words.open_lead, { purpose: say(PURPOSES[purpose]) })}</p>
          <p>
            <button type="button" className="button" onClick={() => void press()}>
              {say(words.open)}
            </button>
          </p>
        </>
      )}
    </section>
  );
}

function Said({ said }: { readonly said: OpenedComplaint["said"] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const facts = [
    [say(words.text), said.text],
    [say(words.wish), said.wish],
    [say(words.name), said.name],
    [say(words.contact), said.contact],
    [say(words.representatives), said.representatives.join(lang === "zh" ? "、" : ", ")],
  ] as const;
  return (
    <div role="status">
      <FactList facts={facts} />
    </div>
  );
}

function Steps({ steps }: { readonly steps: readonly ComplaintStep[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="steps">
      <h2 id="steps">{say(words.steps)}</h2>
      <ol className="rows">
        {steps.map((step) => {
          const known = COMPLAINT_STEPS[step.event];
          return (
            <li key={step.nth} className="stack">
              <p className="row">
                <b>{known === undefined ? step.event : say(known)}</b>
                <span className="small">
                  {step.actor === null ? (
                    say(words[`side_${step.side}`])
                  ) : (
                    <Person id={step.actor} />
                  )}
                  {" · "}
                  <time>{momentText(step.at)}</time>
                </span>
              </p>
              {typeof step.words === "string" && step.event !== "lodge" && (
                <p className="quiet">{step.words}</p>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Facts({ one, at }: { readonly one: DeskComplaint; readonly at: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const pilot = pilots.value?.pilots.find((known) => known.slug === one.pilot);
  const facts = [
    [say(words.pilot), pilot === undefined ? one.pilot : say(pilot.name)],
    [say(words.about), say(COMPLAINT_CATEGORIES[one.category])],
    [say(words.received), momentText(one.receivedAt)],
    [say(words.due), <Due one={one} at={at} key="due" />],
    [say(words.term), say(words.days, { n: String(one.days) })],
    [
      say(words.handler),
      one.handler === null ? say(words.nobody) : <Person id={one.handler} key="who" />,
    ],
    [say(words.persons), String(one.persons)],
    [say(words.act), one.act && <code key="act">{one.act}</code>],
    [say(words.ground), one.ground && say(COMPLAINT_GROUNDS[one.ground])],
    [say(words.outcome), one.outcome && say(COMPLAINT_OUTCOMES[one.outcome])],
    [say(words.recheck_outcome), one.recheckOutcome && say(COMPLAINT_OUTCOMES[one.recheckOutcome])],
  ] as const;
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList facts={facts} />
      <p>
        <a className="go-to" href={`/${lang}/pilots/${one.pilot}/complaints`}>
          {say(words.in_public)}
        </a>
      </p>
    </section>
  );
}
