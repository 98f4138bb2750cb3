/** Names this device and registers it: the same for an invitation and for one device more. */
import { TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { Lang } from "@sandbank/kernel/words";
import type { Answer, Trouble } from "../ask.ts";
import { TroubleNote } from "../parts/trouble.tsx";
import { sayIn, type Who } from "../setting.ts";
import { frameWords } from "../words/frame.words.ts";
import { passkeyWords as words } from "../words/passkey.words.ts";

const NAME_MAX = 80;

interface DeviceProps {
  readonly lang: Lang;
  readonly button: string;
  register(name: string): Promise<Answer<Who>>;
  registered(name: string): void;
  /** Told of a "no", for what only the page around can do about it. */
  refused?(trouble: Trouble): void;
}

export function Device({ lang, button, register, registered, refused }: DeviceProps) {
  const say = sayIn(lang);
  const [name, setName] = useState(say(words.device_usual));
  const [fault, setFault] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const given = name.trim();
    if (given === "" || given.length > NAME_MAX) return setFault(say(words.device_needed));
    setFault(undefined);
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
    <form className="fields" noValidate onSubmit={sent}>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <TextInput
        id="device"
        autoComplete="off"
        label={say(words.device)}
        description={say(words.device_hint)}
        error={fault}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <p className="acts">
        <button type="submit" className="button primary" disabled={busy}>
          {button}
        </button>
      </p>
      <span className="sr" role="status">
        {busy ? say(frameWords.reading) : ""}
      </span>
    </form>
  );
}
