/** One pilot's pool: balance against what is required, losses against their cap, claims, what waits. */
import type { Claim, Compensation, PilotSummary } from "@sandbank/sandbox/contract";
import { formatMoney, formatPercent } from "@sandbank/kernel/words";
import { FactList } from "@sandbank/ui/face/parts";
import { titleOf } from "../approval/task.ts";
import { type Reading, useAsk } from "../ask.ts";
import { mayTake } from "../offices.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { TideBar } from "../parts/tide.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { compensationWords as words } from "../words/compensation.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { termsWords } from "../words/terms.words.ts";
import { mayFund } from "./acts.ts";
import { Adequate, NO_POOL } from "./pools.tsx";

const EVERY_MS = 5_000;
/** The indicator that follows it day by day. */
const ADEQUACY = "I28";
const PAYING = "sandbox.pay_claim_by_two";

export function PoolPage({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${encodeURIComponent(slug)}/compensation`;
  const pool = useAsk<Compensation>(path, { lang, every_ms: EVERY_MS });
  const claims = useAsk<{ claims: Claim[] }>(`/api/claims?pilot=${encodeURIComponent(slug)}`, {
    lang,
    every_ms: EVERY_MS,
  });
  const { pilots } = useReadings();
  const known = pilots.value?.pilots.find((one) => one.slug === slug);
  const title = say(words.of, { pilot: known === undefined ? slug : say(known.name) });
  const above = [{ to: addressOf(lang, ["compensation"]), label: say(words.title) }];
  const { value } = pool;
  if (value === undefined) {
    const hasNone = pool.trouble?.code === NO_POOL;
    return (
      <Titled title={title} above={above}>
        {hasNone ? <p className="note warn">{say(termsWords.none)}</p> : <Pending reading={pool} />}
        {hasNone && known !== undefined && <Ways pilot={known} hasNone />}
      </Titled>
    );
  }
  return (
    <Titled title={title} above={above} beside={<Adequate pool={value} />}>
      {known !== undefined && <Ways pilot={known} />}
      <Bars pool={value} />
      <div className="split">
        <div className="stack-l">
          <Claims reading={claims} />
          <WaitingPayouts slug={slug} />
        </div>
        <Facts pool={value} />
      </div>
    </Titled>
  );
}

interface WaysProps {
  readonly pilot: PilotSummary;
  /** True while there are no terms, and so nothing to put money into. */
  readonly hasNone?: boolean;
}

/** What the reader may do to the pool as a whole. */
function Ways({ pilot, hasNone = false }: WaysProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const to = (act: string) => addressOf(lang, ["compensation", pilot.slug, act]);
  const funds = mayFund(pilot, who) && !hasNone;
  const sets = mayTake(who, "set_compensation_terms");
  if (!funds && !sets) return null;
  return (
    <p className="row">
      {funds && (
        <Go to={to("fund")} className="button">
          {say(words.fund)}
        </Go>
      )}
      {sets && (
        <Go to={to("terms")} className={hasNone ? "button primary" : "button"}>
          {say(termsWords.set)}
        </Go>
      )}
    </p>
  );
}

function Bars({ pool }: { readonly pool: Compensation }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const { terms, free, required, lossUsed, adequacy_ppm } = pool;
  const lossLeft = BigInt(terms.lossCap) - BigInt(lossUsed);
  return (
    <section className="panel stack-l" aria-labelledby="pool">
      <div className="head">
        <h2 id="pool">{say(words.pool)}</h2>
        <p className="small">{say(frameWords.as_of, { at: momentText(pool.at) })}</p>
      </div>
      <div className="limits">
        <div className="scale">
          <div className="row apart">
            <h3>{say(words.adequacy)}</h3>
            {adequacy_ppm !== null && (
              <Go to={addressOf(lang, ["indicators", pool.pilot, ADEQUACY])} className="go-to">
                <b>{formatPercent(adequacy_ppm, 1)}</b>
                <span className="sr"> {say(words.adequacy)}</span>
              </Go>
            )}
          </div>
          <TideBar actual={BigInt(free)} target={BigInt(required)} />
          <dl className="key">
            <div>
              <dt className="k-water">{say(words.free)}</dt>
              <dd>{money(free)}</dd>
            </div>
            <div>
              <dt className="k-stake">{say(words.required)}</dt>
              <dd>{money(required)}</dd>
            </div>
          </dl>
          <p className="small">{requiredText(pool, say, lang)}</p>
        </div>
        <div className="scale">
          <div className="row apart">
            <h3>{say(words.loss)}</h3>
          </div>
          <TideBar actual={BigInt(lossUsed)} cap={BigInt(terms.lossCap)} />
          <dl className="key">
            <div>
              <dt className="k-water">{say(words.used)}</dt>
              <dd>{money(lossUsed)}</dd>
            </div>
            <div>
              <dt className="k-sand">{say(words.loss_left)}</dt>
              <dd>{money(String(lossLeft > 0n ? lossLeft : 0n))}</dd>
            </div>
            <div>
              <dt className="k-wall">{say(words.loss_cap)}</dt>
              <dd>{money(terms.lossCap)}</dd>
            </div>
          </dl>
        </div>
      </div>
    </section>
  );
}

function requiredText(
  { terms, exposure }: Compensation,
  say: ReturnType<typeof sayIn>,
  lang: "zh" | "en",
): string {
  const { clause, required } = terms;
  if (required.kind === "fixed") return say(words.required_fixed, { clause });
  return say(words.required_share, {
    clause,
    exposure: formatMoney(BigInt(exposure ?? "0"), lang),
    share: formatPercent(required.ppm),
    least: formatMoney(BigInt(required.least), lang),
  });
}

const STATES = {
  raised: { word: words.state_raised, tone: "warn" },
  admitted: { word: words.state_admitted, tone: "warn" },
  refused: { word: words.state_refused, tone: "off" },
  paid: { word: words.state_paid, tone: "ok" },
} as const;

export function ClaimTag({ claim }: { readonly claim: Claim }) {
  const { lang } = useSetting();
  const { word, tone } = STATES[claim.state];
  return <Tag tone={tone}>{sayIn(lang)(word)}</Tag>;
}

function Claims({ reading }: { readonly reading: Reading<{ readonly claims: readonly Claim[] }> }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const claims = reading.value?.claims;
  const money = (fen: string | null) => (fen === null ? "—" : formatMoney(BigInt(fen), lang));
  return (
    <section className="panel flush" aria-labelledby="claims">
      <div className="head">
        <h2 id="claims">{say(words.claims)}</h2>
      </div>
      <Pending reading={reading} lines={2} />
      {claims?.length === 0 && <p className="empty">{say(words.claims_none)}</p>}
      {claims !== undefined && claims.length > 0 && (
        <Listed
          caption={say(words.claims_table)}
          rows={claims}
          keyOf={({ id }) => id}
          columns={[
            {
              head: say(words.number),
              cell: ({ id, number }) => (
                <Go to={addressOf(lang, ["claims", id])} className="go-to">
                  {number}
                </Go>
              ),
            },
            { head: say(words.claimed), look: "num", cell: ({ claimed }) => money(claimed) },
            { head: say(words.admitted), look: "num", cell: ({ admitted }) => money(admitted) },
            { head: say(words.paid), look: "num", cell: ({ paid }) => money(paid) },
            { head: say(words.state), cell: (claim) => <ClaimTag claim={claim} /> },
          ]}
        />
      )}
    </section>
  );
}

function WaitingPayouts({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { tasks, pilots } = useReadings();
  const mine = (tasks.value?.tasks ?? []).filter(
    ({ command, content }) =>
      command === PAYING && (content as { pilot?: string } | null)?.pilot === slug,
  );
  return (
    <section className="panel flush" aria-labelledby="waiting">
      <div className="head">
        <h2 id="waiting">{say(words.waiting)}</h2>
      </div>
      {mine.length === 0 && <p className="empty">{say(words.waiting_none)}</p>}
      <ul className="list">
        {mine.map((task) => (
          <li key={task.id}>
            <Go to={addressOf(lang, ["approvals", task.id])} className="cover">
              <b>{titleOf(task, pilots.value?.pilots ?? [], say)}</b>
            </Go>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ pool }: { readonly pool: Compensation }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const { terms, paidBy, medianDays } = pool;
  const facts = [
    [
      say(words.insurer),
      terms.insurer === null
        ? say(words.insurer_none)
        : `${say(terms.insurer)} · ${money(pool.insurerLeft)}`,
    ],
    [say(words.by_one), money(terms.byOneUpTo)],
    [say(words.claimed), money(pool.claimed)],
    [say(words.paid), money(pool.paid)],
    [say(words.paid_by_pool), money(paidBy.pool)],
    [say(words.paid_by_insurer), money(paidBy.insurer)],
    [say(words.paid_by_institution), money(paidBy.institution)],
    [say(words.median), medianDays === null ? "—" : say(words.days, { n: String(medianDays) })],
  ] as const;
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList facts={facts} />
    </section>
  );
}
