/**
 * A large payment that wants its holder's word: he confirms this amount at this merchant, by a second
 * factor that was asked about nothing else, and the merchant asks again.
 */
import type { DeclineAnswer } from "@sandbank/tokens/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { TroubleNote } from "@sandbank/ui/face/parts";
import { useState } from "react";
import { Confirm } from "../device/confirm.tsx";
import { Press, useAct } from "../parts/act.tsx";
import { minuteText } from "../parts/moment.ts";
import { sayIn, useSetting } from "../setting.ts";
import { paymentWords as words } from "../words/payment.words.ts";

interface PayAgainProps {
  readonly decline: DeclineAnswer;
  readonly token: string;
}

export function PayAgain({ decline: { merchant, amount }, token }: PayAgainProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const act = useAct<{ readonly until: string }>();
  const [asking, setAsking] = useState(false);
  const [until, setUntil] = useState<string>();
  const confirm = async () => {
    const path = `/api/tokens/${token}/confirmations`;
    const came = await act.send({ path, body: { holder: who.person, merchant, amount } });
    if (came !== undefined) setUntil(came.until);
  };
  if (until !== undefined) {
    return (
      <p className="note ok" role="status">
        {say(words.confirmed, { until: minuteText(until) })}
      </p>
    );
  }
  if (!asking) {
    return (
      <>
        <p>{say(words.confirm_ahead)}</p>
        <p className="acts">
          <Press label={say(words.confirm_payment)} busy={false} press={() => setAsking(true)} />
        </p>
      </>
    );
  }
  const said = { merchant, amount: formatMoney(BigInt(amount), lang) };
  return (
    <>
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      <Confirm
        request={{ act: "confirm_payment", token, merchant, amount }}
        why={say(words.confirm_why, said)}
        confirmed={() => void confirm()}
      />
    </>
  );
}
