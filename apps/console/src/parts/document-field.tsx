/**
 * A document that something rests on. It stays where it is: this browser computes its SHA-256, which
 * is shown and sent, so that whoever holds the document can prove later that it is the same.
 */
import { TextInput } from "@mantine/core";
import { sayIn, useSetting } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";
import type { ActField } from "./act-field.ts";

interface DocumentFieldProps {
  readonly field: ActField;
  readonly value: string;
  readonly fault: string | undefined;
  change(value: string): void;
}

/** SHA-256 of bytes, in hexadecimal. */
export async function hashOf(bytes: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function DocumentField({ field, value, fault, change }: DocumentFieldProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { name, label, hint } = field;
  const read = async (file: File | undefined) => {
    if (file !== undefined) change(await hashOf(await file.arrayBuffer()));
  };
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      <p className="small">{hint ?? say(words.document_hint)}</p>
      <label className="small" htmlFor={`${name}-file`}>
        {say(words.document_file)}
      </label>
      <input
        id={`${name}-file`}
        type="file"
        className="mantine-Input-input file"
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <TextInput
        id={name}
        label="SHA-256"
        error={fault}
        className="mono"
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => change(event.currentTarget.value.trim().toLowerCase())}
      />
    </fieldset>
  );
}
