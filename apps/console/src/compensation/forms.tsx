/** The forms of compensation: putting money in, judging a claim, paying it. */
import { useState } from "react";
import type { Compensation, OutcomeAnswer } from "@sandbank/sandbox/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { Came } from "../acting/came.tsx";
import { NotOpen } from "../acting/not-open.tsx";
import { useAsk } from "../ask.ts";
import type { ActField } from "../parts/act-field.ts";
import { ActForm } from "../parts/act-form.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { compensationWords as words } from "../words/compensation.words.ts";
import { type ClaimActName, claimActsOpen, mayFund } from "./acts.ts";
import type { ClaimAnswer } from "./claim.tsx";

export function FundPage({ slug }: { readonly slug: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const { pilots } = useReadings();
  const path = `/api/pilots/${encodeURIComponent(slug)}/compensation`;
  const pool = useAsk<Compensation>(path, { lang });
  const known = pilots.value?.pilots.find((one) => one.slug === slug);
  const to = addressOf(lang, ["compensation", slug]);
  const above = [
    { to: addressOf(lang, ["compensation"]), label: say(words.title) },
    { to, label: known === undefined ? slug : say(known.name) },
  ];
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  const title = say(words.fund);
  if (pool.value === undefined || pilots.value === undefined) {
    return (
      <Titled title={title} above={above}>
        <Pending reading={pool.value === undefined ? pool : pilots} />
      </Titled>
    );
  }
  if (known === undefined || !mayFund(known, who)) return <NotOpen {...{ title, above, to }} />;
  const options = [
    { value: "pool", label: say(words.to_pool) },
    ...(pool.value.terms.insurer === null
      ? []
      : [{ value: "insurer", label: say(words.to_insurer) }]),
  ];
  const fields: readonly ActField[] = [
    { kind: "choice", name: "to", label: say(words.fund_to), options },
    { kind: "amount", name: "amount", label: say(words.amount_field) },
  ];
  return (
    <Titled title={title} above={above} lead={<p>{say(words.fund_lead)}</p>}>
      <div className="narrow">
        <ActForm
          fields={fields}
          act={title}
          path={`${path}/funding`}
          body={(values) => values}
          done={setOutcome}
        />
      </div>
    </Titled>
  );
}

const LEADS = { admit: words.admit_lead, refuse: words.refuse_lead, pay: words.pay_lead } as const;

export function ClaimActPage({ id, act }: { readonly id: string; readonly act: ClaimActName }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const path = `/api/claims/${encodeURIComponent(id)}`;
  const reading = useAsk<ClaimAnswer>(path, { lang });
  const pilot = reading.value?.claim.pilot;
  const pool = useAsk<Compensation>(
    pilot === undefined ? undefined : `/api/pilots/${pilot}/compensation`,
    { lang },
  );
  const { tasks, pilots } = useReadings();
  const [outcome, setOutcome] = useState<OutcomeAnswer>();
  const to = addressOf(lang, ["claims", id]);
  const number = reading.value?.claim.number;
  const above = [
    { to: addressOf(lang, ["compensation"]), label: say(words.title) },
    ...(number === undefined ? [] : [{ to, label: say(words.claim, { number }) }]),
  ];
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  const title = say(words[act]);
  if (reading.value === undefined || pool.value === undefined || pilots.waiting) {
    return (
      <Titled title={title} above={above}>
        <Pending reading={reading.value === undefined ? reading : pool} />
      </Titled>
    );
  }
  const { claim } = reading.value;
  const runs = pilots.value?.pilots.find(({ slug }) => slug === claim.pilot) ?? { runBy: [] };
  if (!claimActsOpen(claim, runs, who).includes(act)) return <NotOpen {...{ title, above, to }} />;
  const limit = formatMoney(BigInt(pool.value.terms.byOneUpTo), lang);
  return (
    <Titled title={title} above={above} lead={<p>{say(LEADS[act], { limit })}</p>}>
      <div className="narrow">
        <ActForm
          fields={fieldsOf(act, reading.value, { say, lang })}
          act={title}
          grave={act === "refuse"}
          path={`${path}/acts`}
          body={(values) => ({ act, ...values })}
          done={(answer) => {
            setOutcome(answer);
            tasks.again();
          }}
        />
      </div>
    </Titled>
  );
}

function fieldsOf(
  act: ClaimActName,
  { claim }: ClaimAnswer,
  { say, lang }: { readonly say: Saying; readonly lang: "zh" | "en" },
): readonly ActField[] {
  const remark = { kind: "words", name: "words", label: say(words.words) } as const;
  if (act === "refuse") return [remark];
  const most =
    act === "admit" ? BigInt(claim.claimed) : BigInt(claim.admitted ?? "0") - BigInt(claim.paid);
  const hint = act === "admit" ? words.admit_hint : words.pay_hint;
  const amount: ActField = {
    ...{ kind: "amount", name: "amount", label: say(words.amount_field) },
    hint: say(hint, { amount: formatMoney(most, lang) }),
  };
  return act === "admit" ? [amount, { ...remark, optional: true }] : [amount];
}
