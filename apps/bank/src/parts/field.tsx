/** One field of a form: its label, what is expected, what is wrong with it, and the control. */
import { uiWords } from "@sandbank/ui";
import type { Fault } from "@sandbank/ui/face";
import { sayIn, useSetting } from "../setting.ts";

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly faults: readonly Fault[];
  readonly mode?: "text" | "decimal" | "numeric";
  /** More than one line: how many. */
  readonly rows?: number;
  change(value: string): void;
}

export function Field({ id, label, hint, value, faults, mode = "text", rows, change }: FieldProps) {
  const say = sayIn(useSetting().lang);
  const fault = faults.find((one) => one.field === id)?.text;
  const described = [hint !== undefined && `${id}-hint`, fault !== undefined && `${id}-fault`]
    .filter((one) => one !== false)
    .join(" ");
  const control = {
    ...{ id, value, autoComplete: "off" },
    ...(described === "" ? {} : { "aria-describedby": described }),
    ...(fault === undefined ? {} : { "aria-invalid": true }),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      change(event.currentTarget.value),
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className="small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p className="error" id={`${id}-fault`}>
          <span className="sr">{say(uiWords.error)}</span>
          {fault}
        </p>
      )}
      {rows === undefined ? (
        <input type="text" inputMode={mode} {...control} />
      ) : (
        <textarea rows={rows} {...control} />
      )}
    </div>
  );
}
