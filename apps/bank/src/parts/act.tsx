/**
 * One act of the person who is signed in: it is sent once under a reference of its own, and again
 * under the same one while it is not known whether it was taken. Nothing is shown as done before the
 * server has said so.
 */
import { drawId } from "@sandbank/ui";
import { useState } from "react";
import { ask, isUnknown, type Trouble } from "../ask.ts";
import { sayIn, useSetting } from "../setting.ts";
import { frameWords } from "../words/frame.words.ts";

interface Sending {
  readonly path: string;
  readonly method?: "POST" | "PUT" | "DELETE";
  readonly body?: object;
}

export interface Act<Answer> {
  readonly busy: boolean;
  readonly trouble: Trouble | undefined;
  /** The answer, or undefined where it was refused: the trouble then says why. */
  send(sending: Sending): Promise<Answer | undefined>;
}

export function useAct<Answer>(): Act<Answer> {
  const { lang, who } = useSetting();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [reference, setReference] = useState(drawId);
  const send = async ({ path, method = "POST", body }: Sending) => {
    if (busy) return undefined;
    setBusy(true);
    const sent = {
      lang,
      method,
      csrf: who.csrf,
      id: reference,
      ...(body !== undefined && { body }),
    };
    const answer = await ask<Answer>(path, sent);
    setBusy(false);
    if ("trouble" in answer) {
      if (!isUnknown(answer.trouble)) setReference(drawId());
      setTrouble(answer.trouble);
      return undefined;
    }
    setReference(drawId());
    setTrouble(undefined);
    return answer.good;
  };
  return { busy, trouble, send };
}

interface PressProps {
  readonly label: string;
  readonly busy: boolean;
  readonly look?: "primary" | "stop" | "plain";
  /** What a press does; without it the button sends the form that it stands in. */
  press?(): void;
}

/** The button of an act. It stays in reach while the act is on its way, and says so. */
export function Press({ label, busy, look = "primary", press }: PressProps) {
  const { lang } = useSetting();
  return (
    <>
      <button
        type={press === undefined ? "submit" : "button"}
        className={look === "plain" ? "button" : `button ${look}`}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) press?.();
        }}
      >
        {label}
      </button>
      <span className="sr" role="status">
        {busy ? sayIn(lang)(frameWords.sending) : ""}
      </span>
    </>
  );
}
