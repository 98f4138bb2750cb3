/** Every scene in which tokens can pay, with what it lets through. */
import type { ScenesAnswer } from "@sandbank/tokens/contract";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { SceneTag } from "../parts/token-state.tsx";
import { useTokensPilot } from "../requestor/acts.ts";
import { TokenWays } from "../requestor/ways.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { SCENE_STATES, sceneWords as words } from "../words/scene.words.ts";
import { mayRegisterScene } from "./acts.ts";

export const EVERY_MS = 5_000;

export type Scene = ScenesAnswer["scenes"][number];

const ORDER = Object.keys(SCENE_STATES);
/** Entries of a list that stand in a row; the scene's own page has them all. */
const SHOWN = 4;

export function ScenesPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<ScenesAnswer>("/api/scenes", { lang, every_ms: EVERY_MS });
  const pilot = useTokensPilot();
  const shown = reading.value?.scenes.toSorted(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.id.localeCompare(b.id),
  );
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <TokenWays here="scenes" />
      {pilot !== undefined && mayRegisterScene(pilot, who) && (
        <p className="row">
          <Go to={addressOf(lang, ["scenes", "new"])} className="button">
            {say(words.register)}
          </Go>
        </p>
      )}
      <Pending reading={reading} lines={6} />
      {shown?.length === 0 && <p className="panel empty">{say(words.none)}</p>}
      {shown !== undefined && shown.length > 0 && <List scenes={shown} />}
    </Titled>
  );
}

function List({ scenes }: { readonly scenes: readonly Scene[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="panel flush">
      <Listed
        caption={say(words.table)}
        rows={scenes}
        keyOf={({ id }) => id}
        columns={[
          {
            head: say(words.scene),
            cell: ({ id, name, organisation }) => (
              <>
                <Go to={addressOf(lang, ["scenes", id])} className="go-to">
                  {say(name)}
                </Go>
                <p className="small">{organisation}</p>
              </>
            ),
          },
          ...(["merchants", "mccs", "channels"] as const).map((name) => ({
            head: say(words[name]),
            cell: (one: Scene) => <Entries entries={one[name]} most={SHOWN} />,
          })),
          { head: say(words.state), cell: ({ state }) => <SceneTag state={state} /> },
        ]}
      />
    </div>
  );
}

interface EntriesProps {
  readonly entries: readonly string[];
  readonly most?: number;
}

/** A list of a scene; an empty one says that it lets everything through. */
export function Entries({ entries, most = entries.length }: EntriesProps) {
  const { lang } = useSetting();
  if (entries.length === 0) return <>{sayIn(lang)(words.every)}</>;
  const more = entries.length > most ? " …" : "";
  return <>{`${entries.slice(0, most).join(lang === "zh" ? "、" : ", ")}${more}`}</>;
}
