/** The devices of whoever is signed in: which there are, one more, and one less. */
import { TroubleNote } from "@sandbank/ui/face/parts";
import { useState } from "react";
import { useAsk } from "../ask.ts";
import { Press, useAct } from "../parts/act.tsx";
import { minuteText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { deviceWords as words } from "../words/device.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { enrolAnother } from "./ceremony.ts";
import { Confirm } from "./confirm.tsx";
import { DeviceForm } from "./device-form.tsx";

interface Device {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly last_used: string | null;
}

export default function DevicesPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const known = useAsk<{ passkeys: Device[] }>("/api/session/passkeys", { lang });
  const [said, setSaid] = useState("");
  const tell = (text: string) => {
    setSaid(text);
    known.again();
  };
  const above = [{ to: addressOf(lang, ["me"]), label: say(frameWords.me) }];
  const devices = known.value?.passkeys;
  return (
    <Titled title={say(words.title)} above={above} lead={say(words.lead)}>
      <div className="stack">
        {said !== "" && (
          <p className="note ok" role="status">
            {said}
          </p>
        )}
        <Pending reading={known} />
        {devices?.length === 0 && <p>{say(words.none)}</p>}
        {devices !== undefined && devices.length > 0 && (
          <ul className="rows panel" aria-label={say(words.title)}>
            {devices.map((device) => (
              <One
                key={device.id}
                device={device}
                revoked={() => tell(say(words.revoked, { name: device.name }))}
              />
            ))}
          </ul>
        )}
      </div>
      <Another registered={(name) => tell(say(words.registered, { name }))} />
    </Titled>
  );
}

/** Registers this device; who has not lately confirmed is asked to by one that is there. */
function Another({ registered }: { registered(name: string): void }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [stale, setStale] = useState(false);
  const [round, setRound] = useState(0);
  if (stale) {
    const confirmed = () => {
      setStale(false);
      setRound((before) => before + 1);
    };
    return <Confirm why={say(words.confirm_device)} confirmed={confirmed} />;
  }
  return (
    <section className="panel stack" aria-labelledby="another">
      <h2 id="another">{say(words.register)}</h2>
      <DeviceForm
        key={round}
        lang={lang}
        register={(name) => enrolAnother(lang, { name, csrf: who.csrf })}
        registered={registered}
        refused={({ code }) => setStale(code === "step_up_needed")}
      />
    </section>
  );
}

function One({ device, revoked }: { readonly device: Device; revoked(): void }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const act = useAct<object>();
  const [asking, setAsking] = useState(false);
  const { id, name, created, last_used } = device;
  const used =
    last_used === null ? say(words.never_used) : say(words.used_at, { at: minuteText(last_used) });
  const revoke = async () => {
    const path = `/api/session/passkeys/${encodeURIComponent(id)}`;
    if (await act.send({ path, method: "DELETE" })) revoked();
  };
  return (
    <li className="stack">
      <p>
        <b>{name}</b>{" "}
        <span className="small meta">
          <span>{say(words.registered_at, { at: minuteText(created) })}</span>
          <span>{used}</span>
        </span>
      </p>
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      {asking ? (
        <>
          <p>{say(words.revoke_sure)}</p>
          <p className="acts">
            <Press
              label={say(words.revoke_yes)}
              look="stop"
              busy={act.busy}
              press={() => void revoke()}
            />
            <button type="button" className="button" onClick={() => setAsking(false)}>
              {say(words.keep)}
            </button>
          </p>
        </>
      ) : (
        <p className="acts">
          <button type="button" className="button" onClick={() => setAsking(true)}>
            {say(words.revoke, { name })}
          </button>
        </p>
      )}
    </li>
  );
}
