/** Versions on file: who drafted and signed each, what it weighs, and what it changed. */
import type { ApplicationAnswer } from "@sandbank/sandbox/contract";
import { Person } from "../approval/person.tsx";
import { Go } from "../parts/go.tsx";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { applicationWords as words } from "../words/application.words.ts";

export function Versions({ of }: { readonly of: ApplicationAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel flush" aria-labelledby="versions">
      <div className="head">
        <h2 id="versions">{say(words.versions)}</h2>
      </div>
      <table className="cards">
        <caption className="sr">{say(words.versions)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.version)}</th>
            <th scope="col">{say(words.drafted_by)}</th>
            <th scope="col">{say(words.signed_by)}</th>
            <th scope="col">{say(words.weight)}</th>
          </tr>
        </thead>
        <tbody>
          {of.versions.toReversed().map((one) => (
            <Row of={of} one={one} key={one.version} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly of: ApplicationAnswer;
  readonly one: ApplicationAnswer["versions"][number];
}

function Row({ of, one }: RowProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <tr>
      <th scope="row">
        <p className="row">
          {say(words.version_n, { version: String(one.version) })}
          {one.version === of.stands && <Tag tone="live">{say(words.in_force)}</Tag>}
        </p>
        <p className="small">
          <code>{one.hash.slice(0, 12)}…</code>
        </p>
      </th>
      <td data-label={say(words.drafted_by)}>
        <span>
          <Person id={one.draftedBy} />
          <br />
          <time className="small">{momentText(one.at)}</time>
        </span>
      </td>
      <td data-label={say(words.signed_by)}>
        {one.signedBy === null ? (
          say(words.not_signed)
        ) : (
          <span>
            <Person id={one.signedBy} />
            <br />
            <time className="small">{momentText(one.signedAt)}</time>
          </span>
        )}
      </td>
      <td>
        <Weight one={one} />
        {one.version > 1 && (
          <Go to={differencesAddress(lang, of.slug, one.version)} className="go-to">
            {say(words.compare, { from: String(one.version - 1) })}
          </Go>
        )}
      </td>
    </tr>
  );
}

function differencesAddress(lang: "zh" | "en", slug: string, version: number): string {
  const range = { from: String(version - 1), to: String(version) };
  return addressOf(lang, ["applications", slug, "differences"], range);
}

function Weight({ one }: Pick<RowProps, "one">) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (one.version === 1) return <p className="small">{say(words.first)}</p>;
  return (
    <p>
      {one.weights.length === 0 ? (
        <Tag tone="off">{say(words.editorial)}</Tag>
      ) : (
        <Tag tone="warn">{say(words.material)}</Tag>
      )}
    </p>
  );
}
