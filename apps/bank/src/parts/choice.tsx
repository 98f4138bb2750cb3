/** One of a few, or several of them: a field set whose first control the list of faults leads to. */
import { uiWords } from "@sandbank/ui";
import type { ReactNode } from "react";
import type { Fault } from "@sandbank/ui/face";
import { sayIn, useSetting } from "../setting.ts";

interface ChoiceProps {
  readonly id: string;
  readonly legend: string;
  readonly kind: "radio" | "checkbox";
  readonly options: readonly { readonly value: string; readonly label: ReactNode }[];
  readonly chosen: readonly string[];
  readonly faults: readonly Fault[];
  choose(chosen: readonly string[]): void;
}

export function Choice({ id, legend, kind, options, chosen, faults, choose }: ChoiceProps) {
  const say = sayIn(useSetting().lang);
  const fault = faults.find((one) => one.field === id)?.text;
  const press = (value: string) => {
    if (kind === "radio") return choose([value]);
    const rest = chosen.filter((one) => one !== value);
    return choose(rest.length < chosen.length ? rest : [...chosen, value]);
  };
  return (
    <fieldset className="field" aria-describedby={fault === undefined ? undefined : `${id}-fault`}>
      <legend>{legend}</legend>
      {fault !== undefined && (
        <p className="error" id={`${id}-fault`}>
          <span className="sr">{say(uiWords.error)}</span>
          {fault}
        </p>
      )}
      {options.map(({ value, label }, at) => (
        <label className="choice" key={value}>
          <input
            type={kind}
            name={id}
            id={at === 0 ? id : `${id}-${value}`}
            value={value}
            checked={chosen.includes(value)}
            onChange={() => press(value)}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
