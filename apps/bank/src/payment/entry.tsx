/** One payment of a list: where and when, how much, and how it stands or why it was not paid. */
import { formatMoney, type Lang } from "@sandbank/kernel/words";
import type { DeclineAnswer, HeldPayment } from "@sandbank/tokens/contract";
import type { Line } from "../parts/lines.tsx";
import { minuteText } from "../parts/moment.ts";
import { Tag } from "../parts/tag.tsx";
import { sayIn } from "../setting.ts";
import { addressOf } from "../way.ts";
import { DECLINE_WORDS, paymentWords as words, STATE_WORDS } from "../words/payment.words.ts";
import type { Entry } from "./merged.ts";

/** A line of a list. `before` is the page of declines that it stands on, where not the newest. */
export function entryLine(entry: Entry, lang: Lang, before?: string): Line {
  return entry.kind === "paid"
    ? paidLine(entry.payment, lang)
    : declinedLine(entry.decline, lang, before);
}

function paidLine(payment: HeldPayment, lang: Lang): Line {
  const say = sayIn(lang);
  const { state, refunded } = payment;
  const { word, tone } = STATE_WORDS[state];
  const settled = state === "captured" || state === "part_captured";
  const amount = settled ? payment.captured : payment.amount;
  return {
    id: payment.payment,
    what: (
      <>
        <b>{payment.merchant}</b>
        <br />
        <span className="small">{minuteText(payment.at)}</span>
      </>
    ),
    figure: (
      <>
        <b>{formatMoney(BigInt(amount), lang)}</b>
        <br />
        <Tag tone={tone}>{say(word)}</Tag>
        {refunded !== "0" && (
          <>
            <br />
            <span className="small">
              {say(words.refunded, { amount: formatMoney(BigInt(refunded), lang) })}
            </span>
          </>
        )}
      </>
    ),
  };
}

/** What a decline is called: by who set the rule, else by its own sentence. */
export function declineTitle({ code, sentence }: DeclineAnswer, lang: Lang): string {
  const known = DECLINE_WORDS[code];
  return known === undefined ? sentence : known[lang];
}

function declinedLine(decline: DeclineAnswer, lang: Lang, before?: string): Line {
  const say = sayIn(lang);
  return {
    id: decline.act,
    to: addressOf(lang, ["payments", "declined", decline.act], { before }),
    what: (
      <>
        <b>{decline.merchant}</b>
        <br />
        <span className="small">{minuteText(decline.at)}</span>
        <br />
        <span>{declineTitle(decline, lang)}</span>
      </>
    ),
    figure: (
      <>
        <s className="quiet">{formatMoney(BigInt(decline.amount), lang)}</s>
        <br />
        <Tag tone="stop">{say(words.declined)}</Tag>
      </>
    ),
  };
}
