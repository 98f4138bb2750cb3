/** A file that goes beside a declaration: uploaded at once, named by its hash from then on. */
import { useState } from "react";
import type { Attachment } from "@sandbank/sandbox/contract";
import { formatCount } from "@sandbank/kernel/words";
import { drawId } from "@sandbank/ui";
import { ask, type Trouble } from "../ask.ts";
import { TroubleNote } from "../parts/trouble.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { declaringWords as words } from "../words/declaring.words.ts";
import { idOf, type NamedFault, nameAt } from "./called.ts";
import type { Typed } from "./node.ts";

const TYPES: readonly string[] = [
  "application/pdf",
  "image/png",
  "image/jpeg",
  "text/plain",
] satisfies readonly Attachment["type"][];

interface AttachmentFieldProps {
  readonly path: readonly string[];
  readonly typed: Typed;
  readonly faults: readonly NamedFault[];
  change(path: readonly string[], typed: Typed): void;
}

/** Sends a file; what comes back names it by its hash. */
function useUpload(done: (kept: Attachment) => void) {
  const { lang, who } = useSetting();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  const send = async (file: File | undefined) => {
    if (file === undefined) return;
    setTrouble(undefined);
    const fits = TYPES.includes(file.type);
    setFault(fits ? undefined : sayIn(lang)(words.file_type));
    if (!fits) return;
    setBusy(true);
    const content = await base64Of(file);
    const sent = { lang, csrf: who.csrf, id: drawId() };
    const body = { name: file.name, type: file.type, content };
    const answer = await ask<Attachment>("/api/attachments", { ...sent, body });
    setBusy(false);
    if ("good" in answer) done(answer.good);
    else setTrouble(answer.trouble);
  };
  return { busy, fault, trouble, send };
}

export function AttachmentField({ path, typed, faults, change }: AttachmentFieldProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const id = idOf(path);
  const { busy, fault, trouble, send } = useUpload((kept) => change(path, { ...kept } as never));
  const kept = typed as unknown as Attachment | null;
  const wrong = fault ?? faults.find(({ field }) => field === id)?.text;
  return (
    <fieldset className="choices part">
      <legend>{say(nameAt(path))}</legend>
      {wrong !== undefined && <p className="error">{wrong}</p>}
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {kept !== null && <Kept kept={kept} clear={() => change(path, null)} />}
      <label className="small" htmlFor={id}>
        {say(words.file)}
      </label>
      <input
        id={id}
        type="file"
        className="file"
        accept=".pdf,.png,.jpg,.jpeg,.txt"
        onChange={(event) => void send(event.currentTarget.files?.[0])}
      />
      <p role="status">{busy && say(words.uploading)}</p>
    </fieldset>
  );
}

function Kept({ kept, clear }: { readonly kept: Attachment; readonly clear: () => void }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const size = formatCount(kept.bytes, lang);
  return (
    <div className="note ok stack-s">
      <p>{say(words.file_kept, { name: kept.name, size })}</p>
      <p className="small">
        SHA-256 <code>{kept.hash}</code>
      </p>
      <p>
        <button type="button" className="plain" onClick={clear}>
          {say(words.remove_one, { label: kept.name })}
        </button>
      </p>
    </div>
  );
}

/** The bytes of a file in base64. */
async function base64Of(file: File): Promise<string> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("not read")));
    reader.readAsDataURL(file);
  });
  return address.slice(address.indexOf(",") + 1);
}
