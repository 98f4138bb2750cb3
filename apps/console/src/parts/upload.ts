/** Sends a file that is to be filed; what comes back names it by its hash. */
import { useState } from "react";
import type { Attachment } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { ask, type Trouble } from "../ask.ts";
import { sayIn, useSetting } from "../setting.ts";
import { declaringWords as words } from "../words/declaring.words.ts";

const TYPES: readonly string[] = [
  "application/pdf",
  "image/png",
  "image/jpeg",
  "text/plain",
] satisfies readonly Attachment["type"][];

/** What an input of files offers to choose from. */
export const FILES_TAKEN = ".pdf,.png,.jpg,.jpeg,.txt";

export interface Upload {
  readonly busy: boolean;
  readonly fault: string | undefined;
  readonly trouble: Trouble | undefined;
  send(file: File | undefined): Promise<void>;
}

export function useUpload(done: (kept: Attachment) => void): Upload {
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
