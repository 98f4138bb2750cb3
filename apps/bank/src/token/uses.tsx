/** The limits of a token: for each its cap, what is used and left as a bar, and when it starts again. */
import { formatCount, formatMoney, type Lang } from "@sandbank/kernel/words";
import type { Controls, TokenAnswer, WindowAnswer } from "@sandbank/tokens/contract";
import { sayCounted } from "@sandbank/ui";
import { Go, TideBar } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { sceneName, useScenes } from "../held/held.ts";
import { ruleOf } from "../held/rule.ts";
import { Pending } from "../parts/pending.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { limitWords as words } from "../words/limit.words.ts";

const EVERY_MS = 15_000;

/** What each span of a window is called, and when it starts again; a life never does. */
const SPANS = {
  day: { amount: words.day_amount, count: words.day_count, resets: words.resets_day },
  week: { amount: words.week_amount, count: words.week_count, resets: words.resets_week },
  month: { amount: words.month_amount, count: words.month_count, resets: words.resets_month },
  life: { amount: words.life_amount, count: words.life_count, resets: undefined },
} as const;

/** Limits are called `token_day_amount`, or `token_scene_day_amount` within a scene. */
function spanOf({ limit }: WindowAnswer): keyof typeof SPANS | undefined {
  const span = /_(day|week|month|life)_(?:amount|count)$/.exec(limit)?.[1];
  return span as keyof typeof SPANS | undefined;
}

export function Uses({ token }: { readonly token: TokenAnswer }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = ofHolder(`/api/tokens/${token.id}/windows`, who);
  const reading = useAsk<{ windows: WindowAnswer[] }>(path, { lang, every_ms: EVERY_MS });
  const uses = reading.value?.windows ?? [];
  const scenes = useScenes().value?.scenes;
  const plain = [
    ...plainLimits(token.controls, lang),
    ...plainLimits(token.bounds, lang).map(({ name, value }) => {
      return { name, value: `${value} · ${say(words.by_bank)}` };
    }),
  ];
  const none = uses.length === 0 && plain.length === 0;
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
      {plain.map(({ name, value }) => (
        <p key={name + value} className="row apart">
          <b>{name}</b>
          <span className="quiet">{value}</span>
        </p>
      ))}
      {uses.map((use) => (
        <Use
          key={`${use.limit}/${use.scene}`}
          use={use}
          within={use.scene === null ? undefined : sceneName(use.scene, scenes, lang)}
        />
      ))}
    </section>
  );
}

/** The limits that each payment is held against for itself, and that nothing uses up. */
function plainLimits(
  controls: Controls,
  lang: Lang,
): readonly { readonly name: string; readonly value: string }[] {
  const say = sayIn(lang);
  const { paymentAmount, stepUpAmount } = controls;
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const days = daysText(controls, lang);
  return [
    ...(paymentAmount === undefined
      ? []
      : [{ name: say(words.each), value: say(words.cap, { cap: money(paymentAmount) }) }]),
    ...(stepUpAmount === undefined
      ? []
      : [{ name: say(words.step_up), value: say(words.above, { amount: money(stepUpAmount) }) }]),
    ...(days === undefined ? [] : [{ name: say(words.days), value: days }]),
  ];
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

function figure(value: string, unit: WindowAnswer["unit"], lang: Lang): string {
  const n = BigInt(value);
  if (unit === "fen") return formatMoney(n, lang);
  return sayCounted(words.payments, lang, { n, figure: formatCount(n, lang) });
}

interface UseProps {
  readonly use: WindowAnswer;
  /** The scene whose own window it is. */
  readonly within: string | undefined;
}

function Use({ use, within }: UseProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { limit, unit, cap, used, left, clause } = use;
  const span = spanOf(use);
  const said = span === undefined ? undefined : SPANS[span];
  const name = said === undefined ? limit : say(unit === "fen" ? said.amount : said.count);
  return (
    <div className="stack-s">
      <p className="row apart">
        <b>{within === undefined ? name : say(words.within, { scene: within, name })}</b>
        <span className="quiet">
          {say(words.cap, { cap: figure(cap, unit, lang) })}
          {ruleOf(clause).by === "issuer" && ` · ${say(words.by_bank)}`}
        </span>
      </p>
      <TideBar actual={BigInt(used)} cap={BigInt(cap)} thin />
      <p className="row apart">
        <span className="small">{say(words.used, { used: figure(used, unit, lang) })}</span>
        <span>
          {say(words.left)} <b>{figure(left, unit, lang)}</b>
        </span>
      </p>
      {said?.resets !== undefined && <p className="small">{say(said.resets)}</p>}
    </div>
  );
}
