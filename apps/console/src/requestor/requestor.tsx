/** One token requestor: what comes next, its scenes, the keys that it signs with, what is known of it. */
import type { RequestorDetail } from "@sandbank/tokens/contract";
import { FactList } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Gone } from "../parts/gone.tsx";
import { Listed } from "../parts/listed.tsx";
import { NextActs } from "../parts/next-acts.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { RequestorTag, SceneTag } from "../parts/token-state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { KEY_STATES, requestorActs, requestorWords as words } from "../words/requestor.words.ts";
import { requestorAct, requestorActsOpen, useTokensPilot } from "./acts.ts";
import { EVERY_MS } from "./requestors.tsx";

interface OneProps {
  readonly one: RequestorDetail;
}

export function RequestorPage({ trid }: { readonly trid: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/requestors/${encodeURIComponent(trid)}`;
  const reading = useAsk<RequestorDetail>(path, { lang, every_ms: EVERY_MS });
  const one = reading.value;
  const to = addressOf(lang, ["requestors"]);
  const above = [{ to, label: say(words.title) }];
  if (one === undefined) {
    const isGone = reading.trouble?.status === 404 || reading.trouble?.status === 400;
    return (
      <Titled title={say(isGone ? words.gone : words.requestor)} above={above}>
        {isGone ? <Gone to={to} /> : <Pending reading={reading} lines={6} />}
      </Titled>
    );
  }
  return (
    <Titled title={say(one.name)} above={above} beside={<RequestorTag state={one.state} />}>
      <Next one={one} />
      <div className="split">
        <Scenes one={one} />
        <Facts one={one} />
      </div>
      <Keys one={one} />
    </Titled>
  );
}

function Next({ one }: OneProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const pilot = useTokensPilot();
  const open = pilot === undefined ? [] : requestorActsOpen(one, pilot, who);
  const acts = open.map((act) => ({
    ...{ name: say(requestorActs[act].name), what: say(requestorActs[act].lead) },
    to: addressOf(lang, ["requestors", one.trid, act]),
    ...{ two: requestorAct(act).two, grave: requestorAct(act).grave },
  }));
  return (
    <section className="panel stack" aria-labelledby="next">
      <h2 id="next">{say(words.next)}</h2>
      <NextActs acts={acts} />
    </section>
  );
}

function Scenes({ one }: OneProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="scenes">
      <h2 id="scenes">{say(words.scenes)}</h2>
      {one.scenes.length === 0 && <p className="quiet">{say(words.scenes_none)}</p>}
      <ul className="rows">
        {one.scenes.map(({ id, name, state }) => (
          <li key={id} className="row apart">
            <Go to={addressOf(lang, ["scenes", id])} className="go-to">
              {say(name)}
            </Go>
            <SceneTag state={state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ one }: OneProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { trid, organisation, domains, at } = one;
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList
        facts={[
          [say(words.trid), <code key="trid">{trid}</code>],
          [say(words.organisation), <code key="organisation">{organisation}</code>],
          [say(words.domains), domains.join(lang === "zh" ? "、" : ", ") || say(words.no_domains)],
          [say(words.registered_at), momentText(at)],
        ]}
      />
    </section>
  );
}

function Keys({ one: { keys } }: OneProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel stack" aria-labelledby="keys">
      <h2 id="keys">{say(words.keys)}</h2>
      <p className="quiet">{say(words.keys_lead)}</p>
      {keys.length === 0 && <p>{say(words.keys_none)}</p>}
      {keys.length > 0 && (
        <Listed
          caption={say(words.keys_table)}
          rows={keys}
          keyOf={({ id }) => id}
          columns={[
            { head: say(words.program), cell: ({ name }) => name },
            {
              head: say(words.fingerprint),
              cell: ({ id }) => <code>{id.replaceAll(/(.{8})(?=.)/g, "$1 ")}</code>,
            },
            {
              head: say(words.state),
              cell: ({ state }) => (
                <Tag tone={KEY_STATES[state].tone}>{say(KEY_STATES[state].word)}</Tag>
              ),
            },
            { head: say(words.expires), cell: ({ expires }) => <time>{momentText(expires)}</time> },
          ]}
        />
      )}
    </section>
  );
}
