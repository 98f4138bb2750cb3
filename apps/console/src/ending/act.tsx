/** One act that brings payment tokens nearer to their end. */
import type { LeftAnswer } from "@sandbank/tokens/contract";
import { ActPage } from "../acting/act-page.tsx";
import { useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useTokensPilot } from "../requestor/acts.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { endingActs, endingWords as words } from "../words/ending.words.ts";
import { type EndingAct, endingActsOf, inTheWay } from "./acts.ts";

export function EndingActPage({ act }: { readonly act: EndingAct }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<LeftAnswer>("/api/ending", { lang });
  const pilot = useTokensPilot();
  const to = addressOf(lang, ["ending"]);
  const above = [{ to, label: say(words.title) }];
  const { name, lead } = endingActs[act];
  const { value } = reading;
  if (value === undefined || pilot === undefined) {
    return (
      <Titled title={say(name)} above={above}>
        <Pending reading={reading} />
      </Titled>
    );
  }
  const isTheirs = endingActsOf(pilot, who).includes(act);
  return (
    <ActPage
      title={say(name)}
      lead={say(lead)}
      {...{ above, to }}
      grave={act !== "notices"}
      two={act === "keys" ? "institution" : false}
      open={isTheirs && inTheWay(act, { pilot, ...value }, say) === undefined}
      fields={[]}
      path={act === "keys" ? "/api/vault/destruction" : `/api/ending/${act}`}
      body={() => ({})}
    />
  );
}
