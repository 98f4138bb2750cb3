/** The comments desk of one application: progress, every comment with its duplicates and its answer. */
import { clauseList } from "@sandbank/sandbox/contract";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { TideBar } from "../parts/tide.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { hearingWords as words } from "../words/hearing.words.ts";
import {
  type Group,
  groupsOf,
  progressOf,
  type StaffComment,
  STANDINGS,
  standingOf,
} from "./hearing.ts";
import { type Heard, useHeard } from "./heard.ts";

interface CommentsPageProps {
  readonly slug: string;
  readonly query: URLSearchParams;
}

export function CommentsPage({ slug, query }: CommentsPageProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const heard = useHeard(slug);
  const { comments } = heard;
  const show = STANDINGS.find((one) => one === query.get("show"));
  const all = groupsOf(comments.value?.comments ?? []);
  const shown = all.filter(({ comment }) => show === undefined || standingOf(comment) === show);
  return (
    <Titled title={say(words.title)} above={heard.above} lead={<p>{say(words.lead)}</p>}>
      <Pending reading={comments} lines={6} />
      {comments.value !== undefined && all.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {all.length > 0 && (
        <>
          <Progressed heard={heard} />
          <Filter slug={slug} show={show} />
          {shown.length === 0 && <p className="panel empty">{say(words.none_shown)}</p>}
          {shown.map((group) => (
            <Thread group={group} heard={heard} key={group.comment.id} />
          ))}
        </>
      )}
    </Titled>
  );
}

function Progressed({ heard }: { readonly heard: Heard }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { waiting, admitted, answered } = progressOf(heard.comments.value?.comments ?? []);
  const n = String(answered);
  return (
    <section className="panel stack" aria-labelledby="progress">
      <div className="row apart">
        <h2 id="progress">{say(words.progress)}</h2>
        {waiting > 0 && <Tag tone="warn">{say(words.waiting_n, { n: String(waiting) })}</Tag>}
      </div>
      <p>
        <b>{say(words.answered_of, { n, m: String(admitted) })}</b>
      </p>
      <TideBar actual={BigInt(answered)} cap={BigInt(Math.max(admitted, 1))} thin />
      {waiting === 0 && admitted === answered && <p className="small">{say(words.all_done)}</p>}
      {heard.mayAnswer && answered < admitted && (
        <p>
          <Go
            to={addressOf(lang, ["applications", heard.slug, "answer"])}
            className="button primary"
          >
            {say(words.answer_title)}
          </Go>
        </p>
      )}
    </section>
  );
}

interface FilterProps {
  readonly slug: string;
  readonly show: string | undefined;
}

function Filter({ slug, show }: FilterProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <p className="row">
      <label htmlFor="show">{say(words.filter)}</label>
      <select
        id="show"
        className="mantine-Input-input"
        value={show ?? ""}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          const asked = { show: chosen === "" ? undefined : chosen };
          go(addressOf(lang, ["applications", slug, "comments"], asked));
        }}
      >
        <option value="">{say(words.show_all)}</option>
        {STANDINGS.map((one) => (
          <option value={one} key={one}>
            {say(words[`show_${one}`])}
          </option>
        ))}
      </select>
    </p>
  );
}

interface ThreadProps {
  readonly group: Group;
  readonly heard: Heard;
}

function Thread({ group: { comment, duplicates }, heard }: ThreadProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { round, number, id } = comment;
  const named = { round: String(round), number: String(number) };
  const to = (...parts: string[]) => addressOf(lang, ["applications", heard.slug, ...parts]);
  return (
    <article className="panel stack" aria-labelledby={`comment-${id}`}>
      <div className="row apart">
        <h2 id={`comment-${id}`}>{say(words.number, named)}</h2>
        <StandingTag comment={comment} />
      </div>
      <Said comment={comment} heard={heard} />
      {comment.reason !== null && (
        <div className="note">
          <p className="small">{say(words.reason)}</p>
          <p>{say(comment.reason)}</p>
        </div>
      )}
      {comment.answer !== null && <Answer answer={comment.answer} />}
      {(heard.mayModerate || heard.mayErase) && (
        <p className="row">
          {comment.state === "waiting" && heard.mayModerate && (
            <Go to={to("comments", id)} className="button primary">
              {say(words.moderate)}
              <span className="sr"> {say(words.number, named)}</span>
            </Go>
          )}
          <EraseLink comment={comment} heard={heard} />
        </p>
      )}
      {duplicates.length > 0 && (
        <details>
          <summary>{say(words.duplicates, { n: String(duplicates.length) })}</summary>
          <ul className="rows">
            {duplicates.map((one) => (
              <li key={one.id} className="stack">
                <b>{say(words.number, { round: String(one.round), number: String(one.number) })}</b>
                <Said comment={one} heard={heard} />
                <p>
                  <EraseLink comment={one} heard={heard} />
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

/** Where the words of a comment are erased; nothing for others, nor once they are. */
function EraseLink({ comment, heard }: { readonly comment: StaffComment; readonly heard: Heard }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { id, body, round, number } = comment;
  if (body === null || !heard.mayErase) return null;
  return (
    <Go to={addressOf(lang, ["applications", heard.slug, "erasures", id])} className="button">
      {say(words.erase)}
      <span className="sr">
        {" "}
        {say(words.number, { round: String(round), number: String(number) })}
      </span>
    </Go>
  );
}

const TONES = { waiting: "warn", unanswered: "live", answered: "ok", set_aside: "off" } as const;

export function StandingTag({ comment }: { readonly comment: StaffComment }) {
  const { lang } = useSetting();
  const standing = standingOf(comment);
  return <Tag tone={TONES[standing]}>{sayIn(lang)(words[`show_${standing}`])}</Tag>;
}

/** What somebody said, about which clause, and how he wants to be called. */
export function Said({
  comment,
  heard,
}: {
  readonly comment: StaffComment;
  readonly heard: Heard;
}) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { clause: key, author, body, at } = comment;
  const declaration = heard.application.value?.declaration;
  const clause = declaration && clauseList(declaration).find((one) => one.key === key);
  return (
    <div className="stack-s">
      <p className="small">
        {clause === undefined
          ? say(words.whole)
          : say(words.about, { clause: clause.clause, title: say(clause.title) })}
        {" · "}
        {author ?? say(words.nobody)}
        {" · "}
        <time>{momentText(at)}</time>
      </p>
      {body === null ? (
        <p className="quiet">{say(words.erased)}</p>
      ) : (
        <blockquote>
          {body.split("\n").map((line, place) => (
            <p key={place}>{line}</p>
          ))}
        </blockquote>
      )}
    </div>
  );
}

function Answer({ answer }: { readonly answer: NonNullable<StaffComment["answer"]> }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="note ok stack-s">
      <p className="small">
        {say(words.answer)} · <time>{momentText(answer.at)}</time>
      </p>
      <p>{say(answer.text)}</p>
      <p className="small">{say(answer.changes ? words.changes : words.changes_not)}</p>
    </div>
  );
}
