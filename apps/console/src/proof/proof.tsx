/** The check of one act, step by step and in words. */
import { useState } from "react";
import type { Text } from "@sandbank/kernel/words";
import { formatInstant } from "@sandbank/kernel/words";
import { type Act, checkAct, type Step, STEPS, type StepState, type Verdict } from "./check.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { journalWords as words } from "../words/journal.words.ts";

interface Shown {
  readonly state: StepState;
  readonly facts: Readonly<Record<string, string>>;
}

const TITLES: Readonly<Record<Step, Text>> = {
  checkpoint: words.step_checkpoint,
  signature: words.step_signature,
  witness: words.step_witness,
  leaf: words.step_leaf,
  matches: words.step_matches,
  path: words.step_path,
};

const STATES: Readonly<Record<StepState, Text>> = {
  waiting: words.state_waiting,
  running: words.state_running,
  ok: words.state_ok,
  no: words.state_no,
  absent: words.state_absent,
};

const VERDICTS: Readonly<Record<Verdict, { readonly text: Text; readonly note: string }>> = {
  verified: { text: words.verified, note: "ok" },
  failed: { text: words.failed, note: "stop" },
  not_published: { text: words.not_published, note: "warn" },
  unable: { text: words.unable, note: "warn" },
};

type Progress = Readonly<Partial<Record<Step, Shown>>>;

/** A button that checks the act, and what came of it. */
export function Proof({ act, primary = false }: { readonly act: Act; readonly primary?: boolean }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [progress, setProgress] = useState<Progress>({});
  const [verdict, setVerdict] = useState<Verdict>();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setVerdict(undefined);
    setProgress({});
    const came = await checkAct(act, (step, state, facts = {}) => {
      setProgress((before) => ({ ...before, [step]: { state, facts } }));
    });
    setVerdict(came);
    setBusy(false);
  };
  const begun = Object.keys(progress).length > 0 || verdict !== undefined;
  const done = STEPS.filter((step) => {
    const state = progress[step]?.state;
    return state !== undefined && state !== "running";
  }).length;
  return (
    <div className="stack">
      <button
        type="button"
        className={primary ? "button primary" : "button"}
        aria-disabled={busy}
        onClick={() => void (busy || run())}
      >
        {say(verdict === undefined ? words.begin : words.again)}
      </button>
      {begun && (
        <ol className="checks">
          {STEPS.map((step) => (
            <StepLine key={step} step={step} shown={progress[step]} say={say} />
          ))}
        </ol>
      )}
      <p className="sr" role="status">
        {busy ? say(words.progress, { n: String(done), of: String(STEPS.length) }) : ""}
      </p>
      {verdict !== undefined && (
        <p className={`note ${VERDICTS[verdict].note}`} role="status">
          {say(VERDICTS[verdict].text)}
        </p>
      )}
    </div>
  );
}

function StepLine({
  step,
  shown,
  say,
}: {
  readonly step: Step;
  readonly shown: Shown | undefined;
  readonly say: Saying;
}) {
  const { state, facts } = shown ?? { state: "waiting", facts: {} };
  return (
    <li data-state={state}>
      <span>
        {say(TITLES[step])}
        <br />
        <span className="small">
          {say(STATES[state])}
          {factText(step, { state, facts }, say)}
        </span>
      </span>
    </li>
  );
}

function factText(step: Step, { state, facts }: Shown, say: Saying): string {
  const text = wordsOf(step, { state, facts }, say);
  return text === undefined ? "" : ` · ${text}`;
}

function wordsOf(step: Step, { state, facts }: Shown, say: Saying): string | undefined {
  if (step === "checkpoint" && state === "ok") return say(words.step_checkpoint_ok, facts);
  if (step === "leaf" && facts["bundles"] !== undefined) return say(words.step_leaf_busy, facts);
  if (step === "leaf" && state === "ok") return say(words.step_leaf_ok, facts);
  if (step === "path" && state === "ok") return say(words.step_path_ok, facts);
  const { name, seconds } = facts;
  if (step === "witness" && name !== undefined && seconds !== undefined) {
    return say(words.step_witness_ok, { name, at: formatInstant(Number(seconds) * 1000) });
  }
  return undefined;
}
