/**
 * A payment that was declined: which rule, whose it is, what was asked and what was left, and what to
 * do. It is no error, and no money has moved.
 */
import { formatCount, formatMoney } from "@sandbank/kernel/words";
import type { DeclineAnswer, DeclinesAnswer } from "@sandbank/tokens/contract";
import { FactList, Go, TideBar } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { minuteText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/tag.tsx";
import { Titled } from "../parts/titled.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { sceneName, useScenes } from "../held/held.ts";
import { type Rule, ruleOf } from "../held/rule.ts";
import { addressOf } from "../way.ts";
import { paymentWords as words } from "../words/payment.words.ts";
import { declineTitle } from "./entry.tsx";
import { type Gap, gapOf } from "./merged.ts";
import { PayAgain } from "./pay-again.tsx";

interface DeclinePageProps {
  readonly act: string;
  readonly query: URLSearchParams;
}

export default function DeclinePage({ act, query }: DeclinePageProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = ofHolder("/api/declines", who, query.get("before") ?? undefined);
  const reading = useAsk<DeclinesAnswer>(path, { lang });
  const decline = reading.value?.declines.find((one) => one.act === act);
  const above = [{ to: addressOf(lang, ["payments"]), label: say(words.title) }];
  if (decline === undefined) {
    const title = say(reading.value === undefined ? words.declined : words.absent);
    return (
      <Titled title={title} above={above}>
        <Pending reading={reading} />
        {reading.value !== undefined && <p>{say(words.absent_text)}</p>}
      </Titled>
    );
  }
  const gap = gapOf(decline);
  const amount = formatMoney(BigInt(decline.amount), lang);
  return (
    <Titled
      title={declineTitle(decline, lang)}
      above={above}
      beside={<Tag tone="stop">{say(words.declined)}</Tag>}
      lead={say(words.decline_lead, { merchant: decline.merchant, amount })}
    >
      {gap !== undefined && <Shortage gap={gap} />}
      <Remedy decline={decline} />
      <Particulars decline={decline} />
    </Titled>
  );
}

/** The sum that a payer would do on paper, with its bar above. */
function Shortage({ gap }: { readonly gap: Gap }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { unit, cap, used, left, asked, short } = gap;
  const figure = (value: bigint) =>
    unit === "fen" ? formatMoney(value, lang) : formatCount(value, lang);
  const rows = [
    { name: words.cap, value: figure(cap), look: "" },
    { name: words.used, value: figure(-used), look: "" },
    { name: words.left, value: figure(left), look: "sum" },
    { name: words.asked, value: figure(asked), look: "" },
    { name: words.short, value: figure(short), look: "sum short" },
  ];
  return (
    <section className="panel stack narrow" aria-labelledby="gap">
      <h2 id="gap">{say(words.gap)}</h2>
      <TideBar actual={used} cap={cap} asked={asked} />
      <table className="receipt">
        <caption className="sr">{say(words.gap)}</caption>
        <tbody>
          {rows.map(({ name, value, look }) => (
            <tr key={name.en} className={look}>
              <th scope="row">{say(name)}</th>
              <td className="num">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The rule that stood in the way first, where one is cited. */
function firstRule({ failed }: DeclineAnswer): Rule | undefined {
  const clause = failed[0]?.clause;
  return clause === undefined ? undefined : ruleOf(clause);
}

/** Codes that other hours mend; whatever else the holder's own controls refuse, his limits do. */
const OF_HOURS: ReadonlySet<string> = new Set(["token_hour_closed", "token_holiday_closed"]);

/** What can be done: in words, and as the act that does it where that is the holder's. */
function Remedy({ decline }: { readonly decline: DeclineAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { code, token, sentence, remedy } = decline;
  const hours = OF_HOURS.has(code);
  const unconfirmed = code === "token_confirmation_needed";
  const own = token !== null && !unconfirmed && firstRule(decline)?.by === "holder";
  return (
    <section className="stack" aria-labelledby="remedy">
      <h2 id="remedy">{say(words.remedy)}</h2>
      <p>
        {sentence}
        {lang === "en" && " "}
        {!unconfirmed && remedy}
      </p>
      {unconfirmed && token !== null && <PayAgain decline={decline} token={token} />}
      <p className="acts">
        {own && (
          <Go
            to={addressOf(lang, ["tokens", token, hours ? "hours" : "limits", "change"])}
            className="button primary"
          >
            {say(hours ? words.change_hours : words.change_limits)}
          </Go>
        )}
        {token !== null && (
          <Go to={addressOf(lang, ["tokens", token, "pause"])} className="go-to">
            {say(words.not_you)}
          </Go>
        )}
        <Go to={addressOf(lang, ["complaints", "new"], { act: decline.act })} className="go-to">
          {say(words.complain)}
        </Go>
      </p>
    </section>
  );
}

function Particulars({ decline }: { readonly decline: DeclineAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const scenes = useScenes().value?.scenes;
  const rule = firstRule(decline);
  const { by, ...cited } = rule ?? { by: undefined };
  return (
    <section className="panel stack" aria-labelledby="particulars">
      <h2 id="particulars">{say(words.this_payment)}</h2>
      <FactList
        wide
        facts={[
          [say(words.merchant), decline.merchant],
          [say(words.scene), sceneName(decline.scene, scenes, lang)],
          [say(words.order), <span className="mono">{decline.reference}</span>],
          [say(words.at), minuteText(decline.at)],
          [say(words.by), by !== undefined && say(words[`by_${by}`], cited)],
          [say(words.number), <span className="mono">{decline.act}</span>],
        ]}
      />
    </section>
  );
}
