/**
 * What the pilot is and what the person may expect of it: the published user statement, as it was
 * published, with its version and hash. Nothing of it is written here.
 */
import { formatCount, formatMoney, type Lang, type Text } from "@sandbank/kernel/words";
import type { StatementBody } from "@sandbank/sandbox/contract";
import { FactList, Go } from "@sandbank/ui/face/parts";
import type { ReactNode } from "react";
import { useAsk } from "../ask.ts";
import { dayText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { PILOT, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { frameWords } from "../words/frame.words.ts";
import { rightWords as words } from "../words/right.words.ts";

interface Version {
  readonly version: number;
  readonly hash: string;
  readonly at: string;
  readonly statement: StatementBody;
}

export default function RightsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${PILOT}/statements`;
  const reading = useAsk<{ versions: Version[] }>(path, { lang });
  const [latest, ...earlier] = reading.value?.versions ?? [];
  const above = [{ to: addressOf(lang, ["me"]), label: say(frameWords.me) }];
  if (latest === undefined) {
    return (
      <Titled title={say(words.title)} above={above}>
        <Pending reading={reading} />
        {reading.value !== undefined && <p className="panel empty">{say(words.none)}</p>}
      </Titled>
    );
  }
  const { version, at } = latest;
  return (
    <Titled
      title={say(words.title)}
      above={above}
      lead={say(words.lead, { version: String(version), at: dayText(at) })}
    >
      <Statement version={latest} />
      <section className="panel stack" aria-labelledby="leave">
        <h2 id="leave">{say(words.leave)}</h2>
        <p>{say(words.leave_text)}</p>
        <p>
          <Go to={addressOf(lang, ["leaving"])} className="go-to">
            {say(words.leave_way)}
          </Go>
        </p>
      </section>
      {earlier.length > 0 && (
        <section className="stack" aria-labelledby="earlier">
          <h2 id="earlier">{say(words.earlier)}</h2>
          <ul className="rows">
            {earlier.map((one) => (
              <li key={one.version}>
                {say(words.version, { version: String(one.version), at: dayText(one.at) })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Titled>
  );
}

function Statement({ version: { statement, hash } }: { readonly version: Version }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { period } = statement;
  const span = { from: dayText(period.from), to: dayText(period.to), days: String(period.days) };
  return (
    <>
      <Part title={say(words.what)}>
        <FactList
          wide
          facts={[
            [say(words.test), statement.test[lang]],
            [say(words.period), say(words.span, span)],
            [say(words.who), <Texts texts={statement.operators.map(({ name }) => name)} />],
            [say(words.functions), <Texts texts={statement.functions} />],
            [say(words.data), <Texts texts={statement.technology} />],
            [say(words.hash), <span className="mono">{hash}</span>],
          ]}
        />
      </Part>
      <Part title={say(words.rights)}>
        <Texts texts={statement.rights} />
      </Part>
      <Part title={say(words.limits)}>
        <FactList
          wide
          facts={statement.limits.map((limit) => [limit.label[lang], capText(limit, lang)])}
        />
      </Part>
      <Part title={say(words.compensation)}>
        <p>{statement.compensation[lang]}</p>
      </Part>
      <Part title={say(words.risks)}>
        <p>{statement.risks[lang]}</p>
      </Part>
      <Part title={say(words.exit)}>
        <p>{statement.exit[lang]}</p>
      </Part>
      <Part title={say(words.channels)}>
        <Texts texts={statement.channels} />
        <p>
          <Go to={addressOf(lang, ["complaints", "new"])} className="go-to">
            {say(words.complain)}
          </Go>
        </p>
      </Part>
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="panel stack" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Texts({ texts }: { readonly texts: readonly Text[] }) {
  const { lang } = useSetting();
  return (
    <ul className="bullets">
      {texts.map((text) => (
        <li key={text.en}>{text[lang]}</li>
      ))}
    </ul>
  );
}

/** A cap with what it is counted over: "每天¥20,000.00". */
function capText({ cap, unit, window }: StatementBody["limits"][number], lang: Lang): string {
  const figure = unit === "fen" ? formatMoney(BigInt(cap), lang) : formatCount(BigInt(cap), lang);
  const over = sayIn(lang)(words[`window_${window}`]);
  return lang === "zh" ? `${over}${figure}` : `${over}: ${figure}`;
}
