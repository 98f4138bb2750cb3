/** The receipt of an erasure: what is gone, what stays, and whether the vault has destroyed its part by now. */
import type { ReceiptAnswer } from "@sandbank/tokens/contract";
import { FactList } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { minuteText } from "../parts/moment.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { leavingWords as words } from "../words/leaving.words.ts";

/** The vault destroys its rows within a second or so. */
const EVERY_MS = 2_000;

export default function ReceiptPage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/erasures/${encodeURIComponent(id)}`;
  const reading = useAsk<ReceiptAnswer>(path, { lang, every_ms: EVERY_MS });
  const { value } = reading;
  if (value === undefined) {
    return (
      <Titled title={say(words.receipt)}>
        <Pending reading={reading} />
      </Titled>
    );
  }
  const { receipt, at, cards, acts, payments, destroyed } = value;
  const vault =
    destroyed === null
      ? say(words.vault_waiting)
      : say(words.vault_done, {
          ...{ sealed: String(destroyed.sealed), claims: String(destroyed.claims) },
          at: minuteText(destroyed.at),
        });
  return (
    <Titled title={say(words.receipt)} lead={say(words.receipt_lead)}>
      <section className="panel" aria-label={say(words.receipt)}>
        <FactList
          wide
          facts={[
            [say(words.number), <span className="mono">{receipt}</span>],
            [say(words.at), minuteText(at)],
            [say(words.cards), String(cards)],
            [say(words.acts), String(acts)],
            [say(words.payments), String(payments)],
            [say(words.vault), <span role="status">{vault}</span>],
          ]}
        />
      </section>
      <Texts title={say(words.covers)} texts={value.covers} />
      <Texts title={say(words.stays)} texts={value.stays} />
    </Titled>
  );
}

function Texts({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  return (
    <section className="panel stack" aria-label={title}>
      <h2>{title}</h2>
      <ul className="bullets">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
