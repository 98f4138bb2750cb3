/** Applications: every one that the reader may see, where it stands, and whose the next step is. */
import type { ApplicationSummary } from "@sandbank/sandbox/contract";
import { mayTake } from "../offices.ts";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { PhaseTag, Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { applicationWords as words, NEXT_WORDS } from "../words/application.words.ts";
import { signingWords } from "../words/step.words.ts";
import { waitsFor } from "./steps.ts";

const EVERY_MS = 5_000;

interface ListAnswer {
  readonly applications: readonly ApplicationSummary[];
}

export function ApplicationsPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<ListAnswer>("/api/applications", { lang, every_ms: EVERY_MS });
  const { value } = reading;
  const signs = mayTake(who, "enrol_signing_key");
  const drafts = mayTake(who, "draft");
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      {(drafts || signs) && (
        <p className="row">
          {drafts && (
            <Go to={addressOf(lang, ["applications", "new"])} className="button primary">
              {say(words.draft_one)}
            </Go>
          )}
          {signs && (
            <Go to={addressOf(lang, ["signing-keys"])} className="button">
              {say(signingWords.title)}
            </Go>
          )}
        </p>
      )}
      <Pending reading={reading} />
      {value !== undefined && value.applications.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {value !== undefined && value.applications.length > 0 && (
        <List applications={value.applications} />
      )}
    </Titled>
  );
}

function List({ applications }: { readonly applications: readonly ApplicationSummary[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="panel flush">
      <table className="cards">
        <caption className="sr">{say(words.table)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.name)}</th>
            <th scope="col">{say(words.stage)}</th>
            <th scope="col">{say(words.next)}</th>
            <th scope="col">{say(words.version)}</th>
            <th scope="col">{say(words.number)}</th>
          </tr>
        </thead>
        <tbody>
          {applications.map((one) => (
            <Row one={one} key={one.slug} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one }: { readonly one: ApplicationSummary }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const next = NEXT_WORDS[one.state];
  return (
    <tr>
      <th scope="row">
        <Go to={addressOf(lang, ["applications", one.slug])} className="go-to">
          {say(one.name)}
        </Go>
        <p className="small">{say(one.lead)}</p>
      </th>
      <td data-label={say(words.stage)}>
        <span>
          <PhaseTag state={one.state} />
          <br />
          <time className="small">{momentText(one.since).slice(0, 10)}</time>
        </span>
      </td>
      <td>
        {waitsFor(one, who) && (
          <p>
            <Tag tone="warn">{say(words.for_you)}</Tag>
          </p>
        )}
        {next !== undefined && <p className="small">{say(next)}</p>}
      </td>
      <td data-label={say(words.version)}>
        <span>
          {say(words.on_file, { latest: String(one.latest) })}
          <br />
          <span className="small">{say(words.stands_on, { stands: String(one.stands) })}</span>
        </span>
      </td>
      <td data-label={say(words.number)}>
        {one.number === null ? say(words.no_number) : <code>{one.number}</code>}
      </td>
    </tr>
  );
}
