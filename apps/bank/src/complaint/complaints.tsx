/** The complaints of the person: each with its state and when it is answered at the latest. */
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_STATE_WORDS,
  type OwnComplaint,
} from "@sandbank/sandbox/contract";
import { Go } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Lines } from "../parts/lines.tsx";
import { dayText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/tag.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { complaintWords as words } from "../words/complaint.words.ts";
import { frameWords } from "../words/frame.words.ts";
import { toneOf } from "./standing.ts";

export default function ComplaintsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<{ complaints: OwnComplaint[] }>("/api/complaints/own", { lang });
  const all = reading.value?.complaints;
  const above = [{ to: addressOf(lang, ["me"]), label: say(frameWords.me) }];
  return (
    <Titled title={say(words.title)} above={above} lead={say(words.lead)}>
      <div className="stack">
        <Pending reading={reading} />
        {all?.length === 0 && <p className="panel empty">{say(words.none)}</p>}
        {all !== undefined && all.length > 0 && (
          <section className="panel flush">
            <Lines
              label={say(words.title)}
              lines={all.map((one) => ({
                id: one.id,
                to: addressOf(lang, ["complaints", one.id]),
                what: (
                  <>
                    <b>{say(COMPLAINT_CATEGORIES[one.category])}</b>
                    <br />
                    <span className="small meta">
                      <span>{one.number}</span>
                      <span>{dayText(one.receivedAt)}</span>
                    </span>
                  </>
                ),
                figure: <Tag tone={toneOf(one)}>{say(COMPLAINT_STATE_WORDS[one.state])}</Tag>,
              }))}
            />
          </section>
        )}
        <p className="acts">
          <Go to={addressOf(lang, ["complaints", "new"])} className="button primary">
            {say(words.new)}
          </Go>
        </p>
      </div>
    </Titled>
  );
}
