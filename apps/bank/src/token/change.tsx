/**
 * Sends changed controls of a token. Where the change loosens and nobody confirmed lately, the server
 * refuses; then the person confirms, and the same change is sent again.
 */
import type { Controls, ToConfirm, TokenAnswer } from "@sandbank/tokens/contract";
import { Go, TroubleNote } from "@sandbank/ui/face/parts";
import { type ReactNode, useState } from "react";
import { Confirm } from "../device/confirm.tsx";
import { Press, useAct } from "../parts/act.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { deviceWords } from "../words/device.words.ts";
import { frameWords } from "../words/frame.words.ts";

interface ChangeProps {
  readonly token: TokenAnswer;
  /** The button: what is saved. */
  readonly label: string;
  /** What the token's page says afterwards. */
  readonly said: "limits" | "hours";
  readonly children: ReactNode;
  /** The controls to send; undefined where something is still to be mended. */
  controls(): Controls | undefined;
}

export function Change({ token, label, said, children, controls }: ChangeProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<object>();
  /** What is to be confirmed, once the server has said that it has to be. */
  const [request, setRequest] = useState<ToConfirm>();
  const own = addressOf(lang, ["tokens", token.id]);
  const save = async () => {
    const next = controls();
    if (next === undefined) return;
    const body = { holder: who.person, controls: next, version: token.version };
    const path = `/api/tokens/${token.id}/controls`;
    const came = await act.send({ path, method: "PUT", body });
    const { id, version } = token;
    setRequest({ act: "change_controls", token: id, version, controls: next });
    if (came !== undefined) go(addressOf(lang, ["tokens", token.id], { said }));
  };
  const loosens = act.trouble?.code === "loosening_needs_step_up";
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {act.trouble !== undefined && !loosens && (
        <TroubleNote trouble={act.trouble} lang={lang} focused />
      )}
      {children}
      {loosens && request !== undefined && (
        <Confirm
          key={JSON.stringify(request)}
          request={request}
          why={say(deviceWords.confirm_loosening)}
          confirmed={() => void save()}
        />
      )}
      <p className="acts">
        <Press label={label} look={loosens ? "plain" : "primary"} busy={act.busy} />
        <Go to={own} className="go-to">
          {say(frameWords.cancel)}
        </Go>
      </p>
    </form>
  );
}
