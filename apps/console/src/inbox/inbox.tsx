/** The inbox of whoever is signed in: what asks for work, what only tells, what is read. */
import { useState } from "react";
import type { InboxAnswer } from "@sandbank/sandbox/contract";
import { drawId } from "@sandbank/ui";
import { ask, type Trouble } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { TroubleNote } from "../parts/trouble.tsx";
import { momentText } from "../pilot/figures.ts";
import { usePilotName, useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { contactWords } from "../words/contact.words.ts";
import { inboxWords as words } from "../words/incident.words.ts";

type Letter = InboxAnswer["letters"][number];

export function InboxPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { inbox } = useReadings();
  const [trouble, setTrouble] = useState<Trouble>();
  const { value } = inbox;
  const read = async (letter: Letter) => {
    const sent = { lang, csrf: who.csrf, id: drawId(), method: "POST" } as const;
    const answer = await ask(`/api/inbox/${letter.id}/read`, sent);
    setTrouble("trouble" in answer ? answer.trouble : undefined);
    inbox.again();
  };
  return (
    <Titled
      title={say(words.title)}
      lead={
        <>
          <p>{say(words.lead)}</p>
          <p>
            <Go to={addressOf(lang, ["contacts"])} className="go-to">
              {say(contactWords.title)}
            </Go>
          </p>
        </>
      }
      beside={
        value !== undefined &&
        value.unread > 0 && (
          <Tag tone="warn">{say(words.unread_n, { n: String(value.unread) })}</Tag>
        )
      }
    >
      {trouble !== undefined && <TroubleNote trouble={trouble} lang={lang} focused />}
      <Pending reading={inbox} lines={6} />
      {value?.letters.length === 0 && <p className="panel empty">{say(words.none)}</p>}
      {value !== undefined && value.letters.length > 0 && (
        <Letters letters={value.letters} mark={(letter) => void read(letter)} />
      )}
    </Titled>
  );
}

/** The page of what a letter is about: an incident, or the evaluation that a watch period follows. */
function aboutOf({ kind, about, pilot }: Letter): readonly string[] {
  return kind.startsWith("watch_") ? ["evaluations", pilot] : ["incidents", about];
}

interface LettersProps {
  readonly letters: readonly Letter[];
  mark(letter: Letter): void;
}

function Letters({ letters, mark }: LettersProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const pilotName = usePilotName();
  return (
    <div className="panel flush">
      <Listed
        caption={say(words.table)}
        rows={letters}
        keyOf={({ id }) => id}
        columns={[
          {
            head: say(words.letter),
            cell: (letter) => (
              <>
                <Go to={addressOf(lang, aboutOf(letter))} className="go-to">
                  {say(letter.title)}
                </Go>
                <p className="small">
                  {say(words[letter.kind])} · {pilotName(letter.pilot)}
                </p>
              </>
            ),
          },
          { head: say(words.came), cell: ({ at }) => <time>{momentText(at)}</time> },
          {
            head: say(words.state),
            cell: (letter) => (
              <div className="row">
                <Tag tone={letter.asks === "work" && !letter.read ? "warn" : "off"}>
                  {say(words[letter.asks])}
                </Tag>
                {letter.read ? (
                  <span className="small">{say(words.read)}</span>
                ) : (
                  <button type="button" className="plain" onClick={() => mark(letter)}>
                    {say(words.mark)}
                    <span className="sr">: {say(letter.title)}</span>
                  </button>
                )}
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}
