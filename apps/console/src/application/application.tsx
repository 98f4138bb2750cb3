/**
 * One application: what comes next and who may do it, its versions with their signatures, rounds of
 * consultation, changes, reasons for which it was returned, and the text as it is on file.
 */
import { type ApplicationAnswer, clauseList, type Compensation } from "@sandbank/sandbox/contract";
import { type Fact, FactList } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { NO_POOL } from "../compensation/pools.tsx";
import { Go } from "../parts/go.tsx";
import { NextActs } from "../parts/next-acts.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { lastDayOf, momentText } from "../pilot/figures.ts";
import { HeldAgainst } from "../regime/held.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { applicationWords as words, NEXT_WORDS } from "../words/application.words.ts";
import { pilotWords } from "../words/pilot.words.ts";
import { stepLeads, stepNames } from "../words/step.words.ts";
import { Changes, Rounds, Rulings } from "./record.tsx";
import { isGrave, mayRevise, type PoolStand, stepsOpen, takesTwo } from "./steps.ts";
import { Versions } from "./versions.tsx";

const EVERY_MS = 5_000;

export function ApplicationPage({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/applications/${encodeURIComponent(slug)}`;
  const reading = useAsk<ApplicationAnswer>(path, { lang, every_ms: EVERY_MS });
  const { value } = reading;
  const above = [{ to: addressOf(lang, ["applications"]), label: say(words.title) }];
  if (value === undefined) {
    return (
      <Titled title={slug} above={above}>
        <Pending reading={reading} lines={8} />
      </Titled>
    );
  }
  return (
    <Titled title={say(value.name)} above={above} beside={<PhaseTag state={value.state} />}>
      <Next of={value} />
      <div className="split">
        <div className="stack-l">
          <Versions of={value} />
          <Rounds of={value} />
          {value.changes.length > 0 && <Changes of={value} />}
          {value.rulings.length > 0 && <Rulings of={value} />}
          <DeclarationText of={value} />
        </div>
        <div className="stack-l">
          <Facts of={value} />
          <Missing of={value} />
        </div>
      </div>
      <HeldAgainst of="applications" slug={value.slug} />
    </Titled>
  );
}

/** What it waits for, and each step of the reader with what it does or why it would be refused. */
function Next({ of }: { readonly of: ApplicationAnswer }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const next = NEXT_WORDS[of.state];
  const to = (act: string) => addressOf(lang, ["applications", of.slug, act]);
  const steps = stepsOpen(of, who, usePool(of)).map(({ step, blocked }) => ({
    ...{ name: say(stepNames[step]), what: say(stepLeads[step]), to: to(step) },
    ...{ two: takesTwo(step), grave: isGrave(step) },
    blocked: blocked && say(blocked.text, blocked.holes),
  }));
  const revise = { name: say(words.revise), what: say(words.revise_what), to: to("edit") };
  return (
    <section className="panel stack" aria-labelledby="next">
      <h2 id="next">{say(words.what_next)}</h2>
      {next !== undefined && <p>{say(next)}</p>}
      <NextActs acts={mayRevise(of, who) ? [revise, ...steps] : steps} />
    </section>
  );
}

/** How its pool stands while that decides what comes next. */
function usePool({ slug, state }: ApplicationAnswer): PoolStand {
  const { lang } = useSetting();
  const path = `/api/pilots/${encodeURIComponent(slug)}/compensation`;
  const asked = state === "registered" ? path : undefined;
  const { value, trouble } = useAsk<Compensation>(asked, { lang, every_ms: EVERY_MS });
  if (value !== undefined) return value.adequate ? "adequate" : "short";
  return trouble?.code === NO_POOL ? "absent" : "unread";
}

/** States from which on the pilot has something beside its application. */
const WITH_POOL: readonly string[] = ["registered", "ready"];

/** Where the pilot itself stands, once there is more to it than its application. */
function Elsewhere({ of: { slug, state, registration } }: { readonly of: ApplicationAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (registration === null) return null;
  const [section, label] = WITH_POOL.includes(state)
    ? (["compensation", words.its_pool] as const)
    : (["pilots", words.its_pilot] as const);
  return (
    <Go to={addressOf(lang, [section, slug])} className="go-to">
      {say(label)}
    </Go>
  );
}

function Facts({ of }: { readonly of: ApplicationAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { registration, declaration } = of;
  const { from, to } = declaration.testPeriod;
  const facts: readonly Fact[] = [
    [say(words.applicant), say(of.lead)],
    [say(words.since), momentText(of.since)],
    [say(words.number), registration && <code key="number">{registration.number}</code>],
    [say(words.registered_at), registration && momentText(registration.at)],
    [say(words.start_by), registration && lastDayOf(registration.startBy)],
    [say(words.period), from && say(pilotWords.from_to, { from, to: to ?? "" })],
    [say(words.slug), <code key="slug">{of.slug}</code>],
    [
      say(words.public_page),
      of.isPublished ? (
        <a href={`/${lang}/pilots/${of.slug}`} key="public">
          {say(words.public_page)}
        </a>
      ) : (
        say(words.unpublished)
      ),
    ],
  ];
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList facts={facts} />
      <p>
        <Elsewhere of={of} />
      </p>
    </section>
  );
}

/** What the latest version still lacks, by clause and by the name of its section. */
function Missing({ of }: { readonly of: ApplicationAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { missing } = of;
  if (of.state !== "draft") return null;
  if (missing.length === 0) return <p className="note ok">{say(words.complete)}</p>;
  return (
    <section className="panel stack" aria-labelledby="missing">
      <h2 id="missing">{say(words.missing, { n: String(missing.length) })}</h2>
      <p className="quiet">{say(words.missing_lead)}</p>
      <ul className="bullets">
        {missing.map(({ clause, title, field, flaw }) => (
          <li key={`${field} ${flaw?.en ?? ""}`}>
            <span className="mono">{clause}</span> {say(title)}
            {flaw !== null && <>: {say(flaw)}</>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function DeclarationText({ of }: { readonly of: ApplicationAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="text">
      <h2 id="text">{say(words.text)}</h2>
      <p>{say(of.declaration.summary)}</p>
      <details>
        <summary>{say(words.text_show)}</summary>
        <dl className="facts clauses">
          {clauseList(of.declaration).map((one) => (
            <div key={one.key}>
              <dt>
                <span className="mono">{one.clause}</span> {say(one.title)}
              </dt>
              {one.lines.map((line, at) => (
                <dd key={at}>{say(line)}</dd>
              ))}
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
