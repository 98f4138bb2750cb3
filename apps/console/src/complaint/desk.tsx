/** The complaints desk: the work list by what falls due, late first; filters stand in the address. */
import type { DeskComplaint } from "@sandbank/sandbox/contract";
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_OUTCOMES,
  COMPLAINT_STATE_WORDS,
  COMPLAINT_STATES,
} from "@sandbank/sandbox/contract";
import { Person } from "../approval/person.tsx";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { lastDayOf, momentText } from "../pilot/figures.ts";
import { usePilotName } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { complaintWords as words } from "../words/complaint.words.ts";
import { frameWords } from "../words/frame.words.ts";

const EVERY_MS = 5_000;

export interface DeskAnswer {
  readonly at: string;
  readonly complaints: readonly DeskComplaint[];
}

export function DeskPage({ query }: { readonly query: URLSearchParams }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const state = COMPLAINT_STATES.find((one) => one === query.get("state"));
  const path = state === undefined ? "/api/complaints" : `/api/complaints?state=${state}`;
  const desk = useAsk<DeskAnswer>(path, { lang, every_ms: EVERY_MS });
  const { value } = desk;
  return (
    <Titled title={say(words.desk)} lead={<p>{say(words.desk_lead)}</p>}>
      <p className="row">
        <label htmlFor="state">{say(words.filter)}</label>
        <select
          id="state"
          className="mantine-Input-input"
          value={state ?? ""}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            go(addressOf(lang, ["complaints"], { state: chosen === "" ? undefined : chosen }));
          }}
        >
          <option value="">{say(words.all)}</option>
          {COMPLAINT_STATES.map((one) => (
            <option value={one} key={one}>
              {say(COMPLAINT_STATE_WORDS[one])}
            </option>
          ))}
        </select>
        {value !== undefined && (
          <span className="small">{say(frameWords.as_of, { at: momentText(value.at) })}</span>
        )}
      </p>
      <Pending reading={desk} />
      {value !== undefined && value.complaints.length === 0 && (
        <p className="panel empty">{say(state === undefined ? words.none : words.none_shown)}</p>
      )}
      {value !== undefined && value.complaints.length > 0 && (
        <List complaints={value.complaints} at={value.at} />
      )}
    </Titled>
  );
}

function List({ complaints, at }: DeskAnswer) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const pilotName = usePilotName();
  return (
    <div className="panel flush">
      <Listed
        caption={say(words.table)}
        rows={complaints}
        keyOf={({ id }) => id}
        columns={[
          {
            head: say(words.number),
            cell: ({ id, number }) => (
              <Go to={addressOf(lang, ["complaints", id])} className="go-to">
                {number}
              </Go>
            ),
          },
          {
            head: say(words.about),
            cell: (one) => (
              <>
                {say(COMPLAINT_CATEGORIES[one.category])}
                <p className="small">{pilotName(one.pilot)}</p>
              </>
            ),
          },
          { head: say(words.due), cell: (one) => <Due one={one} at={at} /> },
          { head: say(words.state), cell: (one) => <Stage one={one} /> },
          {
            head: say(words.handler),
            cell: ({ handler }) => (handler === null ? say(words.nobody) : <Person id={handler} />),
          },
        ]}
      />
    </div>
  );
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 3;

/** Milliseconds until it is late, by the business time of the reading; undefined once answered. */
function leftMs(one: DeskComplaint, at: string): number | undefined {
  const owed = one.state === "received" || one.state === "accepted";
  const due = owed ? one.due : one.state === "rechecking" ? one.recheckDue : null;
  return due === null ? undefined : Date.parse(due) - Date.parse(at);
}

/** The last day, and whether it is near or over. */
export function Due({ one, at }: { readonly one: DeskComplaint; readonly at: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const left = leftMs(one, at);
  const due = one.state === "rechecking" ? one.recheckDue : one.due;
  const day = due === null ? "" : lastDayOf(due);
  if (left === undefined) {
    return one.inTime === null ? (
      <>{say(frameWords.none)}</>
    ) : (
      <Tag tone={one.inTime ? "ok" : "stop"}>{say(one.inTime ? words.in_time : words.late)}</Tag>
    );
  }
  // Due at a midnight: what is left in whole days is the days after today.
  const days = Math.floor(left / DAY_MS);
  const text = days === 0 ? say(words.last_day) : say(words.days_left, { n: String(days) });
  return (
    <>
      <time>{day}</time>
      <br />
      {left <= 0 && <Tag tone="stop">{say(words.late_now)}</Tag>}
      {left > 0 && days < SOON_DAYS && <Tag tone="warn">{text}</Tag>}
      {days >= SOON_DAYS && <span className="small">{text}</span>}
    </>
  );
}

export function Stage({ one }: { readonly one: DeskComplaint }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const ended = one.recheckOutcome ?? one.outcome;
  const tone = one.state === "received" ? "warn" : one.state === "closed" ? "off" : "live";
  return (
    <>
      <Tag tone={tone}>{say(COMPLAINT_STATE_WORDS[one.state])}</Tag>
      {ended !== null && <p className="small">{say(COMPLAINT_OUTCOMES[ended])}</p>}
      {one.escalatedAt !== null && <p className="small">{say(words.escalated)}</p>}
    </>
  );
}
