/** Names this device and registers it: the same for an invitation and for one device more. */
import type { Lang } from "@sandbank/kernel/words";
import { uiWords } from "@sandbank/ui";
import { TroubleNote } from "@sandbank/ui/face/parts";
import { type SyntheticEvent, useState } from "react";
import type { Answer, Trouble } from "../ask.ts";
import { sayIn, type Who } from "../setting.ts";
import { deviceWords as words } from "../words/device.words.ts";
import { frameWords } from "../words/frame.words.ts";

const NAME_MAX = 80;

interface DeviceFormProps {
  readonly lang: Lang;
  register(name: string): Promise<Answer<Who>>;
  registered(name: string): void;
  /** Told of a "no", for what only the page around can do about it. */
  refused?(trouble: Trouble): void;
}

export function DeviceForm({ lang, register, registered, refused }: DeviceFormProps) {
  const say = sayIn(lang);
  const [name, setName] = useState(say(words.usual));
  const [fault, setFault] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const given = name.trim();
    const wrong = given === "" || given.length > NAME_MAX;
    setFault(wrong);
    if (wrong || busy) return;
    setBusy(true);
    const answer = await register(given);
    setBusy(false);
    setTrouble("trouble" in answer ? answer.trouble : undefined);
    if ("trouble" in answer) refused?.(answer.trouble);
    else registered(given);
  };
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form className="stack" noValidate onSubmit={sent}>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <div className="field">
        <label htmlFor="device">{say(words.name)}</label>
        <p className="small" id="device-hint">
          {say(words.name_hint)}
        </p>
        {fault && (
          <p className="error" id="device-fault" role="alert">
            <span className="sr">{say(uiWords.error)}</span>
            {say(words.name_needed)}
          </p>
        )}
        <input
          id="device"
          autoComplete="off"
          aria-describedby={fault ? "device-hint device-fault" : "device-hint"}
          aria-invalid={fault}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <p className="acts">
        <button type="submit" className="button primary" aria-disabled={busy}>
          {say(words.register)}
        </button>
      </p>
      <span className="sr" role="status">
        {busy ? say(frameWords.sending) : ""}
      </span>
    </form>
  );
}
