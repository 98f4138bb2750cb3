/** The keys with which the reader's institution signs: the list, enrolling one, ending one. */
import { useEffect, useState } from "react";
import type { OutcomeAnswer } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { mayTake } from "../offices.ts";
import { Person } from "../approval/person.tsx";
import { ask, type Trouble, useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { applicationWords } from "../words/application.words.ts";
import { requestKeyWords } from "../words/request-key.words.ts";
import { signingWords as words } from "../words/step.words.ts";
import { enrolmentText, makeKey, readKey, type SigningKey } from "./key.ts";

export interface KeysAnswer {
  readonly organisation: string;
  readonly keys: readonly {
    readonly id: string;
    readonly enrolledBy: string;
    readonly at: string;
    readonly endedAt: string | null;
  }[];
}

/** Sends an act about a key; what came of it is a trouble or nothing. */
export function useKeyAct(again: () => void) {
  const { lang, who } = useSetting();
  const [trouble, setTrouble] = useState<Trouble>();
  const act = async (path: string, body?: object): Promise<boolean> => {
    const sent = { lang, csrf: who.csrf, id: drawId(), method: "POST" } as const;
    const answer = await ask<OutcomeAnswer>(path, body === undefined ? sent : { ...sent, body });
    setTrouble("trouble" in answer ? answer.trouble : undefined);
    again();
    return "good" in answer;
  };
  return { trouble, act };
}

export function SigningKeysPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<KeysAnswer>("/api/signing-keys", { lang });
  const { trouble, act } = useKeyAct(reading.again);
  const { value } = reading;
  const signs = mayTake(who, "enrol_signing_key");
  const above = [{ to: addressOf(lang, ["applications"]), label: say(applicationWords.title) }];
  return (
    <Titled title={say(words.title)} above={above} lead={<p>{say(words.lead)}</p>}>
      <p>
        <Go to={addressOf(lang, ["request-keys"])} className="go-to">
          {say(requestKeyWords.title)}
        </Go>
      </p>
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <Pending reading={reading} />
      {value !== undefined && value.keys.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {value !== undefined && value.keys.length > 0 && (
        <List
          keys={value.keys}
          {...(signs ? { end: (id: string) => void act(`/api/signing-keys/${id}/end`) } : {})}
        />
      )}
      {value !== undefined && signs && (
        <Enrol organisation={value.organisation} enrol={(body) => act("/api/signing-keys", body)} />
      )}
    </Titled>
  );
}

interface ListProps {
  readonly keys: KeysAnswer["keys"];
  end?(id: string): void;
}

function List({ keys, end }: ListProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="panel flush">
      <Listed
        caption={say(words.table)}
        rows={keys}
        keyOf={({ id }) => id}
        columns={[
          { head: say(words.key), cell: ({ id }) => <code>{id.slice(0, 16)}…</code> },
          { head: say(words.enrolled_by), cell: ({ enrolledBy }) => <Person id={enrolledBy} /> },
          { head: say(words.enrolled_at), cell: ({ at }) => <time>{momentText(at)}</time> },
          {
            head: say(words.state),
            cell: ({ endedAt }) => (
              <Tag tone={endedAt === null ? "ok" : "off"}>
                {say(endedAt === null ? words.in_use : words.ended)}
              </Tag>
            ),
          },
          {
            ...{ head: say(words.end), silent: true },
            cell: ({ id, endedAt }) =>
              end !== undefined &&
              endedAt === null && (
                <button type="button" className="button" onClick={() => end(id)}>
                  {say(words.end)}
                  <span className="sr"> {id.slice(0, 16)}</span>
                </button>
              ),
          },
        ]}
      />
    </div>
  );
}

interface EnrolProps {
  readonly organisation: string;
  enrol(body: object): Promise<boolean>;
}

function Enrol({ organisation, enrol }: EnrolProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [fault, setFault] = useState<string>();
  const [said, setSaid] = useState<{ readonly done: boolean; readonly pem?: string }>();
  const send = async (key: SigningKey, pem?: string) => {
    const { publicKey } = key;
    const proof = await key.sign(enrolmentText(organisation, publicKey));
    const done = await enrol({ publicKey, proof });
    setSaid(pem === undefined ? { done } : { done, pem });
  };
  const read = async (file: File | undefined) => {
    const key = file && (await readKey(await file.text()));
    setFault(key === undefined ? say(words.not_a_key) : undefined);
    if (key !== undefined) await send(key);
  };
  const make = async () => {
    const { key, pem } = await makeKey();
    await send(key, pem);
  };
  return (
    <section className="panel stack" aria-labelledby="enrol">
      <h2 id="enrol">{say(words.enrol)}</h2>
      <p className="quiet">{say(words.enrol_lead)}</p>
      <div className="choices narrow">
        <label htmlFor="enrol-file">{say(words.file)}</label>
        {fault !== undefined && (
          <p className="error" role="alert">
            {fault}
          </p>
        )}
        <input
          id="enrol-file"
          type="file"
          accept=".pem"
          className="file"
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </div>
      <p>
        <button type="button" className="button" onClick={() => void make()}>
          {say(words.make)}
        </button>
      </p>
      {said?.done === true && <Made pem={said.pem} file="sandbank-signing-key.pem" />}
    </section>
  );
}

interface MadeProps {
  readonly pem: string | undefined;
  /** What its holder's file is called. */
  readonly file: string;
}

/** What came of it; a key that was made here is offered once, for its holder to keep. */
export function Made({ pem, file }: MadeProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (pem === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([pem], { type: "application/x-pem-file" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [pem]);
  return (
    <div className={pem === undefined ? "note ok" : "note warn stack"} role="status">
      <p>{say(pem === undefined ? words.enrolled : words.made)}</p>
      {url !== undefined && (
        <p>
          <a className="button primary" href={url} download={file}>
            {say(words.save)}
          </a>
        </p>
      )}
    </div>
  );
}
