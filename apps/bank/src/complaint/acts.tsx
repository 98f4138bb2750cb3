/** What the complainant can do now: add words, turn to the self-regulatory body, have it re-checked, withdraw. */
import type { FollowedComplaint, OwnActing } from "@sandbank/sandbox/contract";
import { TroubleNote } from "@sandbank/ui/face/parts";
import { useState } from "react";
import { Press, useAct } from "../parts/act.tsx";
import { Field } from "../parts/field.tsx";
import { lastDayText } from "../parts/moment.ts";
import { sayIn, useSetting } from "../setting.ts";
import { complaintWords as words } from "../words/complaint.words.ts";

const WORDS_MAX = 5_000;

interface ComplaintActsProps {
  readonly id: string;
  readonly may: FollowedComplaint["may"];
  done(): void;
}

/** The words as they are typed, and the sending of an act with them. */
function useComplaintActs(id: string, done: () => void) {
  const act = useAct<object>();
  const [typed, setTyped] = useState("");
  const [isWanting, setIsWanting] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const send = async (acting: OwnActing["act"]) => {
    const said = typed.trim();
    const wanting = (acting === "add" && said === "") || said.length > WORDS_MAX;
    setIsWanting(wanting);
    setIsDone(false);
    if (wanting) return document.getElementById("words")?.focus();
    const body = { act: acting, ...(said === "" ? {} : { words: said }) };
    const path = `/api/complaints/own/${encodeURIComponent(id)}/acts`;
    if ((await act.send({ path, body })) === undefined) return;
    setTyped("");
    setIsDone(true);
    done();
  };
  return { act, typed, setTyped, isWanting, isDone, send };
}

export function ComplaintActs({ id, may, done }: ComplaintActsProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { act, typed, setTyped, isWanting, isDone, send } = useComplaintActs(id, done);
  const { add, withdraw, escalate, recheck, recheckUntil } = may;
  const none = !add && !withdraw && !escalate && !recheck;
  if (none) return isDone ? <p role="status">{say(words.done)}</p> : null;
  const faults = isWanting ? [{ field: "words", text: say(words.words_fault) }] : [];
  const press = (acting: "add" | "escalate" | "request_recheck") => (
    <Press
      label={say(words[acting])}
      look={acting === "add" ? "primary" : "plain"}
      busy={act.busy}
      press={() => void send(acting)}
    />
  );
  return (
    <section className="panel stack narrow" aria-labelledby="acts">
      <h2 id="acts">{say(words.acts)}</h2>
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      {isDone && (
        <p className="note ok" role="status">
          {say(words.done)}
        </p>
      )}
      <Field
        {...{ id: "words", label: say(words.words), rows: 4, faults }}
        value={typed}
        change={setTyped}
      />
      {recheck && recheckUntil !== null && (
        <p className="small">{say(words.recheck_until, { at: lastDayText(recheckUntil) })}</p>
      )}
      <p className="acts">
        {add && press("add")}
        {recheck && press("request_recheck")}
        {escalate && press("escalate")}
      </p>
      {withdraw && <Withdrawal busy={act.busy} withdraw={() => void send("withdraw")} />}
    </section>
  );
}

/** Withdrawing ends the complaint, so it is asked once more. */
function Withdrawal({ busy, withdraw }: { readonly busy: boolean; withdraw(): void }) {
  const say = sayIn(useSetting().lang);
  const [leaving, setLeaving] = useState(false);
  if (!leaving) {
    return (
      <p className="acts">
        <button type="button" className="button stop" onClick={() => setLeaving(true)}>
          {say(words.withdraw)}
        </button>
      </p>
    );
  }
  return (
    <div className="stack">
      <p role="status">{say(words.withdraw_sure)}</p>
      <p className="acts">
        <Press label={say(words.withdraw_yes)} look="stop" busy={busy} press={withdraw} />
        <button type="button" className="button" onClick={() => setLeaving(false)}>
          {say(words.keep)}
        </button>
      </p>
    </div>
  );
}
