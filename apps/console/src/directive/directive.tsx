/**
 * A directive in three pages: the form, "check your answers", and what happens next. Each has its
 * own address; the words are kept in this tab until the server has taken them.
 */
import { useState } from "react";
import type { LimitsAnswer, OutcomeAnswer, PilotDetail } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { NotOpen } from "../acting/not-open.tsx";
import { type Answer, ask, isUnknown, type Trouble, useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { ordersOpen } from "../pilot/orders.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { directiveWords as words } from "../words/directive.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { Check } from "./check.tsx";
import {
  type Draft,
  dropDraft,
  faultsOf,
  isKind,
  keepDraft,
  type Kind,
  orderOf,
  readDraft,
} from "./draft.ts";
import { Form } from "./form.tsx";

interface DirectiveProps {
  readonly slug: string;
  readonly kind: string;
  readonly step: string | undefined;
}

export function DirectivePage({ slug, kind, step }: DirectiveProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${encodeURIComponent(slug)}`;
  const detail = useAsk<PilotDetail>(path, { lang });
  const limits = useAsk<LimitsAnswer>(`${path}/limits`, { lang });
  const above = [
    { to: addressOf(lang, ["directives"]), label: say(frameWords.directives) },
    { to: addressOf(lang, ["pilots", slug]), label: detail.value ? say(detail.value.name) : slug },
  ];
  if (!isKind(kind)) {
    return (
      <Titled title={say(words.list)} above={above}>
        <p className="note">{say(frameWords.absent_text)}</p>
      </Titled>
    );
  }
  if (detail.value === undefined || limits.value === undefined) {
    return (
      <Titled title={say(words.list)} above={above}>
        <Pending reading={detail.value === undefined ? detail : limits} lines={8} />
      </Titled>
    );
  }
  const known = { pilot: detail.value, limits: limits.value, kind, step, above };
  return <Steps {...known} open={ordersOpen(detail.value, who).includes(kind)} />;
}

interface StepsProps {
  readonly pilot: PilotDetail;
  readonly limits: LimitsAnswer;
  readonly kind: Kind;
  readonly step: string | undefined;
  readonly above: readonly { readonly to: string; readonly label: string }[];
  /** Whether the reader may propose it. */
  readonly open: boolean;
}

function Steps({ pilot, limits, kind, step, above, open }: StepsProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { tasks } = useReadings();
  const [draft, setDraft] = useState(() => readDraft(pilot.slug, kind));
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<OutcomeAnswer>();
  const title = say(words[kind], { pilot: say(pilot.name) });
  const change = (next: Draft) => {
    setDraft(next);
    keepDraft(pilot.slug, kind, next);
  };
  const to = (...more: string[]) => addressOf(lang, ["directives", pilot.slug, kind, ...more]);
  const propose = async () => {
    setBusy(true);
    const answer: Answer<OutcomeAnswer> = await ask(`/api/pilots/${pilot.slug}/directives`, {
      ...{ lang, csrf: who.csrf, id: draft.id },
      body: orderOf(kind, draft, limits),
    });
    setBusy(false);
    if ("trouble" in answer) {
      if (!isUnknown(answer.trouble)) change({ ...draft, id: drawId() });
      return setTrouble(answer.trouble);
    }
    setTrouble(undefined);
    dropDraft(pilot.slug, kind);
    setDone(answer.good);
    tasks.again();
    return go(to("done"), "replace");
  };
  if (done !== undefined) return <Done outcome={done} pilot={pilot} title={title} above={above} />;
  if (!open) return <NotOpen {...{ title, above }} to={addressOf(lang, ["pilots", pilot.slug])} />;
  const whole = faultsOf({ kind, draft, limits, lang, say }).length === 0;
  if (step === "check" && whole) {
    return (
      <Titled
        title={say(words.check_title, { title })}
        above={above}
        lead={<p>{say(words.check_lead)}</p>}
      >
        <Check
          {...{ pilot, limits, kind, draft, busy, trouble }}
          back={to()}
          propose={() => void (busy || propose())}
        />
      </Titled>
    );
  }
  return (
    <Titled title={title} above={above} lead={<p>{say(words[`what_${kind}`])}</p>}>
      <Form {...{ pilot, limits, kind, draft, change }} next={() => go(to("check"))} />
    </Titled>
  );
}

interface DoneProps extends Pick<StepsProps, "pilot" | "above"> {
  readonly outcome: OutcomeAnswer;
  readonly title: string;
}

function Done({ outcome, pilot, title, above }: DoneProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reference = outcome.outcome === "parked" ? outcome.task : outcome.seq;
  return (
    <Titled title={say(words.done)} above={above} lead={<p>{title}</p>}>
      <div className="note ok stack" role="status">
        <dl className="facts">
          <div>
            <dt>{say(words.done_reference)}</dt>
            <dd>
              <code>{reference}</code>
            </dd>
          </div>
          <div>
            <dt>{say(words.done_at)}</dt>
            <dd>
              <time>{momentText(outcome.at)}</time>
            </dd>
          </div>
        </dl>
      </div>
      <section className="stack" aria-labelledby="next">
        <h2 id="next">{say(words.done_next)}</h2>
        <ol className="line">
          <li>{say(words.done_next_1)}</li>
          <li>{say(words.done_next_2)}</li>
          <li>{say(words.done_next_3)}</li>
        </ol>
      </section>
      <p className="acts">
        {outcome.outcome === "parked" && (
          <Go to={addressOf(lang, ["approvals", outcome.task])} className="button">
            {say(words.see_task)}
          </Go>
        )}
        <Go to={addressOf(lang, ["pilots", pilot.slug])} className="go-to">
          {say(words.to_pilot)}
        </Go>
      </p>
    </Titled>
  );
}
