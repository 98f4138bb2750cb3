/**
 * Notices to the person: what was done with his cards and tokens, by himself and by others, and what
 * the pilot announced to everybody. What others did is marked, since that is what he did not know.
 */
import { formatMoney, type Text } from "@sandbank/kernel/words";
import type { Notice } from "@sandbank/sandbox/contract";
import type { HolderAct } from "@sandbank/tokens/contract";
import { Go } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { minuteText } from "../parts/moment.ts";
import { Lines } from "../parts/lines.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/tag.tsx";
import { Titled } from "../parts/titled.tsx";
import { ofHolder, PILOT, sayIn, useSetting } from "../setting.ts";
import { tailOf, useTokens } from "../held/held.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { ACT_WORDS, noticeWords as words } from "../words/notice.words.ts";

const PUBLIC_SHOWN = 5;

interface Acts {
  readonly acts: readonly HolderAct[];
  readonly next: string | null;
}

export default function NoticesPage({ query }: { readonly query: URLSearchParams }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const before = query.get("before") ?? undefined;
  const reading = useAsk<Acts>(ofHolder("/api/acts", who, before), { lang });
  const acts = reading.value?.acts ?? [];
  const next = reading.value?.next ?? null;
  return (
    <Titled title={say(words.title)} lead={say(words.lead)}>
      <section className="stack" aria-labelledby="mine">
        <h2 id="mine">{say(words.mine)}</h2>
        <Pending reading={reading} />
        {reading.value !== undefined && acts.length === 0 && (
          <p className="panel empty">{say(words.none)}</p>
        )}
        {acts.length > 0 && <ActList acts={acts} />}
        <p className="row">
          {before !== undefined && (
            <Go to={addressOf(lang, ["notices"])} className="go-to">
              {say(frameWords.newest)}
            </Go>
          )}
          {next !== null && (
            <Go to={addressOf(lang, ["notices"], { before: next })} className="go-to">
              {say(frameWords.earlier)}
            </Go>
          )}
        </p>
      </section>
      {before === undefined && <Announced />}
    </Titled>
  );
}

/** What only the bank does. */
const OF_BANK: ReadonlySet<HolderAct["kind"]> = new Set([
  ...(["card_funded", "card_lost", "card_replaced", "card_closed"] as const),
  "bounds_changed",
]);

/** Who pauses and resumes for a cause. */
const BY_CAUSE: Readonly<Record<string, Text>> = {
  issuer: words.by_bank,
  risk: words.by_bank,
  requestor: words.by_merchant,
  sandbox: words.by_supervisor,
};

/** Who did it, of what the reader did not do himself. */
function whoseText({ cause, kind }: HolderAct): Text {
  return OF_BANK.has(kind) ? words.by_bank : (BY_CAUSE[cause ?? ""] ?? words.by_other);
}

function ActList({ acts }: { readonly acts: readonly HolderAct[] }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const tokens = useTokens().value?.tokens ?? [];
  const lineOf = (one: HolderAct) => {
    const token = tokens.find(({ id }) => id === one.token);
    const amount = one.amount === null ? "" : formatMoney(BigInt(one.amount), lang);
    return {
      id: one.act,
      to: one.token === null ? undefined : addressOf(lang, ["tokens", one.token]),
      what: (
        <>
          <b>{say(ACT_WORDS[one.kind], { amount })}</b>
          <br />
          <span className="small meta">
            <span>{minuteText(one.at)}</span>
            {token !== undefined && <span>{say(words.token, { tail: tailOf(token) })}</span>}
          </span>
        </>
      ),
      figure: one.own ? (
        <span className="small">{say(words.by_you)}</span>
      ) : (
        <Tag tone="warn">{say(whoseText(one))}</Tag>
      ),
    };
  };
  return (
    <section className="panel flush">
      <Lines label={say(words.mine)} lines={acts.map(lineOf)} />
    </section>
  );
}

/** What the pilot announced lately, with the way to all of it on the public site. */
function Announced() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<{ notices: Notice[] }>(`/api/pilots/${PILOT}/notices`, { lang });
  const notices = reading.value?.notices.toSorted((a, b) => (a.at < b.at ? 1 : -1)) ?? [];
  return (
    <section className="stack" aria-labelledby="public">
      <h2 id="public">{say(words.public)}</h2>
      <Pending reading={reading} />
      {reading.value !== undefined && notices.length === 0 && <p>{say(words.none_public)}</p>}
      {notices.length > 0 && (
        <ol className="line">
          {notices.slice(0, PUBLIC_SHOWN).map(({ id, at, text }) => (
            <li key={id}>
              <span className="small">{minuteText(at)}</span>
              <p>{text[lang]}</p>
            </li>
          ))}
        </ol>
      )}
      <p>
        <a className="go-to" href={`/${lang}/notices`}>
          {say(words.all_public)}
        </a>
      </p>
    </section>
  );
}
