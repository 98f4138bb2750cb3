/**
 * What the exit section has besides its fields: the six plans of the first batch to begin from, and
 * what the plan that is typed in would still leave open, by the rule that a submission is held to.
 */
import { useState } from "react";
import { NativeSelect } from "@mantine/core";
import { type PlanTemplates as Templates, planWords } from "@sandbank/sandbox/contract";
import { useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { declaringWords as words } from "../words/declaring.words.ts";
import { flawsTyped, PLAN, typedPlan } from "./draft.ts";
import { type Typed, valueAt } from "./node.ts";

interface PlanTemplatesProps {
  readonly typed: Typed;
  change(path: readonly string[], typed: Typed): void;
}

export function PlanTemplates({ typed, change }: PlanTemplatesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<Templates>("/api/exit-plans", { lang });
  const templates = reading.value?.templates ?? [];
  const [asked, setAsked] = useState<string>();
  const chosen = templates.find(({ pilot }) => pilot === asked) ?? templates[0];
  if (chosen === undefined) return <Pending reading={reading} lines={2} />;
  return (
    <fieldset className="choices part">
      <legend>{say(words.template)}</legend>
      <NativeSelect
        id="template"
        label={say(words.template_which)}
        description={say(words.template_hint)}
        data={templates.map(({ pilot, label }) => ({ value: pilot, label: say(label) }))}
        value={chosen.pilot}
        onChange={(event) => setAsked(event.currentTarget.value)}
      />
      {valueAt(typed, PLAN) !== null && <p className="small">{say(words.template_replaces)}</p>}
      <p>
        <button type="button" className="button" onClick={() => change(PLAN, typedPlan(chosen))}>
          {say(words.template_take)}
        </button>
      </p>
    </fieldset>
  );
}

/** What a plan would leave open; nothing is said while there is none. */
export function PlanFlaws({ typed }: Pick<PlanTemplatesProps, "typed">) {
  const say = sayIn(useSetting().lang);
  if (valueAt(typed, PLAN) === null) return null;
  const flaws = flawsTyped(typed);
  if (flaws.length === 0) return <p className="note ok">{say(words.plan_whole)}</p>;
  return (
    <section className="note warn stack-s" aria-labelledby="flaws">
      <h3 id="flaws">{say(words.plan_flaws, { n: String(flaws.length) })}</h3>
      <ul className="bullets">
        {flaws.map(({ code, of, field }) => (
          <li key={`${code} ${field} ${of}`}>{say(planWords.flawText(code, of))}</li>
        ))}
      </ul>
    </section>
  );
}
