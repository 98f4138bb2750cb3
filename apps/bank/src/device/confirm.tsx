/**
 * Confirming that it is still the same person, asked for where an act was refused for want of it: by
 * a passkey where one is registered, else by the demonstration's simulated confirmation, which says
 * that it is simulated. Afterwards the act is sent again by whoever asked.
 */
import { TroubleNote } from "@sandbank/ui/face/parts";
import type { ToConfirm } from "@sandbank/tokens/contract";
import { useEffect, useRef, useState } from "react";
import { ask, type Trouble, useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { Press } from "../parts/act.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { deviceWords as words } from "../words/device.words.ts";
import { digestOf } from "./about.ts";
import { stepUp } from "./ceremony.ts";

interface ConfirmProps {
  /** Why it is asked for. */
  readonly why: string;
  /** The one thing that is confirmed; the person himself, where nothing is named. */
  readonly request?: ToConfirm;
  confirmed(): void;
}

export function Confirm({ why, request, confirmed }: ConfirmProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const known = useAsk<{ passkeys: readonly unknown[] }>("/api/session/passkeys", { lang });
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  const simulated = known.value?.passkeys.length === 0;
  const confirm = async () => {
    setBusy(true);
    const about = request === undefined ? undefined : await digestOf(request);
    const asked = about === undefined ? "" : `?about=${about}`;
    const path = `/api/session/step-up/simulated${asked}`;
    const answer = simulated
      ? await ask<object>(path, { lang, method: "POST", csrf: who.csrf })
      : await stepUp(lang, who.csrf, about);
    setBusy(false);
    setTrouble("trouble" in answer ? answer.trouble : undefined);
    if ("good" in answer) confirmed();
  };
  return (
    <section className="panel stack" aria-labelledby="confirm" tabIndex={-1} ref={box}>
      <h2 id="confirm">{say(words.confirm_title)}</h2>
      <p>{why}</p>
      <Pending reading={known} />
      {simulated && <p className="note warn">{say(words.simulated_text)}</p>}
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      {known.value !== undefined && (
        <p className="acts">
          <Press
            label={say(simulated ? words.confirm_simulated : words.confirm)}
            busy={busy}
            press={() => void confirm()}
          />
        </p>
      )}
    </section>
  );
}
