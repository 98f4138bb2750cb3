/** What is stranded: at each step and in all, how long it may take and what it costs. */
import type { ExitDryRun } from "@sandbank/sandbox/contract";
import { formatCount, formatMoney } from "@sandbank/kernel/words";
import { FactList } from "@sandbank/ui/face/parts";
import type { Reading } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { LEFT_WORDS } from "../words/ending.words.ts";
import { exitWords as words, OPEN_WORDS } from "../words/exit.words.ts";

type Open = ExitDryRun["steps"][number]["open"];

export function OpenList({ open }: { readonly open: Open }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (open.length === 0) return <span className="small">{say(words.nothing_open)}</span>;
  return (
    <ul className="stack-s">
      {open.map((one) => {
        const [kind = "", which] = one.of.split("/", 2);
        // What the pilot's own module counts is told by its own names where they are known here.
        const own = one.predicate === "duties_done" ? LEFT_WORDS[kind] : undefined;
        const known = own ?? OPEN_WORDS[one.predicate];
        const amount = BigInt(one.amount);
        return (
          <li key={`${one.predicate}/${one.of}`}>
            {known === undefined ? one.predicate : say(known)}{" "}
            {own !== undefined && which !== undefined && <code>{which}</code>}{" "}
            <b>{one.unit === "fen" ? formatMoney(amount, lang) : formatCount(amount, lang)}</b>
            {one.ends !== null && (
              <span className="small"> {say(words.until, { at: momentText(one.ends) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function DryRun({ reading }: { readonly reading: Reading<ExitDryRun> }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { value } = reading;
  return (
    <section className="panel stack" aria-labelledby="dry-run">
      <h2 id="dry-run">{say(words.dry_run)}</h2>
      <Pending reading={reading} />
      {value !== undefined && <Summary run={value} />}
    </section>
  );
}

function Summary({ run }: { readonly run: ExitDryRun }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const clear = run.steps.every(({ open }) => open.length === 0);
  const facts = [
    [say(words.cost), money(run.costFen)],
    [say(words.owed), money(run.owedByCustomersFen)],
    [say(words.in_flight), money(run.inFlightFen)],
    [say(words.ends_by), run.endsByTerms && momentText(run.endsByTerms)],
    [say(words.plan_days), run.planDays && formatCount(run.planDays, lang)],
    [say(words.plan_cost), run.planCostFen && money(run.planCostFen)],
  ] as const;
  return (
    <>
      <p className="small">{say(words.dry_run_at, { at: momentText(run.at) })}</p>
      {clear ? <p className="note ok">{say(words.all_clear)}</p> : <FactList facts={facts} />}
      {!clear && run.endsOnlyByBeingDone && <p className="note warn">{say(words.ends_by_doing)}</p>}
    </>
  );
}
