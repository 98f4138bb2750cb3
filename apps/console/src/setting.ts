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

/** True for staff of the supervisor who may propose orders. */
export function mayPropose({ roles }: Who): boolean {
  return roles.some((role) => role === "supervisor_officer" || role === "supervisor_approver");
}

/** Who may approve a command; the supervisor's approvers where nobody else is named. */
const APPROVERS: Readonly<Record<string, readonly string[]>> = {
  "sandbox.extend_complaint": ["institution_approver"],
  "sandbox.pay_claim_by_two": ["compensation_trustee", "institution_approver"],
};

/** True for whoever may decide on what another person proposed by this command. */
export function mayApprove({ roles }: Who, command: string): boolean {
  const approvers = APPROVERS[command] ?? ["supervisor_approver"];
  return approvers.some((role) => roles.includes(role));
}
