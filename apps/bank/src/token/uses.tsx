/** The limits of a token: for each its cap, what is used and left as a bar, and when it starts again. */
import { formatCount, formatMoney, type Lang } from "@sandbank/kernel/words";
import type { Controls, TokenAnswer, TokenUse, TokenUses } from "@sandbank/tokens/contract";
import { sayCounted } from "@sandbank/ui";
import { Go, TideBar } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { limitWords as words } from "../words/limit.words.ts";

const EVERY_MS = 15_000;

/** What each window is called, and when it starts again. */
const RULES = {
  token_day_amount: { name: words.day_amount, resets: words.resets_day },
  token_day_count: { name: words.day_count, resets: words.resets_day },
  token_month_amount: { name: words.month_amount, resets: words.resets_month },
} as const;

export function Uses({ token }: { readonly token: TokenAnswer }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = ofHolder(`/api/tokens/${token.id}/uses`, who);
  const reading = useAsk<TokenUses>(path, { lang, every_ms: EVERY_MS });
  const { paymentAmount } = token.controls;
  const days = daysText(token.controls, lang);
  const uses = reading.value?.uses ?? [];
  const none = uses.length === 0 && paymentAmount === undefined && days === undefined;
  return (
    <section className="panel stack" aria-labelledby="limits">
      <div className="row apart">
        <h2 id="limits">{say(words.title)}</h2>
        {token.state !== "deleted" && (
          <Go to={addressOf(lang, ["tokens", token.id, "limits", "change"])} className="go-to">
            {say(words.change)}
          </Go>
        )}
      </div>
      <Pending reading={reading} />
      {reading.value !== undefined && none && <p>{say(words.none)}</p>}
      {paymentAmount !== undefined && (
        <p className="row apart">
          <b>{say(words.each)}</b>
          <span className="quiet">
            {say(words.cap, { cap: formatMoney(BigInt(paymentAmount), lang) })}
          </span>
        </p>
      )}
      {uses.map((use) => (
        <Use key={use.rule} use={use} />
      ))}
      {days !== undefined && (
        <p className="row apart">
          <b>{say(words.days)}</b>
          <span className="quiet">{days}</span>
        </p>
      )}
    </section>
  );
}

/** The days in which a token may pay, in words; undefined where it is bound to none. */
function daysText({ firstDay, lastDay }: Controls, lang: Lang): string | undefined {
  const say = sayIn(lang);
  if (firstDay !== undefined && lastDay !== undefined) {
    return say(words.from_until, { from: firstDay, to: lastDay });
  }
  if (firstDay !== undefined) return say(words.from_day, { day: firstDay });
  return lastDay === undefined ? undefined : say(words.until_day, { day: lastDay });
}

function figure(value: string, unit: TokenUse["unit"], lang: Lang): string {
  const n = BigInt(value);
  if (unit === "fen") return formatMoney(n, lang);
  return sayCounted(words.payments, lang, { n, figure: formatCount(n, lang) });
}

function Use({ use }: { readonly use: TokenUse }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { rule, unit, cap, used, left } = use;
  const said = Object.hasOwn(RULES, rule) ? RULES[rule as keyof typeof RULES] : undefined;
  return (
    <div className="stack-s">
      <p className="row apart">
        <b>{said === undefined ? rule : say(said.name)}</b>
        <span className="quiet">{say(words.cap, { cap: figure(cap, unit, lang) })}</span>
      </p>
      <TideBar actual={BigInt(used)} cap={BigInt(cap)} thin />
      <p className="row apart">
        <span className="small">{say(words.used, { used: figure(used, unit, lang) })}</span>
        <span>
          {say(words.left)} <b>{figure(left, unit, lang)}</b>
        </span>
      </p>
      {said !== undefined && <p className="small">{say(said.resets)}</p>}
    </div>
  );
}
