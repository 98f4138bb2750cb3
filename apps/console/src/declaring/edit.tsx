/**
 * The declaration editor: one section of the form at a time, which one stands in the address. What
 * was typed stays while sections change; faults are listed on top and lead to their field.
 */
import { useState } from "react";
import type { ApplicationAnswer, Declaration, OutcomeAnswer } from "@sandbank/sandbox/contract";
import { formWords } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { Faults } from "@sandbank/ui/face/parts";
import { Came } from "../acting/came.tsx";
import { ask, isUnknown, type Trouble, useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { applicationWords } from "../words/application.words.ts";
import { declaringWords as words } from "../words/declaring.words.ts";
import { faultText, type NamedFault } from "./called.ts";
import {
  DECLARATION,
  declarationOf,
  draftFaults,
  isSection,
  pathsOf,
  type Section,
  sectionOf,
  SECTIONS,
  typedDraft,
} from "./draft.ts";
import { Field } from "./fields.tsx";
import { nodeAt, type Typed, valueAt, withAt } from "./node.ts";
import { PlanFlaws, PlanTemplates } from "./plan.tsx";
import { SectionList } from "./sections.tsx";

interface EditPageProps {
  /** Undefined for a declaration that is not on file yet. */
  readonly slug?: string;
  readonly query: URLSearchParams;
}

export function EditPage({ slug, query }: EditPageProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = slug === undefined ? undefined : `/api/applications/${encodeURIComponent(slug)}`;
  const reading = useAsk<ApplicationAnswer>(path, { lang });
  const above = [{ to: addressOf(lang, ["applications"]), label: say(applicationWords.title) }];
  if (slug !== undefined && reading.value === undefined) {
    return (
      <Titled title={say(words.edit_title)} above={above}>
        <Pending reading={reading} lines={8} />
      </Titled>
    );
  }
  return <Editor of={reading.value} query={query} above={above} />;
}

interface EditorProps {
  readonly of: ApplicationAnswer | undefined;
  readonly query: URLSearchParams;
  readonly above: readonly { readonly to: string; readonly label: string }[];
}

/** The draft as it is being typed, what is wrong with it, and the sending. */
function useDraft(of: ApplicationAnswer | undefined) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [typed, setTyped] = useState<Typed>(() => typedDraft(of?.declaration));
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const [reference, setReference] = useState(drawId);
  const [after] = useState(of?.latest);
  const declaration = declarationOf(typed);
  const faults = draftFaults(declaration).map((fault) => faultText(fault, say));
  const { pilot } = declaration as Declaration;
  const send = async () => {
    setBusy(true);
    const path = after === undefined ? "" : `/${encodeURIComponent(pilot)}/versions`;
    const body = after === undefined ? { declaration } : { declaration, after };
    const sent = { lang, csrf: who.csrf, id: reference, body };
    const answer = await ask<OutcomeAnswer>(`/api/applications${path}`, sent);
    setBusy(false);
    if ("good" in answer) return setOutcome(answer.good);
    if (!isUnknown(answer.trouble)) setReference(drawId());
    return setTrouble(answer.trouble);
  };
  const save = () => {
    setTries((before) => before + 1);
    setTrouble(undefined);
    if (faults.length === 0 && !busy) void send();
  };
  const change = (path: readonly string[], value: Typed) =>
    setTyped((before) => withAt(before, path, value));
  return { typed, change, save, busy, trouble, outcome, pilot, tries, faults };
}

function Editor({ of, query, above }: EditorProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { typed, change, save, busy, trouble, outcome, pilot, tries, faults } = useDraft(of);
  const asked = query.get("section");
  const section: Section = isSection(asked) ? asked : "name";
  const parts = of === undefined ? ["applications", "new"] : ["applications", of.slug, "edit"];
  const to = (one: Section) => addressOf(lang, parts, { section: one });
  if (outcome !== undefined) {
    const back = addressOf(lang, ["applications", pilot]);
    return <Came outcome={outcome} to={back} above={above} />;
  }
  const shown = [...(tries === 0 ? [] : faults), ...refusedFields(trouble)];
  const reach = (field: string) => {
    const at = sectionOf(field.split("-"));
    if (at !== section) go(to(at), "replace");
    requestAnimationFrame(() => document.getElementById(field)?.focus());
  };
  const version = String(of?.latest ?? 0);
  return (
    <Titled
      title={say(of === undefined ? words.new_title : words.edit_title)}
      above={of === undefined ? above : [...above, crumb(of, { lang, name: say(of.name) })]}
      lead={<p>{say(of === undefined ? words.new_lead : words.edit_lead, { version })}</p>}
    >
      <Faults lang={lang} faults={tries === 0 ? [] : faults} round={tries} reach={reach} />
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <div className="split">
        <SectionFields {...{ section, typed, change, faults: shown, isNew: of === undefined }}>
          <p className="acts">
            <button type="button" className="button primary" aria-disabled={busy} onClick={save}>
              {say(of === undefined ? words.save_new : words.save)}
            </button>
            <NextSection section={section} to={to} />
          </p>
        </SectionFields>
        <SectionList {...{ section, to, faults: shown, missing: of?.missing ?? [] }} />
      </div>
    </Titled>
  );
}

function crumb(of: ApplicationAnswer, { lang, name }: { lang: "zh" | "en"; name: string }) {
  return { to: addressOf(lang, ["applications", of.slug]), label: name };
}

/** The field that a refusal names, so that it is marked too. */
function refusedFields(trouble: Trouble | undefined): readonly NamedFault[] {
  const pointer = trouble?.field?.replace(/^\/declaration/, "");
  if (trouble === undefined || pointer === undefined || pointer === "") return [];
  const path = pointer.split("/").slice(1);
  return [{ field: path.join("-"), path, text: trouble.detail }];
}

interface SectionFieldsProps {
  readonly section: Section;
  readonly typed: Typed;
  readonly faults: readonly NamedFault[];
  /** The slug is chosen once. */
  readonly isNew: boolean;
  readonly children: React.ReactNode;
  change(path: readonly string[], typed: Typed): void;
}

function SectionFields({ section, typed, isNew, children, ...rest }: SectionFieldsProps) {
  const { lang } = useSetting();
  const { clause, zh, en } = formWords.SECTIONS[section];
  const paths = pathsOf(section).filter((path) => isNew || path[0] !== "pilot");
  return (
    <section className="panel fields" aria-labelledby="section">
      <h2 id="section">
        <span className="mono">{clause}</span> {sayIn(lang)({ zh, en })}
      </h2>
      {section === "exit" && <PlanTemplates typed={typed} change={rest.change} />}
      {paths.map((path) => (
        <Field
          key={path.join("-")}
          {...rest}
          node={nodeAt(DECLARATION, path)}
          path={path}
          typed={valueAt(typed, path)}
        />
      ))}
      {section === "exit" && <PlanFlaws typed={typed} />}
      {children}
    </section>
  );
}

interface NextSectionProps {
  readonly section: Section;
  to(section: Section): string;
}

function NextSection({ section, to }: NextSectionProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const next = SECTIONS[SECTIONS.indexOf(section) + 1];
  if (next === undefined) return null;
  const { zh, en } = formWords.SECTIONS[next];
  return (
    <Go to={to(next)} className="button">
      {say(words.next_section, { section: say({ zh, en }) })}
    </Go>
  );
}
