/**
 * One token: its face, its limits with what is used and left, its hours, scenes, latest payments, and
 * the way to pause it. In the usual view all of it stands on one page; in the elder view the page is
 * a list of ways, and each part has a page of its own.
 */
import type { TokenAnswer } from "@sandbank/tokens/contract";
import { Go } from "@sandbank/ui/face/parts";
import { useState } from "react";
import { Lines } from "../parts/lines.tsx";
import { lastMonthText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/tag.tsx";
import { Titled } from "../parts/titled.tsx";
import { LatestPayments } from "../payment/latest.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { useView } from "../view.ts";
import { addressOf, readPlace, useAddress } from "../way.ts";
import { hourWords } from "../words/hour.words.ts";
import { limitWords } from "../words/limit.words.ts";
import { issueWords, tokenWords as words } from "../words/token.words.ts";
import { standingOf, tailOf, tokenName, useScenes, useTokens } from "../held/held.ts";
import { Life } from "./life.tsx";
import { Scenes } from "./scenes.tsx";
import { TOKEN_PARTS, type TokenPart } from "./part.ts";
import { Uses } from "./uses.tsx";
import { WeekTable } from "./week-table.tsx";

/** What a page that changed the token says when it comes back here. */
const SAID = {
  made: issueWords.made,
  limits: limitWords.changed,
  hours: hourWords.changed,
} as const;

interface TokenPageProps {
  readonly id: string;
  readonly part?: TokenPart;
}

export function TokenPage({ id, part }: TokenPageProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const elder = useView() === "elder";
  const tokens = useTokens();
  const scenes = useScenes().value?.scenes;
  const said = readPlace(useAddress()).query.get("said");
  const token = tokens.value?.tokens.find((one) => one.id === id);
  const above = [{ to: addressOf(lang, []), label: say(words.mine) }];
  if (token === undefined) {
    const title = say(tokens.value === undefined ? words.mine : words.absent);
    return (
      <Titled title={title} above={tokens.value === undefined ? [] : above}>
        <Pending reading={tokens} />
        {tokens.value !== undefined && <p>{say(words.absent_text)}</p>}
      </Titled>
    );
  }
  const name = tokenName(token, scenes, lang);
  const { word, tone } = standingOf(token, say);
  const own = { to: addressOf(lang, ["tokens", id]), label: name };
  const shown = part === undefined ? (elder ? [] : TOKEN_PARTS) : [part];
  return (
    <Titled
      title={part === undefined ? name : say(PART_WORDS[part])}
      above={part === undefined ? above : [...above, own]}
      beside={<Tag tone={tone}>{word}</Tag>}
    >
      <div className="stack">
        {said !== null && Object.hasOwn(SAID, said) && (
          <p className="note ok" role="status">
            {say(SAID[said as keyof typeof SAID])}
          </p>
        )}
        {part === undefined && <Face token={token} />}
        {part === undefined && elder && <Ways id={id} />}
        <div className={shown.length > 1 ? "duo" : "stack"}>
          {shown.map((one) => (
            <Part key={one} part={one} token={token} changed={tokens.again} />
          ))}
        </div>
      </div>
    </Titled>
  );
}

const PART_WORDS = {
  limits: limitWords.title,
  hours: hourWords.title,
  scenes: words.scenes,
  payments: words.payments,
  pause: words.pause,
} as const satisfies Record<TokenPart, object>;

/** The face of a token: which card it pays from, until when, and its number when asked for. */
function Face({ token }: { readonly token: TokenAnswer }) {
  const say = sayIn(useSetting().lang);
  const [open, setOpen] = useState(false);
  const number = token.number.replaceAll(/(.{4})(?=.)/g, "$1 ");
  return (
    <section className="panel stack-s" aria-label={say(words.number)}>
      <p className="meta">
        <span>{say(words.tail, { tail: tailOf(token) })}</span>
        <span>{say(words.of_card, { tail: token.last4 })}</span>
        <span>{say(words.until, { month: lastMonthText(token.expires) })}</span>
      </p>
      {open && (
        <>
          <p className="mono big-number">{number}</p>
          <p className="small">{say(words.number_about)}</p>
        </>
      )}
      <p>
        <button type="button" className="button" onClick={() => setOpen(!open)}>
          {say(open ? words.hide_number : words.show_number)}
        </button>
      </p>
    </section>
  );
}

/** The parts of a token as ways, for who sees one thing at a time. */
function Ways({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="panel flush">
      <Lines
        label={say(words.parts)}
        lines={TOKEN_PARTS.map((part) => ({
          id: part,
          to: addressOf(lang, ["tokens", id, part]),
          what: <b>{say(PART_WORDS[part])}</b>,
        }))}
      />
    </section>
  );
}

interface PartProps {
  readonly part: TokenPart;
  readonly token: TokenAnswer;
  changed(): void;
}

function Part({ part, token, changed }: PartProps) {
  switch (part) {
    case "limits":
      return <Uses token={token} />;
    case "hours":
      return <Hours token={token} />;
    case "scenes":
      return <Scenes token={token} changed={changed} />;
    case "payments":
      return <LatestPayments token={token.id} />;
    case "pause":
      return <Life token={token} changed={changed} />;
  }
}

function Hours({ token }: { readonly token: TokenAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { hours } = token.controls;
  const byBank = token.bounds.hours;
  return (
    <section className="panel stack" aria-labelledby="hours">
      <div className="row apart">
        <h2 id="hours">{say(hourWords.title)}</h2>
        {token.state !== "deleted" && (
          <Go to={addressOf(lang, ["tokens", token.id, "hours", "change"])} className="go-to">
            {say(hourWords.change)}
          </Go>
        )}
      </div>
      {hours === undefined ? <p>{say(hourWords.always)}</p> : <WeekTable week={hours} />}
      {byBank !== undefined && (
        <>
          <p>{say(hourWords.by_bank)}</p>
          <WeekTable week={byBank} />
        </>
      )}
    </section>
  );
}
