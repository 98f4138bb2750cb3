/** What came of an act: recorded, or waiting for another person. */
import { Go } from "../parts/go.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { actWords } from "../words/complaint.words.ts";
import type { Outcome } from "./outcome.ts";

interface CameProps {
  readonly outcome: Outcome;
  readonly to: string;
  readonly above: readonly { readonly to: string; readonly label: string }[];
}

export function Came({ outcome, to, above }: CameProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const parked = outcome.outcome === "parked";
  return (
    <Titled title={say(parked ? actWords.parked : actWords.done)} above={above}>
      <p className={parked ? "note warn" : "note ok"} role="status">
        {saidOf(outcome, say)}
      </p>
      <p className="row">
        <Go to={to} className="button">
          {say(actWords.back)}
        </Go>
        {parked && (
          <Go to={addressOf(lang, ["approvals", outcome.task])} className="go-to">
            {say(actWords.see_task)}
          </Go>
        )}
      </p>
    </Titled>
  );
}

function saidOf(outcome: Outcome, say: Saying): string {
  if (outcome.outcome === "done") return say(actWords.done_plain);
  const at = momentText(outcome.at);
  if (outcome.outcome === "parked") return say(actWords.parked_text, { at });
  return say(actWords.done_text, { at, seq: outcome.seq });
}
