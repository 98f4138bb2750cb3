/** The last acts of each pilot, read when they are unfolded. */
import { useState } from "react";
import type { JournalAnswer, PilotSummary } from "@sandbank/sandbox/contract";
import { useAsk } from "../ask.ts";
import { ActTable } from "../journal/acts.tsx";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { indicatorWords } from "../words/indicator.words.ts";
import { pilotWords } from "../words/pilot.words.ts";
import { todayWords as words } from "../words/today.words.ts";

const EVERY_MS = 4_000;
const ACTS_SHOWN = 8;

export function LastActs({ pilots }: { readonly pilots: readonly PilotSummary[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel flush" aria-labelledby="acts">
      <div className="head">
        <h2 id="acts">{say(words.acts)}</h2>
      </div>
      {pilots.map((pilot) => (
        <OfPilot pilot={pilot} key={pilot.slug} />
      ))}
    </section>
  );
}

function OfPilot({ pilot: { slug, name } }: { readonly pilot: PilotSummary }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [open, setOpen] = useState(false);
  const path = open ? `/api/pilots/${slug}/journal?n=${ACTS_SHOWN}` : undefined;
  const journal = useAsk<JournalAnswer>(path, { lang, every_ms: EVERY_MS });
  const { value } = journal;
  return (
    <details className="group" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="said">{say(name)}</span>
      </summary>
      <div>
        <Pending reading={journal} lines={3} />
        {value !== undefined && value.entries.length === 0 && (
          <p className="empty">{say(words.acts_none)}</p>
        )}
        {value !== undefined && value.entries.length > 0 && <ActTable entries={value.entries} />}
        <p className="head row">
          <Go to={addressOf(lang, ["indicators", slug])} className="go-to">
            {say(indicatorWords.indicators)}
            <span className="sr"> {say(name)}</span>
          </Go>
          <Go to={addressOf(lang, ["journal", slug])} className="go-to">
            {say(pilotWords.journal)}
            <span className="sr"> {say(name)}</span>
          </Go>
        </p>
      </div>
    </details>
  );
}
