/** One decision of a second person: the facts, the consequences, approve or reject with a reason. */
import { Textarea } from "@mantine/core";
import { useState } from "react";
import type {
  LimitsAnswer,
  OutcomeAnswer,
  PilotDetail,
  TaskAnswer,
} from "@sandbank/sandbox/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { drawId } from "@sandbank/ui";
import { type Fact, FactList, Faults } from "@sandbank/ui/face/parts";
import { mayApprove } from "../offices.ts";
import { ask, isUnknown, type Trouble, useAsk } from "../ask.ts";
import { CapConsequences, ClassConsequences } from "../directive/consequences.tsx";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { momentText } from "../pilot/figures.ts";
import { Proof } from "../proof/proof.tsx";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { approvalWords as words, directiveWords } from "../words/directive.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { pilotWords } from "../words/pilot.words.ts";
import { taskWords } from "../words/task.words.ts";
import { KEY_KINDS, vaultWords } from "../words/vault.words.ts";
import { useNamed } from "./named.ts";
import { Person } from "./person.tsx";
import { procedureFacts } from "./procedure.tsx";
import { aboutOf, approveText, isSupervisors, kindOf, proposalOf, titleOf } from "./task.ts";

const REASON_MAX = 500;

interface Decided {
  readonly verb: "approve" | "reject";
  readonly outcome: OutcomeAnswer;
  readonly task: TaskAnswer;
}

export function ApprovalPage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { tasks, pilots } = useReadings();
  const named = useNamed();
  const [decided, setDecided] = useState<Decided>();
  const above = [{ to: addressOf(lang, ["approvals"]), label: say(words.title) }];
  if (decided !== undefined) return <Came {...decided} above={above} />;
  const task = tasks.value?.tasks.find((one) => one.id === id);
  if (task === undefined) {
    return (
      <Titled title={say(tasks.waiting ? words.title : words.gone)} above={above}>
        <Pending reading={tasks} />
        {tasks.value !== undefined && (
          <div className="stack">
            <p>{say(words.gone_text)}</p>
            <Go to={addressOf(lang, ["approvals"])} className="go-to">
              {say(words.to_list)}
            </Go>
          </div>
        )}
      </Titled>
    );
  }
  return (
    <Titled title={titleOf(task, named, say)} above={above}>
      <div className="split">
        <div className="stack-l">
          <Proposed task={task} />
          <Consequences task={task} />
        </div>
        <Decision
          task={task}
          decided={(verb, outcome) => {
            setDecided({ verb, outcome, task });
            tasks.again();
            pilots.again();
          }}
        />
      </div>
    </Titled>
  );
}

function Proposed({ task }: { readonly task: TaskAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { reason, notice, liftedWhen, amount, claim, days, complaint, kind, kek, ...more } =
    proposalOf(task);
  const { trid, scene } = more;
  const about = aboutOf(task);
  const both = (text: { readonly zh: string; readonly en: string }) => (
    <>
      <p lang="zh-Hans">{text.zh}</p>
      <p lang="en">{text.en}</p>
    </>
  );
  const facts: readonly Fact[] = [
    [say(words.proposed_by), <Person id={task.proposedBy} key="who" />],
    [say(words.proposed_at), momentText(task.at)],
    [say(words.expires), momentText(task.expires)],
    [say(taskWords.which_key), kind && say(KEY_KINDS[kind] ?? taskWords.which_key)],
    [say(vaultWords.key_name), kek && <code key="kek">{kek}</code>],
    [say(words.amount), amount && formatMoney(BigInt(amount), lang)],
    [say(words.term), days && !about && say(words.days, { n: String(days) })],
    [say(words.about), about && <About to={about} key="about" />],
    ...procedureFacts(task, lang),
    [say(words.about), claim && <About to={["claims", claim]} key="claim" />],
    [say(words.about), trid && <About to={["requestors", trid]} key="requestor" />],
    [say(words.about), scene && <About to={["scenes", scene]} key="scene" />],
    [say(words.about), complaint && <About to={["complaints", complaint]} key="of" />],
    [say(directiveWords.reason), reason && both(reason)],
    [say(directiveWords.notice), notice && both(notice)],
    [say(directiveWords.until), liftedWhen && both(liftedWhen)],
    [say(directiveWords.done_reference), <code key="id">{task.id}</code>],
  ];
  return (
    <section className="panel" aria-labelledby="proposed">
      <div className="head">
        <h2 id="proposed">{say(words.facts)}</h2>
      </div>
      <FactList facts={facts} />
    </section>
  );
}

/** What the proposal is about, on its own page. */
function About({ to }: { readonly to: readonly string[] }) {
  const { lang } = useSetting();
  return (
    <Go to={addressOf(lang, to)} className="go-to">
      {sayIn(lang)(words.see)}
    </Go>
  );
}

function Consequences({ task }: { readonly task: TaskAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { pilot: slug, classes = [], caps, directive = "" } = proposalOf(task);
  const path = slug === undefined ? undefined : `/api/pilots/${slug}`;
  const detail = useAsk<PilotDetail>(path, { lang });
  const limits = useAsk<LimitsAnswer>(path === undefined ? undefined : `${path}/limits`, { lang });
  const kind = kindOf(task);
  if (kind === undefined) return null;
  const lifted = detail.value?.directives.find((one) => one.id === directive);
  return (
    <section className="panel stack" aria-labelledby="happens">
      <h2 id="happens">{say(directiveWords.happens)}</h2>
      {detail.waiting && <Waiting lang={lang} />}
      {lifted !== undefined && (
        <p>
          {say(pilotWords.directive_number, { number: String(lifted.number) })} ·{" "}
          {say(lifted.reason)}
        </p>
      )}
      {detail.value !== undefined && (
        <ClassConsequences
          pilot={detail.value}
          kind={kind}
          classes={classes}
          directive={directive}
        />
      )}
      {limits.value !== undefined && caps !== undefined && (
        <CapConsequences limits={limits.value} caps={caps} />
      )}
    </section>
  );
}

interface DecisionProps {
  readonly task: TaskAnswer;
  decided(verb: "approve" | "reject", outcome: OutcomeAnswer): void;
}

function Decision({ task, decided }: DecisionProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  if (task.mine) {
    return (
      <section className="note stack" aria-labelledby="mine">
        <h2 id="mine">{say(words.mine_title)}</h2>
        <p>{say(isSupervisors(task) ? words.mine_text : words.mine_text_other)}</p>
      </section>
    );
  }
  if (!mayApprove(who, task.command)) {
    return (
      <section className="note stack" aria-labelledby="not-yours">
        <h2 id="not-yours">{say(words.not_yours_title)}</h2>
        <p>{say(isSupervisors(task) ? words.not_yours_text : words.not_yours_other)}</p>
      </section>
    );
  }
  return <Decide task={task} decided={decided} />;
}

/** The decision as it is being made: its reason, what is wrong with it, and the sending. */
function useDecision({ task, decided }: DecisionProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string>();
  const [tries, setTries] = useState(0);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const [references, setReferences] = useState(drawReferences);
  const decide = async (verb: "approve" | "reject") => {
    const wrong = faultOf(verb, reason.trim());
    setFault(wrong === undefined ? undefined : say(wrong));
    if (wrong !== undefined) return setTries((before) => before + 1);
    setBusy(true);
    const body = reason.trim() === "" ? {} : { reason: reason.trim() };
    const path = `/api/tasks/${task.id}/${verb}`;
    const sent = { lang, csrf: who.csrf, id: references[verb], body };
    const answer = await ask<OutcomeAnswer>(path, sent);
    setBusy(false);
    if ("trouble" in answer) {
      if (!isUnknown(answer.trouble)) setReferences(drawReferences());
      return setTrouble(answer.trouble);
    }
    return decided(verb, answer.good);
  };
  return { reason, setReason, fault, tries, trouble, busy, decide };
}

function Decide({ task, decided }: DecisionProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { reason, setReason, fault, tries, trouble, busy, decide } = useDecision({ task, decided });
  const press = (verb: "approve" | "reject") => void (busy || decide(verb));
  return (
    <section className="panel stack" aria-labelledby="decide">
      <h2 id="decide">{say(words.decide)}</h2>
      <Faults
        lang={lang}
        faults={fault === undefined ? [] : [{ field: "reason", text: fault }]}
        round={tries}
      />
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <p>{say(kindOf(task) === undefined ? words.consequence_other : words.consequence)}</p>
      <Textarea
        id="reason"
        label={say(words.reason)}
        description={say(words.reason_hint)}
        error={fault}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p className="acts">
        <button
          type="button"
          className="button primary"
          aria-disabled={busy}
          onClick={() => press("approve")}
        >
          {say(approveText(task))}
        </button>
        <button
          type="button"
          className="button stop"
          aria-disabled={busy}
          onClick={() => press("reject")}
        >
          {say(words.reject)}
        </button>
      </p>
    </section>
  );
}

function drawReferences() {
  return { approve: drawId(), reject: drawId() };
}

function faultOf(verb: "approve" | "reject", reason: string) {
  if (verb === "reject" && reason === "") return words.need_reason;
  return reason.length > REASON_MAX ? words.long_reason : undefined;
}

interface CameProps extends Decided {
  readonly above: readonly { readonly to: string; readonly label: string }[];
}

/** The act of deciding stands in the log of the sandbox, and can be checked there. */
const SANDBOX_LOG = { pilot: "sandbox", partition: 0 } as const;

function Came({ verb, outcome, task, above }: CameProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const approved = verb === "approve";
  const seq = outcome.outcome === "accepted" ? outcome.seq : "";
  const { pilot } = proposalOf(task);
  const done = kindOf(task) === undefined ? words.approved_other : words.approved_text;
  const text = approved ? done : words.rejected_text;
  return (
    <Titled title={say(approved ? words.approved : words.rejected)} above={above}>
      <p className={approved ? "note ok" : "note"} role="status">
        {say(text, { at: momentText(outcome.at), seq })}
      </p>
      {seq !== "" && (
        <section className="panel stack" aria-labelledby="check-act">
          <h2 id="check-act">{say(words.check_act)}</h2>
          <Proof act={{ ...SANDBOX_LOG, seq, outcome: "accepted" }} />
        </section>
      )}
      <p className="row">
        {pilot !== undefined && (
          <Go to={addressOf(lang, aboutOf(task) ?? ["pilots", pilot])} className="button">
            {say(aboutOf(task) === undefined ? words.to_pilot : words.see)}
          </Go>
        )}
        <Go to={addressOf(lang, ["approvals"])} className="go-to">
          {say(words.to_list)}
        </Go>
        {pilot !== undefined && (
          <a className="go-to" href={`/${lang}/pilots/${pilot}`}>
            {say(frameWords.opens_public)}
          </a>
        )}
      </p>
    </Titled>
  );
}
