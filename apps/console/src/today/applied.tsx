/** Token requestors that wait to be admitted, for whoever may propose it. */
import type { RequestorsAnswer } from "@sandbank/tokens/contract";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Tag } from "../parts/state.tsx";
import { requestorActsOpen, useTokensPilot } from "../requestor/acts.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { REQUESTOR_STATES, requestorWords as words } from "../words/requestor.words.ts";
import { Counted } from "./counted.tsx";

const EVERY_MS = 10_000;

export function Applied() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const pilot = useTokensPilot();
  const mine =
    pilot !== undefined && requestorActsOpen({ state: "applied" }, pilot, who).includes("activate");
  const path = mine ? "/api/requestors" : undefined;
  const { value } = useAsk<RequestorsAnswer>(path, { lang, every_ms: EVERY_MS });
  const applied = value?.requestors.filter(({ state }) => state === "applied") ?? [];
  if (applied.length === 0) return null;
  return (
    <section className="panel flush" aria-labelledby="applied">
      <Counted id="applied" title={say(words.waiting)} n={applied.length} tone="warn">
        <Go to={addressOf(lang, ["requestors"])} className="go-to">
          {say(words.title)}
        </Go>
      </Counted>
      <ul className="list">
        {applied.map(({ trid, name, organisation }) => (
          <li key={trid}>
            <Go to={addressOf(lang, ["requestors", trid])} className="cover">
              <span>
                <b>{say(name)}</b>
                <br />
                <span className="small">
                  {organisation} · {trid}
                </span>
              </span>
              <Tag tone="warn">{say(REQUESTOR_STATES.applied.word)}</Tag>
            </Go>
          </li>
        ))}
      </ul>
    </section>
  );
}
