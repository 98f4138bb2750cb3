/** The registry of token requestors: those that wait to be admitted first. */
import type { RequestorsAnswer } from "@sandbank/tokens/contract";
import { useAsk } from "../ask.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { RequestorTag } from "../parts/token-state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { REQUESTOR_STATES, requestorWords as words } from "../words/requestor.words.ts";
import { mayRegister, useTokensPilot } from "./acts.ts";
import { TokenWays } from "./ways.tsx";

export const EVERY_MS = 5_000;

const ORDER = Object.keys(REQUESTOR_STATES);

export function RequestorsPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<RequestorsAnswer>("/api/requestors", { lang, every_ms: EVERY_MS });
  const pilot = useTokensPilot();
  const shown = reading.value?.requestors.toSorted(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.trid.localeCompare(b.trid),
  );
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <TokenWays here="requestors" />
      {pilot !== undefined && mayRegister(pilot, who) && (
        <p className="row">
          <Go to={addressOf(lang, ["requestors", "new"])} className="button">
            {say(words.register)}
          </Go>
        </p>
      )}
      <Pending reading={reading} lines={6} />
      {shown?.length === 0 && <p className="panel empty">{say(words.none)}</p>}
      {shown !== undefined && shown.length > 0 && <List requestors={shown} />}
    </Titled>
  );
}

function List({ requestors }: RequestorsAnswer) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="panel flush">
      <Listed
        caption={say(words.table)}
        rows={requestors}
        keyOf={({ trid }) => trid}
        columns={[
          {
            head: say(words.requestor),
            cell: ({ trid, name, organisation }) => (
              <>
                <Go to={addressOf(lang, ["requestors", trid])} className="go-to">
                  {say(name)}
                </Go>
                <p className="small">{organisation}</p>
              </>
            ),
          },
          { head: say(words.trid), cell: ({ trid }) => <code>{trid}</code> },
          { head: say(words.state), cell: ({ state }) => <RequestorTag state={state} /> },
          { head: say(words.registered_at), cell: ({ at }) => <time>{momentText(at)}</time> },
        ]}
      />
    </div>
  );
}
