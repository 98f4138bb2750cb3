/** The latest payments of one token, with those that were declined, and the way to all of them. */
import type { DeclinesAnswer, HeldPayment } from "@sandbank/tokens/contract";
import { Go } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Lines } from "../parts/lines.tsx";
import { Pending } from "../parts/pending.tsx";
import { ofHolder, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { paymentWords as words } from "../words/payment.words.ts";
import { entryLine } from "./entry.tsx";
import { merged } from "./merged.ts";

const SHOWN = 5;

export function LatestPayments({ token }: { readonly token: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const payments = useAsk<{ payments: HeldPayment[] }>(ofHolder("/api/payments", who), { lang });
  const declines = useAsk<DeclinesAnswer>(ofHolder("/api/declines", who), { lang });
  const both = payments.value !== undefined && declines.value !== undefined;
  const own = <Of extends { readonly token: string | null }>(all: readonly Of[] | undefined) =>
    (all ?? []).filter((one) => one.token === token);
  const entries = merged(own(payments.value?.payments), own(declines.value?.declines));
  return (
    <section className="panel flush" aria-labelledby="latest">
      <div className="head">
        <h2 id="latest">{say(words.latest)}</h2>
        <Go to={addressOf(lang, ["payments"])} className="go-to">
          {say(words.all)}
        </Go>
      </div>
      {!both && <Pending reading={payments.value === undefined ? payments : declines} />}
      {both && entries.length === 0 && <p className="empty">{say(words.none)}</p>}
      {entries.length > 0 && (
        <Lines
          label={say(words.latest)}
          lines={entries.slice(0, SHOWN).map((entry) => entryLine(entry, lang))}
        />
      )}
    </section>
  );
}
