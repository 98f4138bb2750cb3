/** One scene: what comes next, whose it is, and what it lets through. */
import type { ScenesAnswer } from "@sandbank/tokens/contract";
import { FactList } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Gone } from "../parts/gone.tsx";
import { NextActs } from "../parts/next-acts.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { RequestorTag, SceneTag } from "../parts/token-state.tsx";
import { useTokensPilot } from "../requestor/acts.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { sceneActs, sceneWords as words } from "../words/scene.words.ts";
import { sceneAct, sceneActsOpen } from "./acts.ts";
import { Entries, EVERY_MS, type Scene } from "./scenes.tsx";

interface OneProps {
  readonly one: Scene;
}

export function ScenePage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<ScenesAnswer>("/api/scenes", { lang, every_ms: EVERY_MS });
  const one = reading.value?.scenes.find((known) => known.id === id);
  const to = addressOf(lang, ["scenes"]);
  const above = [{ to, label: say(words.title) }];
  if (one === undefined) {
    const isGone = reading.value !== undefined;
    return (
      <Titled title={say(isGone ? words.gone : words.scene)} above={above}>
        <Pending reading={reading} />
        {isGone && <Gone to={to} />}
      </Titled>
    );
  }
  return (
    <Titled title={say(one.name)} above={above} beside={<SceneTag state={one.state} />}>
      {one.requestor !== "active" && one.state === "open" && (
        <p className="note warn">{say(words.requestor_stops)}</p>
      )}
      <Next one={one} />
      <Facts one={one} />
    </Titled>
  );
}

function Next({ one }: OneProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const pilot = useTokensPilot();
  const open = pilot === undefined ? [] : sceneActsOpen(one, pilot, who);
  const acts = open.map((act) => ({
    ...{ name: say(sceneActs[act].name), what: say(sceneActs[act].lead) },
    to: addressOf(lang, ["scenes", one.id, act]),
    ...{ two: sceneAct(act).two, grave: sceneAct(act).grave },
  }));
  return (
    <section className="panel stack" aria-labelledby="next">
      <h2 id="next">{say(words.next)}</h2>
      <NextActs acts={acts} />
    </section>
  );
}

function Facts({ one }: OneProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { id, trid, organisation, requestor, merchants, mccs, channels, cryptogram } = one;
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">{say(words.facts)}</h2>
      <FactList
        facts={[
          [say(words.id), <code key="id">{id}</code>],
          [
            say(words.requestor),
            <span className="row" key="requestor">
              <Go to={addressOf(lang, ["requestors", trid])} className="go-to">
                {organisation}
              </Go>
              <RequestorTag state={requestor} />
            </span>,
          ],
          [say(words.merchants), <Entries entries={merchants} key="merchants" />],
          [say(words.mccs), <Entries entries={mccs} key="mccs" />],
          [say(words.channels), <Entries entries={channels} key="channels" />],
          [say(words.cryptogram), say(cryptogram ? words.needed : words.not_needed)],
        ]}
      />
    </section>
  );
}
