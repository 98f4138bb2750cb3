/**
 * A document that a finding rests on: it is filed at once, and its SHA-256 is shown and sent. Whoever
 * judges by a document that is on file already types its hash instead.
 */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { Attachment } from "@sandbank/sandbox/contract";
import { formatCount } from "@sandbank/kernel/words";
import { sayIn, useSetting } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";
import { declaringWords } from "../words/declaring.words.ts";
import type { ActField } from "./act-field.ts";
import { TroubleNote } from "./trouble.tsx";
import { FILES_TAKEN, useUpload } from "./upload.ts";

interface FiledFieldProps {
  readonly field: ActField;
  readonly value: string;
  readonly fault: string | undefined;
  change(value: string): void;
}

export function FiledField({ field, value, fault, change }: FiledFieldProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [kept, setKept] = useState<Attachment>();
  const { name, label, hint } = field;
  const upload = useUpload((filed) => {
    setKept(filed);
    change(filed.hash);
  });
  const isShown = kept !== undefined && kept.hash === value;
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      <p className="small">{hint ?? say(words.filed_hint)}</p>
      {upload.fault !== undefined && <p className="error">{upload.fault}</p>}
      {upload.trouble !== undefined && <TroubleNote trouble={upload.trouble} lang={lang} focused />}
      <label className="small" htmlFor={`${name}-file`}>
        {say(declaringWords.file)}
      </label>
      <input
        id={`${name}-file`}
        type="file"
        className="mantine-Input-input file"
        accept={FILES_TAKEN}
        onChange={(event) => void upload.send(event.currentTarget.files?.[0])}
      />
      <p role="status" className="small">
        {upload.busy && say(declaringWords.uploading)}
        {isShown &&
          say(declaringWords.file_kept, { name: kept.name, size: formatCount(kept.bytes, lang) })}
      </p>
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
