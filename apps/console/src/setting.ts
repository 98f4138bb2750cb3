/** What every page of the console knows: the language, who is signed in, and how to say a text. */
import { createContext, useContext } from "react";
import { type Lang, type Text, say } from "@sandbank/kernel/words";

/** Who is signed in, as `/api/session` says it. */
export interface Who {
  readonly person: string;
  readonly name: Text;
  readonly organisation: {
    readonly id: string;
    readonly kind: string;
    readonly name: Text;
    readonly fictional: boolean;
  };
  readonly roles: readonly string[];
  readonly csrf: string;
}

export interface Setting {
  readonly lang: Lang;
  readonly who: Who;
}

export const SettingContext = createContext<Setting | undefined>(undefined);

export function useSetting(): Setting {
  const setting = useContext(SettingContext);
  if (setting === undefined) throw new Error("a page of the console outside of its frame");
  return setting;
}

export type Saying = (text: Text, holes?: Readonly<Record<string, string>>) => string;

/** Says texts in the language of the page. */
export function sayIn(lang: Lang): Saying {
  return (text, holes) => say(text, lang, holes);
}
