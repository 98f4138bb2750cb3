/** One complaint of the person: where it stands, what happened since, and what he can do now. */
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_GROUNDS,
  COMPLAINT_OUTCOMES,
  COMPLAINT_STATE_WORDS,
  COMPLAINT_STEPS,
  type ComplaintStep,
  type FollowedComplaint,
} from "@sandbank/sandbox/contract";
import { FactList } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { dayText, lastDayText, minuteText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/tag.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { complaintWords as words } from "../words/complaint.words.ts";
import { ComplaintActs } from "./acts.tsx";
import { toneOf } from "./standing.ts";

const EVERY_MS = 15_000;

export default function ComplaintPage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/complaints/own/${encodeURIComponent(id)}`;
  const reading = useAsk<FollowedComplaint>(path, { lang, every_ms: EVERY_MS });
  const above = [{ to: addressOf(lang, ["complaints"]), label: say(words.title) }];
  const { value, again } = reading;
  if (value === undefined) {
    return (
      <Titled title={say(words.title)} above={[]}>
        <Pending reading={reading} />
      </Titled>
    );
  }
  const { complaint, steps } = value;
  return (
    <Titled
      title={say(words.one, { number: complaint.number })}
      above={above}
      beside={<Tag tone={toneOf(complaint)}>{say(COMPLAINT_STATE_WORDS[complaint.state])}</Tag>}
      lead={say(COMPLAINT_CATEGORIES[complaint.category])}
    >
      <Standing complaint={complaint} />
      <section className="stack" aria-labelledby="steps">
        <h2 id="steps">{say(words.steps)}</h2>
        <ol className="line">
          {steps.map((step) => (
            <Step key={step.nth} step={step} />
          ))}
        </ol>
      </section>
      <ComplaintActs id={id} may={value.may} done={again} />
    </Titled>
  );
}

function Standing({ complaint }: Pick<FollowedComplaint, "complaint">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { receivedAt, due, inTime, answeredAt, outcome, recheckOutcome, ground } = complaint;
  const late = inTime === false && answeredAt === null;
  return (
    <section className="panel" aria-label={say(COMPLAINT_STATE_WORDS[complaint.state])}>
      <FactList
        wide
        facts={[
          [say(words.received), dayText(receivedAt)],
          [
            say(words.due),
            answeredAt === null && (
              <span className="row">
                {lastDayText(due)}
                {late && <Tag tone="stop">{say(words.late)}</Tag>}
              </span>
            ),
          ],
          [say(words.outcome), outcome !== null && say(COMPLAINT_OUTCOMES[outcome])],
          [
            say(words.recheck_outcome),
            recheckOutcome !== null && say(COMPLAINT_OUTCOMES[recheckOutcome]),
          ],
          [say(words.ground), ground !== null && say(COMPLAINT_GROUNDS[ground])],
        ]}
      />
    </section>
  );
}

const SIDES = { complainant: words.you, staff: words.staff, clock: words.clock } as const;

function Step({ step }: { readonly step: ComplaintStep }) {
  const say = sayIn(useSetting().lang);
  const { at, event, side } = step;
  const name = COMPLAINT_STEPS[event];
  return (
    <li>
      <span className="small meta">
        <span>{minuteText(at)}</span>
        <span>{say(SIDES[side])}</span>
      </span>
      <p>
        <b>{name === undefined ? event : say(name)}</b>
      </p>
      {typeof step.words === "string" && <p className="said">{step.words}</p>}
      {step.words === null && <p className="quiet">{say(words.erased)}</p>}
    </li>
  );
}
