/** Registering a scene, and each step of its life. */
import type { RequestorsAnswer, ScenesAnswer } from "@sandbank/tokens/contract";
import { ActPage } from "../acting/act-page.tsx";
import { useAsk } from "../ask.ts";
import { type ActField, bothOf, linesOf, type Option } from "../parts/act-field.ts";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useTokensPilot } from "../requestor/acts.ts";
import { useReadings } from "../readings.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { sceneActs, sceneWords as words } from "../words/scene.words.ts";
import { mayRegisterScene, sceneAct, type SceneAct, sceneActsOpen } from "./acts.ts";

export function NewScenePage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { pilots } = useReadings();
  const pilot = useTokensPilot();
  const reading = useAsk<RequestorsAnswer>("/api/requestors", { lang });
  const to = addressOf(lang, ["scenes"]);
  const above = [{ to, label: say(words.title) }];
  const options = reading.value?.requestors
    .filter(({ state }) => state !== "ended")
    .map(({ trid, name }) => ({ value: trid, label: `${say(name)} ${trid}` }));
  if (pilots.value === undefined || options === undefined || options.length === 0) {
    return (
      <Titled title={say(words.register)} above={above}>
        <Pending reading={pilots} />
        <Pending reading={reading} />
        {options?.length === 0 && <p className="panel empty">{say(words.no_requestors)}</p>}
      </Titled>
    );
  }
  return (
    <ActPage
      title={say(words.register)}
      lead={say(words.register_lead)}
      {...{ above, to }}
      open={pilot !== undefined && mayRegisterScene(pilot, who)}
      fields={registering(say, options)}
      path="/api/scenes"
      body={(values) => ({
        ...{ id: values["id"], trid: values["trid"], name: bothOf(values, "name") },
        ...{ merchants: linesOf(values, "merchants"), mccs: linesOf(values, "mccs") },
        ...{ channels: linesOf(values, "channels"), cryptogram: values["cryptogram"] === "yes" },
      })}
    />
  );
}

function registering(say: Saying, requestors: readonly Option[]): readonly ActField[] {
  const list = (name: "merchants" | "mccs" | "channels", of: RegExp): ActField => ({
    ...{ kind: "lines", name, label: say(words[name]), optional: true },
    ...{ hint: say(words[`${name}_hint`]), form: { of, wanted: say(words[`${name}_wanted`]) } },
  });
  return [
    { kind: "choice", name: "trid", label: say(words.requestor), options: requestors },
    {
      ...({ kind: "line", name: "id", label: say(words.id), hint: say(words.id_hint) } as const),
      form: { of: /^[a-z][a-z0-9-]{1,39}$/, wanted: say(words.id_wanted) },
    },
    { kind: "both", name: "name", label: say(words.name) },
    list("merchants", /^[A-Za-z0-9._-]{1,40}$/),
    list("mccs", /^[0-9]{4}(-[0-9]{4})?$/),
    list("channels", /^[a-z][a-z0-9_-]{0,39}$/),
    {
      ...({ kind: "choice", name: "cryptogram", label: say(words.cryptogram_asked) } as const),
      options: [
        { value: "no", label: say(words.not_needed) },
        { value: "yes", label: say(words.needed) },
      ],
    },
  ];
}

interface SceneActPageProps {
  readonly id: string;
  readonly act: SceneAct;
}

export function SceneActPage({ id, act }: SceneActPageProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<ScenesAnswer>("/api/scenes", { lang });
  const pilot = useTokensPilot();
  const one = reading.value?.scenes.find((known) => known.id === id);
  const to = addressOf(lang, ["scenes", id]);
  const list = addressOf(lang, ["scenes"]);
  const { name, lead } = sceneActs[act];
  const above = [
    { to: list, label: say(words.title) },
    { to, label: one === undefined ? id : say(one.name) },
  ];
  if (one === undefined || pilot === undefined) {
    return (
      <Titled title={say(name)} above={above}>
        <Pending reading={reading} />
        {reading.value !== undefined && one === undefined && <Gone to={list} />}
      </Titled>
    );
  }
  const { two, grave } = sceneAct(act);
  return (
    <ActPage
      title={say(name)}
      lead={say(lead)}
      two={two ? "institution" : false}
      {...{ above, to, grave }}
      open={sceneActsOpen(one, pilot, who).includes(act)}
      fields={[]}
      path={`/api/scenes/${encodeURIComponent(id)}/${act}`}
      body={() => undefined}
    />
  );
}
