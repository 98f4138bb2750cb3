/**
 * Setting the terms of a pilot's compensation: how large its pool must be, what losses may come to,
 * from which sum on two people pay, and who stands behind it. Another of the supervisor approves.
 */
import type { ApplicationAnswer, LimitsAnswer, PilotSummary } from "@sandbank/sandbox/contract";
import { ActPage } from "../acting/act-page.tsx";
import { useAsk } from "../ask.ts";
import { mayTake } from "../offices.ts";
import { type ActField, bothOf, type Option, type Values } from "../parts/act-field.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { compensationWords } from "../words/compensation.words.ts";
import { termsWords as words } from "../words/terms.words.ts";

const PPM_OF_PERCENT = 10_000;
/** Clause of the declaration form that states the compensation. */
const CLAUSE = "5.2";

export function TermsPage({ slug }: { readonly slug: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const pilot = pilots.value?.pilots.find((one) => one.slug === slug);
  const exposures = useExposures(slug);
  const to = addressOf(lang, ["compensation", slug]);
  const above = [
    { to: addressOf(lang, ["compensation"]), label: say(compensationWords.title) },
    { to, label: pilot === undefined ? slug : say(pilot.name) },
  ];
  const title = say(words.set);
  if (pilot === undefined) {
    return (
      <Titled title={title} above={above}>
        <Pending reading={pilots} />
      </Titled>
    );
  }
  return (
    <ActPage
      {...{ title, above, to, two: true }}
      open={mayTake(who, "set_compensation_terms")}
      lead={say(words.lead)}
      fields={(values) => fieldsOf(values, { say, exposures })}
      initial={initialOf(pilot)}
      path={`/api/pilots/${encodeURIComponent(slug)}/compensation/terms`}
      body={bodyOf}
    />
  );
}

/** The declared clause, and the institution that leads, until somebody writes another. */
function initialOf({ institutions }: PilotSummary): Values {
  const lead = institutions.find(({ role }) => role === "lead") ?? institutions[0];
  const { zh = "", en = "" } = lead?.name ?? {};
  return { clause: CLAUSE, institution_zh: zh, institution_en: en };
}

/** Pilot-wide amounts that a share can be of: those in force, or else those declared. */
function useExposures(slug: string): readonly Option[] {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = encodeURIComponent(slug);
  const limits = useAsk<LimitsAnswer>(`/api/pilots/${path}/limits`, { lang }).value?.limits ?? [];
  const application = useAsk<ApplicationAnswer>(`/api/applications/${path}`, { lang }).value;
  const declared = application?.declaration.form?.caps ?? [];
  return (limits.length > 0 ? limits : declared)
    .filter(({ scope, measure }) => scope === "pilot" && measure === "amount")
    .map(({ id, label }) => ({ value: id, label: say(label) }));
}

interface Asking {
  readonly say: Saying;
  readonly exposures: readonly Option[];
}

function fieldsOf(values: Values, { say, exposures }: Asking): readonly ActField[] {
  const bases = [
    { value: "fixed", label: say(words.fixed) },
    ...(exposures.length === 0 ? [] : [{ value: "share", label: say(words.share) }]),
  ];
  const amount = (name: "amount" | "least" | "loss_cap" | "by_one"): ActField => ({
    ...{ kind: "amount", name, label: say(words[name]), hint: say(words[`${name}_hint`]) },
  });
  const share: readonly ActField[] = [
    { kind: "choice", name: "exposure", label: say(words.exposure), options: exposures },
    { kind: "whole", name: "percent", label: say(words.percent), least: 1, most: 100 },
    amount("least"),
  ];
  return [
    { kind: "line", name: "clause", label: say(words.clause) },
    { kind: "choice", name: "basis", label: say(words.basis), options: bases },
    ...(values["basis"] === "fixed" ? [amount("amount")] : []),
    ...(values["basis"] === "share" ? share : []),
    amount("loss_cap"),
    amount("by_one"),
    { kind: "both", name: "institution", label: say(words.institution) },
    {
      ...{ kind: "both", name: "insurer", label: say(words.insurer) },
      ...{ hint: say(words.insurer_hint), optional: true },
    },
  ];
}

function bodyOf(values: Values): object {
  const insurer = bothOf(values, "insurer");
  const ppm = Number(values["percent"]) * PPM_OF_PERCENT;
  const { basis, clause, amount, exposure, least, loss_cap: lossCap, by_one: byOneUpTo } = values;
  return {
    ...{ clause, demo: false, lossCap, byOneUpTo, institution: bothOf(values, "institution") },
    insurer: insurer.zh === "" && insurer.en === "" ? null : insurer,
    required:
      basis === "share"
        ? { kind: "share_of_exposure", ppm, exposure, least }
        : { kind: "fixed", amount },
  };
}
