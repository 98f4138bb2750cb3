/** Changing the limits of a token. */
import type { TokenAnswer } from "@sandbank/tokens/contract";
import { useState } from "react";
import { Faults } from "@sandbank/ui/face/parts";
import { Field } from "../parts/field.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { limitWords as words } from "../words/limit.words.ts";
import { tokenWords } from "../words/token.words.ts";
import { Change } from "./change.tsx";
import { tokenName, useScenes, useTokens } from "../held/held.ts";
import {
  type Limit,
  limitFaults,
  LIMITS,
  type TypedLimits,
  typedOf,
  withLimits,
} from "./limits.ts";

export default function LimitsPage({ id }: { readonly id: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const tokens = useTokens();
  const scenes = useScenes().value?.scenes;
  const token = tokens.value?.tokens.find((one) => one.id === id);
  const above = [
    { to: addressOf(lang, []), label: say(tokenWords.mine) },
    ...(token === undefined
      ? []
      : [{ to: addressOf(lang, ["tokens", id]), label: tokenName(token, scenes, lang) }]),
  ];
  return (
    <Titled title={say(words.change)} above={above} lead={say(words.lead)}>
      <Pending reading={tokens} />
      {tokens.value !== undefined && token === undefined && <p>{say(tokenWords.absent_text)}</p>}
      {token !== undefined && <LimitsForm token={token} />}
    </Titled>
  );
}

/** The version that was first shown is the one that is changed, whatever is read meanwhile. */
function LimitsForm({ token }: { readonly token: TokenAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const [shown] = useState(token);
  const [typed, setTyped] = useState<TypedLimits>(() => typedOf(shown.controls));
  const [tries, setTries] = useState(0);
  const faults = limitFaults(typed, say);
  const controls = () => {
    setTries((before) => before + 1);
    return faults.length === 0 ? withLimits(shown.controls, typed) : undefined;
  };
  return (
    <Change token={shown} label={say(words.save)} said="limits" controls={controls}>
      <Faults lang={lang} faults={tries > 0 ? faults : []} round={tries} />
      <LimitFields typed={typed} faults={tries > 0 ? faults : []} change={setTyped} />
    </Change>
  );
}

interface LimitFieldsProps {
  readonly typed: TypedLimits;
  readonly faults: ReturnType<typeof limitFaults>;
  /** Which limits; all of them unless told. */
  readonly limits?: readonly Limit[];
  change(typed: TypedLimits): void;
}

/** The fields of the limits, in their order. */
export function LimitFields({ typed, faults, limits = LIMITS, change }: LimitFieldsProps) {
  const say = sayIn(useSetting().lang);
  return limits.map((limit) => (
    <Field
      key={limit}
      id={limit}
      label={say(words[limit])}
      hint={hintOf(limit, say)}
      mode={limit === "dayCount" ? "numeric" : limit.endsWith("Day") ? "text" : "decimal"}
      value={typed[limit]}
      faults={faults}
      change={(value) => change({ ...typed, [limit]: value })}
    />
  ));
}

function hintOf(limit: Limit, say: Saying): string {
  if (limit === "dayCount") return say(words.count_hint);
  return say(limit.endsWith("Day") ? words.day_hint : words.amount_hint);
}
