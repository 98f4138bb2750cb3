/** What has become of an application so far: rounds of consultation, changes, reasons given. */
import type { ApplicationAnswer } from "@sandbank/sandbox/contract";
import type { Tone } from "@sandbank/ui";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Tag } from "../parts/state.tsx";
import { lastDayOf, momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { applicationWords as words } from "../words/application.words.ts";

interface RecordProps {
  readonly of: ApplicationAnswer;
}

const ROUND_TONES = { open: "live", closed: "ok", broken_off: "off" } as const;

export function Rounds({ of }: RecordProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel flush" aria-labelledby="rounds">
      <div className="head">
        <h2 id="rounds">{say(words.rounds)}</h2>
        {of.rounds.length > 0 && (
          <Go to={addressOf(lang, ["applications", of.slug, "comments"])} className="go-to">
            {say(words.to_comments)}
          </Go>
        )}
      </div>
      {of.rounds.length === 0 && <p className="empty">{say(words.rounds_none)}</p>}
      {of.rounds.length > 0 && (
        <Listed
          caption={say(words.rounds)}
          rows={of.rounds}
          keyOf={({ round }) => round}
          columns={[
            {
              head: say(words.stage),
              cell: ({ round, state, version }) => (
                <>
                  <p className="row">
                    {say(words.round_n, { round: String(round) })}
                    <Tag tone={ROUND_TONES[state]}>{say(words[`round_${state}`])}</Tag>
                  </p>
                  <p className="small">{say(words.version_n, { version: String(version) })}</p>
                </>
              ),
            },
            { head: say(words.closes), cell: ({ closes }) => lastDayOf(closes) },
            { head: say(words.comments), look: "num", cell: ({ comments }) => comments },
            { head: say(words.to_judge), look: "num", cell: ({ waiting }) => waiting },
            { head: say(words.to_answer), look: "num", cell: ({ unanswered }) => unanswered },
          ]}
        />
      )}
    </section>
  );
}

const CHANGE_TONES: Readonly<Record<string, Tone>> = { requested: "warn", adopted: "ok" };

export function Changes({ of }: RecordProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="changes">
      <h2 id="changes">{say(words.changes)}</h2>
      <ul className="rows">
        {of.changes.map((one) => (
          <li key={one.id}>
            <p className="row">
              <b>{say(words.change_n, { number: String(one.number) })}</b>
              <span>{say(words.change_of, { version: String(one.version) })}</span>
              <Tag tone={CHANGE_TONES[one.state] ?? "off"}>{say(words[one.state])}</Tag>
            </p>
            <p className="small">
              {say(one.material ? words.material : words.editorial)}
              {" · "}
              <time>{momentText(one.settledAt ?? one.requestedAt)}</time>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Rulings({ of }: RecordProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="rulings">
      <h2 id="rulings">{say(words.rulings)}</h2>
      <ul className="rows">
        {of.rulings.map((one) => (
          <li key={one.at} className="stack">
            <p className="row">
              <b>{say(words[one.kind])}</b>
              <span className="small">
                {say(words.version_n, { version: String(one.version) })}
                {" · "}
                <time>{momentText(one.at)}</time>
              </span>
            </p>
            <ul className="bullets">
              {one.reasons.map((reason) => (
                <li key={reason.en}>{say(reason)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
