/** The form of a directive. It is judged when it is sent; what was typed is never lost. */
import { Textarea, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { LimitsAnswer, PilotDetail } from "@sandbank/sandbox/contract";
import { Faults } from "@sandbank/ui/face/parts";
import { CLASS_WORDS, figureOf } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { directiveWords as words } from "../words/directive.words.ts";
import { type Draft, type Fault, faultsOf, type Kind, type TextField, textsOf } from "./draft.ts";
import { DirectiveFacts } from "../pilot/bound.tsx";

interface FormProps {
  readonly pilot: PilotDetail;
  readonly limits: LimitsAnswer;
  readonly kind: Kind;
  readonly draft: Draft;
  change(draft: Draft): void;
  next(): void;
}

interface PartProps extends Pick<FormProps, "pilot" | "limits" | "draft" | "change"> {
  readonly faults: readonly Fault[];
}

export function Form({ pilot, limits, kind, draft, change, next }: FormProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [tries, setTries] = useState(0);
  const faults = faultsOf({ kind, draft, limits, lang, say });
  const shown = tries === 0 ? [] : faults;
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    if (faults.length === 0) return next();
    return setTries((before) => before + 1);
  };
  const part = { pilot, limits, draft, change, faults: shown };
  return (
    <form className="fields" noValidate onSubmit={sent}>
      <Faults lang={lang} faults={shown} round={tries} />
      {kind === "suspension" && <Classes {...part} />}
      {kind === "restriction" && <Caps {...part} />}
      {kind === "lifting" && <Directives {...part} />}
      <Texts {...part} kind={kind} />
      <p className="acts">
        <button type="submit" className="button primary">
          {say(words.go_on)}
        </button>
      </p>
    </form>
  );
}

function faultAt(faults: readonly Fault[], field: string): string | undefined {
  return faults.find((fault) => fault.field === field)?.text;
}

function Classes({ pilot, draft, change, faults }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const fault = faultAt(faults, "class-OPEN");
  const turn = (name: "OPEN" | "USE", on: boolean) => {
    const classes = (["OPEN", "USE"] as const).filter((one) =>
      one === name ? on : draft.classes.includes(one),
    );
    change({ ...draft, classes });
  };
  return (
    <fieldset
      className="choices"
      aria-describedby={fault === undefined ? undefined : "class-fault"}
    >
      <legend>{say(words.classes)}</legend>
      {fault !== undefined && (
        <p className="error" id="class-fault">
          {fault}
        </p>
      )}
      {(["OPEN", "USE"] as const).map((name) => {
        const closed = pilot.policy?.classes[name] === false;
        return (
          <label className="choice" key={name}>
            <input
              type="checkbox"
              id={`class-${name}`}
              checked={draft.classes.includes(name)}
              aria-invalid={fault !== undefined}
              onChange={(event) => turn(name, event.currentTarget.checked)}
            />
            <span>
              <b>{say(CLASS_WORDS[name].name)}</b>
              {say(CLASS_WORDS[name].means)}
              {closed && (
                <span className="small">
                  {" "}
                  {say(words.before)}: {say(words.unchanged)}
                </span>
              )}
            </span>
          </label>
        );
      })}
      <p className="small">{say(CLASS_WORDS.SERVICE.means)}</p>
    </fieldset>
  );
}

function Caps({ limits, draft, change, faults }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <fieldset className="choices">
      <legend>{say(words.caps)}</legend>
      <p className="small">{say(words.caps_hint)}</p>
      {limits.limits.map((limit) => {
        const cap = figureOf(limit.cap, limit.unit, lang);
        const used = limit.used === null ? undefined : figureOf(limit.used, limit.unit, lang);
        return (
          <TextInput
            key={limit.id}
            id={`cap-${limit.id}`}
            inputMode="decimal"
            autoComplete="off"
            label={say(limit.label)}
            description={
              used === undefined
                ? say(words.cap_now_each, { cap })
                : say(words.cap_now, { cap, used })
            }
            error={faultAt(faults, `cap-${limit.id}`)}
            value={draft.caps[limit.id] ?? ""}
            onChange={(event) =>
              change({ ...draft, caps: { ...draft.caps, [limit.id]: event.currentTarget.value } })
            }
          />
        );
      })}
    </fieldset>
  );
}

function Directives({ pilot, limits, draft, change, faults }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const fault = faultAt(faults, "directive");
  const bound = pilot.directives.filter((one) => one.status !== "lifted");
  return (
    <fieldset className="choices">
      <legend>{say(words.directive)}</legend>
      {fault !== undefined && <p className="error">{fault}</p>}
      {bound.length === 0 && <p>{say(words.nothing_bound)}</p>}
      {bound.map((directive, at) => (
        <label className="choice" key={directive.id}>
          <input
            type="radio"
            name="directive"
            id={at === 0 ? "directive" : `directive-${directive.id}`}
            checked={draft.directive === directive.id}
            onChange={() => change({ ...draft, directive: directive.id })}
          />
          <DirectiveFacts directive={directive} limits={limits} />
        </label>
      ))}
    </fieldset>
  );
}

function Texts({ kind, draft, change, faults }: PartProps & { readonly kind: Kind }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const fields = textsOf(kind);
  const ordered =
    lang === "zh" ? fields : fields.toSorted((one, other) => orderEn(one) - orderEn(other));
  return (
    <>
      <div className="stack">
        <h2>{say(words.why)}</h2>
        <p className="small">{say(words.both)}</p>
      </div>
      <div className="two">
        {ordered.map((field) => (
          <Textarea
            key={field}
            id={field}
            lang={field.endsWith("_zh") ? "zh-Hans" : "en"}
            label={<span lang={lang === "zh" ? "zh-Hans" : "en"}>{say(words[field])}</span>}
            error={faultAt(faults, field)}
            value={draft[field]}
            onChange={(event) => change({ ...draft, [field]: event.currentTarget.value })}
          />
        ))}
      </div>
    </>
  );
}

const NAMES = ["reason", "notice", "until"];

/** On English pages the English text of a pair stands first. */
function orderEn(field: TextField): number {
  const [name = "", lang] = field.split("_");
  return NAMES.indexOf(name) * 2 + (lang === "en" ? 0 : 1);
}
