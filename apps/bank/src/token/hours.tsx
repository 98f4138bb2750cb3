/**
 * Changing the hours in which a token may pay: by usual choices and a grid of the week, or, in the
 * elder view, one day at a time.
 */
import type { Controls, TokenAnswer } from "@sandbank/tokens/contract";
import { useState } from "react";
import { Choice } from "../parts/choice.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { useView } from "../view.ts";
import { addressOf } from "../way.ts";
import { DAY_WORDS, hourWords as words } from "../words/hour.words.ts";
import { tokenWords } from "../words/token.words.ts";
import { Change } from "./change.tsx";
import { tokenName, useScenes, useTokens } from "../held/held.ts";
import { WeekGrid } from "./week-grid.tsx";
import {
  ALWAYS,
  clockText,
  dayHours,
  HOURS,
  regular,
  spansOf,
  type Week,
  withDay,
} from "./week.ts";

export default function HoursPage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const tokens = useTokens();
  const scenes = useScenes().value?.scenes;
  const token = tokens.value?.tokens.find((one) => one.id === id);
  const above = [
    { to: addressOf(lang, []), label: say(tokenWords.mine) },
    ...(token === undefined
      ? []
      : [{ to: addressOf(lang, ["tokens", id]), label: tokenName(token, scenes, lang) }]),
  ];
  return (
    <Titled title={say(words.change)} above={above}>
      <Pending reading={tokens} />
      {tokens.value !== undefined && token === undefined && <p>{say(tokenWords.absent_text)}</p>}
      {token !== undefined && <HoursForm token={token} />}
    </Titled>
  );
}

/** What becomes of the hours on public holidays; `none` sets nothing apart. */
type Holidays = "none" | NonNullable<Controls["holidays"]>;
const HOLIDAYS = ["none", "as_sunday", "closed"] as const satisfies readonly Holidays[];

/** All hours allowed is no bound at all. */
function controlsOf(controls: Controls, week: Week, holidays: Holidays): Controls {
  const { hours: _, holidays: __, ...rest } = controls;
  return {
    ...rest,
    ...(week === ALWAYS ? {} : { hours: week }),
    ...(holidays === "none" ? {} : { holidays }),
  };
}

/** The version that was first shown is the one that is changed, whatever is read meanwhile. */
function HoursForm({ token }: { readonly token: TokenAnswer }) {
  const say = sayIn(useSetting().lang);
  const elder = useView() === "elder";
  const [shown] = useState(token);
  const [week, setWeek] = useState<Week>(shown.controls.hours ?? ALWAYS);
  const [holidays, setHolidays] = useState<Holidays>(shown.controls.holidays ?? "none");
  const { zone } = shown.controls;
  return (
    <Change
      token={shown}
      label={say(words.save)}
      said="hours"
      controls={() => controlsOf(shown.controls, week, holidays)}
    >
      {elder ? (
        <OneDay week={week} change={setWeek} />
      ) : (
        <>
          <Presets change={setWeek} />
          <p>{say(words.lead)}</p>
          <p className="small">{say(words.keys)}</p>
          <WeekGrid week={week} change={setWeek} />
        </>
      )}
      <Choice
        id="holidays"
        legend={say(words.holidays)}
        kind="radio"
        options={HOLIDAYS.map((value) => ({ value, label: say(words[`holidays_${value}`]) }))}
        chosen={[holidays]}
        faults={[]}
        choose={([chosen]) => setHolidays(HOLIDAYS.find((one) => one === chosen) ?? "none")}
      />
      {zone !== undefined && <p className="small">{say(words.zone, { zone })}</p>}
      {!week.includes("1") && <p className="note warn">{say(words.nothing)}</p>}
    </Change>
  );
}

interface WeekProps {
  readonly week: Week;
  change(week: Week): void;
}

function Presets({ change }: Pick<WeekProps, "change">) {
  const say = sayIn(useSetting().lang);
  const presets = [
    { label: words.preset_always, week: ALWAYS },
    { label: words.preset_day, week: regular({ from: 7, to: 22 }, "every") },
    { label: words.preset_working, week: regular({ from: 9, to: 18 }, "working") },
  ];
  return (
    <div className="row" role="group" aria-label={say(words.presets)}>
      {presets.map(({ label, week }) => (
        <button key={label.en} type="button" className="button" onClick={() => change(week)}>
          {say(label)}
        </button>
      ))}
    </div>
  );
}

/** One day at a time: which day, then from when to when. */
function OneDay({ week, change }: WeekProps) {
  const say = sayIn(useSetting().lang);
  const [day, setDay] = useState(0);
  const spans = spansOf(week, day);
  const { from, to } = { from: spans[0]?.from ?? 0, to: spans.at(-1)?.to ?? 0 };
  const put = (span: { readonly from: number; readonly to: number }) =>
    change(withDay(week, day, span));
  const options = DAY_WORDS.map((name, at) => ({
    value: String(at),
    label: `${say(name)} ${dayHours(week, at, say)}`,
  }));
  return (
    <>
      <Choice
        id="day"
        legend={say(words.which_day)}
        kind="radio"
        options={options}
        chosen={[String(day)]}
        faults={[]}
        choose={([chosen = "0"]) => setDay(Number(chosen))}
      />
      <Hour
        id="from"
        label={say(words.from)}
        value={from}
        least={0}
        change={(hour) => put({ from: hour, to: Math.max(to, hour + 1) })}
      />
      <Hour
        id="to"
        label={say(words.to)}
        value={to}
        least={1}
        change={(hour) => put({ from: Math.min(from, hour - 1), to: hour })}
      />
      <p className="acts">
        <button type="button" className="button" onClick={() => put({ from: 0, to: HOURS })}>
          {say(words.open_day)}
        </button>
        <button type="button" className="button" onClick={() => put({ from: 0, to: 0 })}>
          {say(words.close_day)}
        </button>
      </p>
    </>
  );
}

interface HourProps {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  /** The first hour that can be chosen; there are 24 of them. */
  readonly least: number;
  change(hour: number): void;
}

function Hour({ id, label, value, least, change }: HourProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={Math.max(value, least)}
        onChange={(event) => change(Number(event.currentTarget.value))}
      >
        {Array.from({ length: HOURS }, (_, at) => (
          <option key={at} value={at + least}>
            {clockText(at + least)}
          </option>
        ))}
      </select>
    </div>
  );
}
