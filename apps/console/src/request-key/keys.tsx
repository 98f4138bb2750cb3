/** The keys with which programs of the reader's institution sign requests: the list, one more, one less. */
import { useState } from "react";
import type { RequestKeysAnswer } from "@sandbank/sandbox/contract";
import type { Tone } from "@sandbank/ui";
import { FactList } from "@sandbank/ui/face/parts";
import { Person } from "../approval/person.tsx";
import { useAsk } from "../ask.ts";
import { AskedTwice } from "../parts/asked-twice.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, type Saying, useSetting } from "../setting.ts";
import { useKeyAct } from "../signing/keys.tsx";
import { addressOf } from "../way.ts";
import { requestKeyWords as words } from "../words/request-key.words.ts";
import { signingWords } from "../words/step.words.ts";
import { EnrolRequestKey } from "./enrol.tsx";

type Key = RequestKeysAnswer["keys"][number];

const TONES: Readonly<Record<Key["state"], Tone>> = {
  in_use: "ok",
  soon: "warn",
  expired: "off",
  ended: "off",
};

export function RequestKeysPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<RequestKeysAnswer>("/api/request-keys", { lang });
  const { trouble, act } = useKeyAct(reading.again);
  const [said, setSaid] = useState(false);
  const { value } = reading;
  const signs = who.roles.includes("institution_approver");
  const above = [{ to: addressOf(lang, ["signing-keys"]), label: say(signingWords.title) }];
  const end = async (id: string) => setSaid(await act(`/api/request-keys/${id}/end`));
  return (
    <Titled title={say(words.title)} above={above} lead={<p>{say(words.lead)}</p>}>
      <p className="note ok" role="status" hidden={!said}>
        {said && say(words.ended_said)}
      </p>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <Pending reading={reading} />
      {value?.keys.length === 0 && <p className="panel empty">{say(words.none)}</p>}
      {value !== undefined && value.keys.length > 0 && (
        <ul className="rows panel" aria-label={say(words.table)}>
          {value.keys.map((key) => (
            <One key={key.id} known={key} {...(signs ? { end } : {})} />
          ))}
        </ul>
      )}
      {value !== undefined && !signs && <p className="small">{say(words.by_approver)}</p>}
      {value !== undefined && signs && (
        <EnrolRequestKey
          organisation={value.organisation}
          enrol={(body) => {
            setSaid(false);
            return act("/api/request-keys", body);
          }}
        />
      )}
    </Titled>
  );
}

interface OneProps {
  readonly known: Key;
  end?(id: string): Promise<void>;
}

function One({ known, end }: OneProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { id, name, state, enrolledBy, at, expires } = known;
  const isOver = state === "ended" || state === "expired";
  return (
    <li className="stack">
      <div className="row apart">
        <b>{name}</b>
        <Tag tone={TONES[state]}>{say(words[state])}</Tag>
      </div>
      <FactList
        facts={[
          [say(words.fingerprint), <code key="id">{grouped(id)}</code>],
          [say(words.enrolled_by), <Person key="by" id={enrolledBy} />],
          [say(words.enrolled_at), momentText(at)],
          [say(words.expires), momentText(expires)],
          [say(words.ended), known.endedAt && momentText(known.endedAt)],
        ]}
      />
      {end !== undefined && !isOver && (
        <AskedTwice
          name={`${name} ${id.slice(0, 8)}`}
          says={ending(say)}
          act={() => void end(id)}
        />
      )}
    </li>
  );
}

/** Ending is for good, so it is asked for twice. */
function ending(say: Saying) {
  return {
    ...{ ask: say(words.end), keep: say(words.keep) },
    ...{ sure: say(words.end_sure), yes: say(words.end_yes) },
  };
}

/** A fingerprint in groups of eight, as people compare them. */
function grouped(id: string): string {
  return id.replaceAll(/(.{8})(?=.)/g, "$1 ");
}
