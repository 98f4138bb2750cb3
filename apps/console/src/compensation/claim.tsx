/** One claim: what was claimed, admitted and paid, by whom, and what a trustee can do. */
import type { Claim, Payout } from "@sandbank/sandbox/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { FactList } from "@sandbank/ui/face/parts";
import { Person } from "../approval/person.tsx";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { ListPanel } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { compensationWords as words } from "../words/compensation.words.ts";
import { claimActsOpen } from "./acts.ts";
import { ClaimTag } from "./pool.tsx";

const EVERY_MS = 5_000;

export interface ClaimAnswer {
  readonly claim: Claim;
  readonly payouts: readonly Payout[];
  readonly words: string | null;
}

export function ClaimPage({ id }: { readonly id: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = `/api/claims/${encodeURIComponent(id)}`;
  const reading = useAsk<ClaimAnswer>(path, { lang, every_ms: EVERY_MS });
  const { pilots } = useReadings();
  const { value } = reading;
  const above = [{ to: addressOf(lang, ["compensation"]), label: say(words.title) }];
  if (value === undefined) {
    return (
      <Titled title={say(words.claims)} above={above}>
        <Pending reading={reading} />
      </Titled>
    );
  }
  const { claim, payouts } = value;
  const runs = pilots.value?.pilots.find(({ slug }) => slug === claim.pilot) ?? { runBy: [] };
  const open = claimActsOpen(claim, runs, who);
  return (
    <Titled
      title={say(words.claim, { number: claim.number })}
      above={above}
      beside={<ClaimTag claim={claim} />}
    >
      {open.length > 0 && (
        <p className="row">
          {open.map((act) => (
            <Go
              to={addressOf(lang, ["claims", id, act])}
              className={act === "refuse" ? "button" : "button primary"}
              key={act}
            >
              {say(words[act])}
            </Go>
          ))}
        </p>
      )}
      <div className="split">
        <Payouts payouts={payouts} />
        <Facts claim={claim} remark={value.words} />
      </div>
    </Titled>
  );
}

function Payouts({ payouts }: { readonly payouts: readonly Payout[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const sources = (one: Payout) =>
    [
      [one.fromPool, words.from_pool] as const,
      [one.fromInsurer, words.from_insurer] as const,
      [one.fromInstitution, words.from_institution] as const,
    ]
      .filter(([amount]) => amount !== "0")
      .map(([amount, word]) => say(word, { amount: money(amount) }))
      .join(lang === "zh" ? "，" : ", ");
  return (
    <ListPanel
      id="payouts"
      title={say(words.payouts)}
      none={say(words.payouts_none)}
      rows={payouts}
      keyOf={({ id }) => id}
      columns={[
        { head: say(words.at), cell: ({ at }) => <time>{momentText(at)}</time> },
        { head: say(words.amount), look: "num", cell: ({ amount }) => money(amount) },
        { head: say(words.from), cell: (one) => sources(one) },
        { head: say(words.by), cell: ({ paidBy }) => <Person id={paidBy} /> },
        {
          head: say(words.approved_by),
          cell: ({ approvedBy }) => (approvedBy === null ? "—" : <Person id={approvedBy} />),
        },
      ]}
    />
  );
}

function Facts({ claim, remark }: { readonly claim: Claim; readonly remark: string | null }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const money = (fen: string | null) => (fen === null ? "—" : formatMoney(BigInt(fen), lang));
  const left = BigInt(claim.admitted ?? "0") - BigInt(claim.paid);
  const { complaint } = claim;
  const facts = [
    [
      say(words.cause),
      complaint === null ? (
        say(words.cause_incident)
      ) : (
        <Go to={addressOf(lang, ["complaints", complaint])} className="go-to" key="cause">
          {say(words.cause_complaint)}
        </Go>
      ),
    ],
    [say(words.claimed), money(claim.claimed)],
    [say(words.admitted), money(claim.admitted)],
    [say(words.paid), money(claim.paid)],
    [say(words.left), money(String(left))],
    [say(words.raised_by), <Person id={claim.raisedBy} key="raised" />],
    [say(words.judged_by), claim.judgedBy && <Person id={claim.judgedBy} key="judged" />],
    [say(words.remark), remark],
  ] as const;
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList facts={facts} />
    </section>
  );
}
