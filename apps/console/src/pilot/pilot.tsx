/** One pilot as staff see it: what it may do now, how much of it is used, and what can be ordered. */
import { useEffect } from "react";
import type { DirectiveView, LimitsAnswer, PilotDetail } from "@sandbank/sandbox/contract";
import { type Reading, useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag, Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { HeldAgainst } from "../regime/held.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { indicatorWords } from "../words/indicator.words.ts";
import { pilotWords as words } from "../words/pilot.words.ts";
import { DirectiveFacts } from "./bound.tsx";
import { CLASS_WORDS, momentText } from "./figures.ts";
import { keep } from "./history.ts";
import { Limits } from "./limits.tsx";
import { Orders } from "./order-links.tsx";
import { binding, ordersOpen } from "./orders.ts";
import { UsePlot } from "./plot.tsx";

/** How often limits are read while the page can be seen. */
const LIMITS_EVERY_MS = 2_000;

export function PilotPage({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${encodeURIComponent(slug)}`;
  const detail = useAsk<PilotDetail>(path, { lang, every_ms: LIMITS_EVERY_MS });
  const limits = useAsk<LimitsAnswer>(`${path}/limits`, { lang, every_ms: LIMITS_EVERY_MS });
  const pilot = detail.value;
  const answer = limits.value;
  useEffect(() => {
    if (answer !== undefined) keep(answer);
  }, [answer]);
  const above = [{ to: addressOf(lang, ["pilots"]), label: say(frameWords.pilots) }];
  if (pilot === undefined) {
    return (
      <Titled title={slug} above={above}>
        <Pending reading={detail} lines={8} />
      </Titled>
    );
  }
  const active = binding(pilot);
  return (
    <Titled
      title={say(pilot.name)}
      above={above}
      beside={<PhaseTag state={pilot.state} />}
      lead={<p>{say(pilot.summary)}</p>}
    >
      <Ways pilot={pilot} />
      <LimitsNow limits={limits} />
      {answer !== undefined && <UsePlot answer={answer} />}
      <div className="split">
        <InForce pilot={pilot} active={active} limits={answer} />
        <Facts pilot={pilot} />
      </div>
      <HeldAgainst of="pilots" slug={pilot.slug} />
    </Titled>
  );
}

/** The limits as they were last read, and how old the reading is if a later one failed. */
function LimitsNow({ limits }: { readonly limits: Reading<LimitsAnswer> }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const answer = limits.value;
  return (
    <section className="panel stack-l" aria-labelledby="limits">
      <div className="head">
        <h2 id="limits">{say(words.limits)}</h2>
        <p className="small">
          {limits.trouble !== undefined && answer !== undefined
            ? say(frameWords.stale, { at: momentText(answer.at) })
            : answer?.at && say(frameWords.as_of, { at: momentText(answer.at) })}
        </p>
      </div>
      <Pending reading={limits} />
      {answer !== undefined && answer.limits.length === 0 && <p>{say(words.no_limits)}</p>}
      {answer !== undefined && answer.limits.length > 0 && (
        <>
          <Limits limits={answer} />
          <p className="small">
            {say(answer.demo ? words.limits_by : words.limits_by_live, {
              version: String(answer.policyVersion),
            })}
          </p>
        </>
      )}
    </section>
  );
}

/** What may be ordered from here, each order on its own pages, and the ways to what is beside. */
function Ways({ pilot }: { readonly pilot: PilotDetail }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  return (
    <Orders slug={pilot.slug} open={ordersOpen(pilot, who)}>
      <Go to={addressOf(lang, ["journal", pilot.slug])} className="go-to">
        {say(words.journal)}
      </Go>
      <Go to={addressOf(lang, ["indicators", pilot.slug])} className="go-to">
        {say(indicatorWords.indicators)}
      </Go>
      <Go to={addressOf(lang, ["compensation", pilot.slug])} className="go-to">
        {say(frameWords.compensation)}
      </Go>
      <Go to={addressOf(lang, ["evaluations", pilot.slug])} className="go-to">
        {say(frameWords.evaluations)}
      </Go>
      <Go to={addressOf(lang, ["exits", pilot.slug])} className="go-to">
        {say(frameWords.exits)}
      </Go>
      <a className="go-to" href={`/${lang}/pilots/${pilot.slug}`}>
        {say(frameWords.opens_public)}
      </a>
    </Orders>
  );
}

function InForce({
  pilot,
  active,
  limits,
}: {
  readonly pilot: PilotDetail;
  readonly active: readonly DirectiveView[];
  readonly limits: LimitsAnswer | undefined;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="in-force">
      <h2 id="in-force">{say(words.directives)}</h2>
      {active.length === 0 && <p className="quiet">{say(words.no_directives)}</p>}
      <ul className="rows">
        {active.map((directive) => (
          <li key={directive.id}>
            <DirectiveFacts directive={directive} limits={limits} />
          </li>
        ))}
      </ul>
      <Classes pilot={pilot} />
    </section>
  );
}

function Classes({ pilot }: { readonly pilot: PilotDetail }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { policy, partitions } = pilot;
  if (policy === null) return null;
  const version = String(policy.version);
  const behind = String(partitions.filter((one) => one.version < policy.version).length);
  return (
    <>
      <div className="boxed">
        <table>
          <caption>{say(words.classes_caption)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.class)}</th>
              <th scope="col">{say(words.now)}</th>
            </tr>
          </thead>
          <tbody>
            {(["OPEN", "USE", "SERVICE"] as const).map((name) => (
              <tr key={name}>
                <th scope="row">
                  {say(CLASS_WORDS[name].name)}
                  <br />
                  <span className="small">{say(CLASS_WORDS[name].means)}</span>
                </th>
                <td>
                  {policy.classes[name] === true ? (
                    <Tag tone="ok">{say(frameWords.yes_open)}</Tag>
                  ) : (
                    <Tag tone="stop">{say(frameWords.no_closed)}</Tag>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small">
        {policy.effective
          ? say(words.effective, { version })
          : say(words.not_effective, { version, behind })}
      </p>
    </>
  );
}

function Facts({ pilot }: { readonly pilot: PilotDetail }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const join = (names: readonly string[]) => names.join(lang === "zh" ? "、" : ", ");
  const latest = pilot.declarationVersions.at(-1);
  return (
    <section className="panel" aria-labelledby="facts">
      <div className="head">
        <h2 id="facts">{say(words.facts)}</h2>
      </div>
      <dl className="facts">
        <div>
          <dt>{say(words.declared_by)}</dt>
          <dd>{join(pilot.institutions.map((one) => say(one.name)))}</dd>
        </div>
        {pilot.admission !== null && (
          <div>
            <dt>{say(words.operators)}</dt>
            <dd>{join(pilot.admission.operators.map((one) => say(one.name)))}</dd>
          </div>
        )}
        {pilot.period !== null && (
          <div>
            <dt>{say(words.period)}</dt>
            <dd>
              {say(words.from_to, {
                from: momentText(pilot.period.from).slice(0, 10),
                to: momentText(pilot.period.to).slice(0, 10),
              })}
            </dd>
          </div>
        )}
        {latest !== undefined && (
          <div>
            <dt>{say(words.declaration)}</dt>
            <dd>
              {say(words.version, {
                version: String(latest.version),
                at: momentText(latest.at).slice(0, 10),
              })}
              <p>
                <code>{latest.hash.slice(0, 16)}…</code>
              </p>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
