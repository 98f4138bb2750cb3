/** What every page of the comments desk reads: the application, its comments, and who may do what. */
import type { ApplicationAnswer } from "@sandbank/sandbox/contract";
import { type Reading, useAsk } from "../ask.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { applicationWords } from "../words/application.words.ts";
import { hearingWords as words } from "../words/hearing.words.ts";
import { type Rights, rightsOf, type StaffComment } from "./hearing.ts";

const EVERY_MS = 5_000;

export interface Heard extends Rights {
  readonly slug: string;
  readonly application: Reading<ApplicationAnswer>;
  readonly comments: Reading<{ readonly comments: readonly StaffComment[] }>;
  /** Where the desk stands. */
  readonly above: readonly { readonly to: string; readonly label: string }[];
  /** The same for a page below the desk. */
  readonly aboveOne: readonly { readonly to: string; readonly label: string }[];
}

export function useHeard(slug: string): Heard {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = `/api/applications/${encodeURIComponent(slug)}`;
  const application = useAsk<ApplicationAnswer>(path, { lang });
  const asked = { lang, every_ms: EVERY_MS };
  const comments = useAsk<{ comments: StaffComment[] }>(`${path}/comments`, asked);
  const { value } = application;
  const above = [
    { to: addressOf(lang, ["applications"]), label: say(applicationWords.title) },
    {
      to: addressOf(lang, ["applications", slug]),
      label: value === undefined ? slug : say(value.name),
    },
  ];
  const desk = addressOf(lang, ["applications", slug, "comments"]);
  return {
    ...{ slug, application, comments, above },
    aboveOne: [...above, { to: desk, label: say(words.title) }],
    ...rightsOf(value?.organisation, who),
  };
}
