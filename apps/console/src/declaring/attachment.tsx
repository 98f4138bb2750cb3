/** A file that goes beside a declaration: uploaded at once, named by its hash from then on. */
import type { Attachment } from "@sandbank/sandbox/contract";
import { formatCount } from "@sandbank/kernel/words";
import { TroubleNote } from "../parts/trouble.tsx";
import { FILES_TAKEN, useUpload } from "../parts/upload.ts";
import { sayIn, useSetting } from "../setting.ts";
import { declaringWords as words } from "../words/declaring.words.ts";
import { idOf, type NamedFault, nameAt } from "./called.ts";
import type { Typed } from "./node.ts";

interface AttachmentFieldProps {
  readonly path: readonly string[];
  readonly typed: Typed;
  readonly faults: readonly NamedFault[];
  change(path: readonly string[], typed: Typed): void;
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
        accept={FILES_TAKEN}
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
