/** What every page of the console knows: the language, who is signed in, and how to say a text. */
import { createContext, useContext } from "react";
import type { Lang, Text } from "@sandbank/kernel/words";

export { type Saying, sayIn } from "@sandbank/kernel/words";

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
