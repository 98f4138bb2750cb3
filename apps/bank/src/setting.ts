/** What every page of the app knows: the language, who is signed in, the pilot, how to say a text. */
import type { Lang, Text } from "@sandbank/kernel/words";
import type { PilotSummary } from "@sandbank/sandbox/contract";
import { createContext, useContext } from "react";

export { type Saying, sayIn } from "@sandbank/kernel/words";

/** The pilot that this app belongs to. */
export const PILOT = "payment-tokens";

/** Who is signed in, as `/api/session` says it. */
export interface Who {
  readonly person: string;
  readonly name: Text;
  readonly csrf: string;
}

export interface Setting {
  readonly lang: Lang;
  readonly who: Who;
  /** The pilot as the register has it; undefined until it is read. */
  readonly pilot: PilotSummary | undefined;
}

export const SettingContext = createContext<Setting | undefined>(undefined);

export function useSetting(): Setting {
  const setting = useContext(SettingContext);
  if (setting === undefined) throw new Error("a page of the app outside of its frame");
  return setting;
}

/** The path of a reading about the person who is signed in. */
export function ofHolder(path: string, { person }: Who, before?: string): string {
  const asked = new URLSearchParams({ holder: person, ...(before !== undefined && { before }) });
  return `${path}?${asked.toString()}`;
}
