/**
 * Signing a text with the signer's own key: by a file that this browser reads, or by a signature
 * that was made elsewhere. Only the signature is sent.
 */
import { TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { Faults } from "@sandbank/ui/face/parts";
import { ask, isUnknown, type Trouble, useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { signingWords as words } from "../words/step.words.ts";
import { readKey } from "./key.ts";
import type { KeysAnswer } from "./keys.tsx";

interface Signature {
  readonly key: string;
  readonly value: string;
}

interface SignFormProps {
  /** What is signed, byte for byte. */
  readonly text: string;
  readonly act: string;
  readonly path: string;
  body(signature: Signature): object;
  done(outcome: OutcomeAnswer): void;
}

const NONE: Signature = { key: "", value: "" };

/** The signature as it is being made, what is wrong with it, and the sending. */
function useSigning({ path, body, done }: SignFormProps) {
  const { lang, who } = useSetting();
  const [signature, setSignature] = useState(NONE);
  const [wrong, setWrong] = useState<string>();
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [reference, setReference] = useState(drawId);
  const missing = signature.key === "" || signature.value === "";
  const fault = wrong ?? (missing ? sayIn(lang)(words.need) : undefined);
  const send = async () => {
    setBusy(true);
    const sent = { lang, csrf: who.csrf, id: reference, body: body(signature) };
    const answer = await ask<OutcomeAnswer>(path, sent);
    setBusy(false);
    if ("good" in answer) return done(answer.good);
    if (!isUnknown(answer.trouble)) setReference(drawId());
    return setTrouble(answer.trouble);
  };
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    setTries((before) => before + 1);
    if (fault === undefined && !busy) void send();
  };
  return { signature, setSignature, setWrong, fault, tries, busy, trouble, sent };
}

export function SignForm(props: SignFormProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const keys = useAsk<KeysAnswer>("/api/signing-keys", { lang });
  const inUse = keys.value?.keys.filter((one) => one.endedAt === null).map(({ id }) => id);
  const { signature, setSignature, setWrong, ...form } = useSigning(props);
  const { fault, tries, busy, trouble, sent } = form;
  const read = async (file: File | undefined) => {
    const key = file && (await readKey(await file.text()));
    if (key === undefined) return setWrong(say(words.not_a_key));
    if (inUse !== undefined && !inUse.includes(key.id)) return setWrong(say(words.unknown_key));
    setWrong(undefined);
    return setSignature({ key: key.id, value: await key.sign(props.text) });
  };
  const shown = tries > 0 || fault !== say(words.need) ? fault : undefined;
  return (
    <form className="fields" noValidate onSubmit={sent}>
      <Faults
        lang={lang}
        faults={tries > 0 && fault !== undefined ? [{ field: "key-file", text: fault }] : []}
        round={tries}
      />
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {inUse?.length === 0 && <NoKey />}
      <div className="choices">
        <label htmlFor="key-file">
          <b>{say(words.sign_with)}</b>
        </label>
        <p className="small">{say(words.sign_lead)}</p>
        {shown !== undefined && <p className="error">{shown}</p>}
        <input
          id="key-file"
          type="file"
          accept=".pem"
          className="file"
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
        <p role="status">
          {signature.value !== "" && say(words.signed, { key: signature.key.slice(0, 12) })}
        </p>
      </div>
      <Elsewhere {...{ signature, setSignature, setWrong }} />
      <details>
        <summary>{say(words.text)}</summary>
        <pre className="mono small">{props.text}</pre>
      </details>
      <p className="acts">
        <button type="submit" className="button primary" aria-disabled={busy}>
          {props.act}
        </button>
      </p>
    </form>
  );
}

function NoKey() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="note warn stack">
      <p>{say(words.none_enrolled)}</p>
      <p>
        <Go to={addressOf(lang, ["signing-keys"])} className="button">
          {say(words.to_keys)}
        </Go>
      </p>
    </div>
  );
}

interface ElsewhereProps {
  readonly signature: Signature;
  setSignature(signature: Signature): void;
  setWrong(wrong: undefined): void;
}

function Elsewhere({ signature, setSignature, setWrong }: ElsewhereProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const field = (name: keyof Signature, label: string) => (
    <TextInput
      id={`signature-${name}`}
      label={label}
      className="mono"
      autoComplete="off"
      spellCheck={false}
      value={signature[name]}
      onChange={(event) => {
        setWrong(undefined);
        setSignature({ ...signature, [name]: event.currentTarget.value.trim() });
      }}
    />
  );
  return (
    <details>
      <summary>{say(words.elsewhere)}</summary>
      <div className="stack">
        <p className="small">{say(words.elsewhere_hint)}</p>
        {field("key", say(words.key_id))}
        {field("value", say(words.value))}
      </div>
    </details>
  );
}
