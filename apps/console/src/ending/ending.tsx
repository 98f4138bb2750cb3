/** What of payment tokens is not brought to an end, and bringing it there, all at once. */
import type { LeftAnswer } from "@sandbank/tokens/contract";
import { useAsk } from "../ask.ts";
import { Listed } from "../parts/listed.tsx";
import { NextActs } from "../parts/next-acts.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { figureOf, momentText } from "../pilot/figures.ts";
import { useTokensPilot } from "../requestor/acts.ts";
import { TokenWays } from "../requestor/ways.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { endingActs, endingWords as words, LEFT_WORDS } from "../words/ending.words.ts";
import { endingActsOf, hasWork, inTheWay, summed } from "./acts.ts";

const EVERY_MS = 5_000;

export function EndingPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<LeftAnswer>("/api/ending", { lang, every_ms: EVERY_MS });
  const pilot = useTokensPilot();
  const { value } = reading;
  const left = value?.left ?? [];
  const own = pilot === undefined ? [] : endingActsOf(pilot, who);
  const acts = own.filter((act) => hasWork(act, left));
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <TokenWays here="ending" />
      <Pending reading={reading} lines={6} />
      {value !== undefined && pilot !== undefined && acts.length > 0 && (
        <section className="stack" aria-labelledby="next">
          <h2 id="next">{say(words.next)}</h2>
          <NextActs
            acts={acts.map((act) => ({
              ...{ name: say(endingActs[act].name), what: say(endingActs[act].lead) },
              ...{ to: addressOf(lang, ["ending", act]), two: act === "keys" },
              ...{ grave: act !== "notices", blocked: inTheWay(act, { pilot, left }, say) },
            }))}
          />
        </section>
      )}
      {value !== undefined && <Left left={summed(left)} />}
    </Titled>
  );
}

function Left({ left }: LeftAnswer) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="stack" aria-labelledby="left">
      <h2 id="left">{say(words.left)}</h2>
      {left.length === 0 && <p className="note ok">{say(words.none)}</p>}
      {left.length > 0 && (
        <div className="panel flush">
          <Listed
            caption={say(words.left)}
            rows={left}
            keyOf={({ what, ref }) => `${what}/${ref}`}
            columns={[
              { head: say(words.what), cell: ({ what }) => say(LEFT_WORDS[what] ?? words.what) },
              {
                head: say(words.which),
                cell: ({ ref }) => (ref === null ? say(words.all) : <code>{ref}</code>),
              },
              {
                ...{ head: say(words.amount), look: "num" as const },
                cell: ({ unit, amount }) => figureOf(amount, unit, lang),
              },
              {
                head: say(words.ends),
                cell: ({ ends }) => (ends === null ? "—" : <time>{momentText(ends)}</time>),
              },
            ]}
          />
        </div>
      )}
    </section>
  );
}
