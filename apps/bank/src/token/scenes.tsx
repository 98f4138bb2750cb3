/**
 * The scenes of a token (P4.4): bound once, used in several places. A scene is taken off at once;
 * before one is added the person confirms that very scene.
 */
import type { SceneAnswer, ToConfirm, TokenAnswer } from "@sandbank/tokens/contract";
import { TroubleNote } from "@sandbank/ui/face/parts";
import { useState } from "react";
import { Confirm } from "../device/confirm.tsx";
import { sceneName, useScenes } from "../held/held.ts";
import { Press, useAct } from "../parts/act.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { tokenWords as words } from "../words/token.words.ts";

interface ScenesProps {
  readonly token: TokenAnswer;
  changed(): void;
}

/** Adding and taking off, and what came of it. */
function useSharing({ token, changed }: ScenesProps, nameOf: (scene: string) => string) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<object>();
  const [said, setSaid] = useState("");
  const [request, setRequest] = useState<ToConfirm & { readonly act: "share_token" }>();
  const share = async (scene: string) => {
    setSaid("");
    const path = `/api/tokens/${token.id}/scenes`;
    const came = await act.send({ path, body: { holder: who.person, scene } });
    const { id, version } = token;
    setRequest({ act: "share_token", token: id, version, scene, bounds: null });
    if (came === undefined) return;
    setSaid(say(words.shared, { scene: nameOf(scene) }));
    changed();
  };
  const unshare = async (scene: string) => {
    setSaid("");
    const path = ofHolder(`/api/tokens/${token.id}/scenes/${scene}`, who);
    if ((await act.send({ path, method: "DELETE" })) === undefined) return;
    setSaid(say(words.unshared, { scene: nameOf(scene) }));
    changed();
  };
  const asked = act.trouble?.code === "loosening_needs_step_up" ? request : undefined;
  return { act, said, asked, share, unshare };
}

/** True for a scene that the token can be shared with. */
function isMore({ id, state, requestor }: SceneAnswer, token: TokenAnswer): boolean {
  return state === "open" && requestor === "active" && !token.scenes.includes(id);
}

export function Scenes({ token, changed }: ScenesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const scenes = useScenes().value?.scenes;
  const nameOf = (scene: string) => sceneName(scene, scenes, lang);
  const { act, said, asked, share, unshare } = useSharing({ token, changed }, nameOf);
  const live = token.state !== "deleted" && token.state !== "expired";
  const more = live ? (scenes ?? []).filter((one) => isMore(one, token)) : [];
  return (
    <section className="panel stack" aria-labelledby="scenes">
      <h2 id="scenes">{say(words.scenes)}</h2>
      <p className="small">{say(words.scenes_about)}</p>
      {act.trouble !== undefined && asked === undefined && (
        <TroubleNote trouble={act.trouble} lang={lang} focused />
      )}
      {said !== "" && (
        <p className="note ok" role="status">
          {said}
        </p>
      )}
      <ul className="rows">
        {token.scenes.map((id) => (
          <li key={id} className="stack-s">
            <p>
              <b>{nameOf(id)}</b>
              <br />
              <span className="small">{scenes?.find((one) => one.id === id)?.by[lang]}</span>
            </p>
            {live && token.scenes.length > 1 && (
              <Press
                label={say(words.unshare_one, { scene: nameOf(id) })}
                look="plain"
                busy={act.busy}
                press={() => void unshare(id)}
              />
            )}
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <Confirm
          key={JSON.stringify(asked)}
          request={asked}
          why={say(words.confirm_share)}
          confirmed={() => void share(asked.scene)}
        />
      )}
      <More scenes={more} busy={act.busy} share={(scene) => void share(scene)} />
    </section>
  );
}

interface MoreProps {
  /** Scenes that the token does not serve yet. */
  readonly scenes: readonly SceneAnswer[];
  readonly busy: boolean;
  share(scene: string): void;
}

function More({ scenes, busy, share }: MoreProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (scenes.length === 0) return null;
  return (
    <p className="acts">
      {scenes.map(({ id, name }) => (
        <Press
          key={id}
          label={say(words.share_one, { scene: name[lang] })}
          look="plain"
          busy={busy}
          press={() => share(id)}
        />
      ))}
    </p>
  );
}
