/** A new token in three looks: which card, where to use it, and limits that are filled in already. */
import { formatMoney } from "@sandbank/kernel/words";
import type { ConsentText, HeldCard, SceneAnswer, TokenAnswer } from "@sandbank/tokens/contract";
import type { Fault } from "@sandbank/ui/face";
import { Faults, Go, TroubleNote } from "@sandbank/ui/face/parts";
import { type SyntheticEvent, useState } from "react";
import { useAsk } from "../ask.ts";
import { Press, useAct } from "../parts/act.tsx";
import { Choice } from "../parts/choice.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { ofHolder, type Saying, sayIn, useSetting } from "../setting.ts";
import { addressOf, go } from "../way.ts";
import { issueWords as words, tokenWords } from "../words/token.words.ts";
import { useScenes } from "../held/held.ts";
import { limitFaults, type TypedLimits, withLimits } from "./limits.ts";
import { LimitFields } from "./limits.tsx";

const SCENES_MAX = 8;
/** What stands in the form before anybody types; yuan, a number, and no days. */
const USUAL: TypedLimits = {
  ...{ paymentAmount: "500.00", dayAmount: "1000.00", monthAmount: "5000.00" },
  ...{ dayCount: "", weekAmount: "", stepUpAmount: "", firstDay: "", lastDay: "" },
};

export default function IssuePage({ query }: { readonly query: URLSearchParams }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const cards = useAsk<{ cards: HeldCard[] }>(ofHolder("/api/cards", who), { lang });
  const scenes = useScenes();
  const text = useAsk<ConsentText>("/api/consent-text", { lang });
  const above = [{ to: addressOf(lang, []), label: say(tokenWords.mine) }];
  const open = cards.value?.cards.filter(({ state }) => state === "open");
  const offered = scenes.value?.scenes.filter(isOffered);
  return (
    <Titled title={say(words.title)} above={above} lead={say(words.lead)}>
      {open === undefined && <Pending reading={cards} />}
      {open !== undefined && offered === undefined && <Pending reading={scenes} />}
      {offered !== undefined && text.value === undefined && <Pending reading={text} />}
      {open?.length === 0 && (
        <div className="panel empty">
          <p>{say(words.no_card)}</p>
          <p className="acts">
            <Go to={addressOf(lang, ["cards", "new"])} className="button primary">
              {say(words.add_card)}
            </Go>
          </p>
        </div>
      )}
      {offered?.length === 0 && <p className="panel empty">{say(words.no_scene)}</p>}
      {open?.length && offered?.length && text.value !== undefined ? (
        <IssueForm cards={open} scenes={offered} text={text.value} card={query.get("card")} />
      ) : null}
    </Titled>
  );
}

/** True for a scene in which a token can pay from now on. */
function isOffered({ state, requestor }: SceneAnswer): boolean {
  return state === "open" && requestor === "active";
}

interface Chosen {
  readonly card: string;
  readonly scenes: readonly string[];
  readonly agreed: boolean;
}

/** What is still to be chosen or mended, in the order of the form. */
function faultsOf(
  { card, scenes, agreed }: Chosen,
  typed: TypedLimits,
  say: Saying,
): readonly Fault[] {
  return [
    ...(card === "" ? [{ field: "card", text: say(words.choose_card) }] : []),
    ...(scenes.length === 0 ? [{ field: "scenes", text: say(words.choose_scene) }] : []),
    ...(scenes.length > SCENES_MAX ? [{ field: "scenes", text: say(words.most_scenes) }] : []),
    ...limitFaults(typed, say),
    ...(agreed ? [] : [{ field: "consent", text: say(words.agree_needed) }]),
  ];
}

interface IssueFormProps {
  readonly cards: readonly HeldCard[];
  readonly scenes: readonly SceneAnswer[];
  /** What is agreed to, as it is shown. */
  readonly text: ConsentText;
  /** The card that somebody comes from. */
  readonly card: string | null;
}

/** The form as it is being filled in, and its sending. */
function useIssue({ cards, scenes: offered, text, card: from }: IssueFormProps) {
  const { lang, who } = useSetting();
  const act = useAct<TokenAnswer>();
  const known = cards.some(({ id }) => id === from) ? from : null;
  const only = cards.length === 1 ? (cards[0]?.id ?? "") : "";
  const [card, setCard] = useState(known ?? only);
  const [scenes, setScenes] = useState<readonly string[]>(
    offered.length === 1 ? offered.map(({ id }) => id) : [],
  );
  const [typed, setTyped] = useState(USUAL);
  const [agreed, setAgreed] = useState(false);
  const [tries, setTries] = useState(0);
  const faults = faultsOf({ card, scenes, agreed }, typed, sayIn(lang));
  const issue = async () => {
    setTries((before) => before + 1);
    if (faults.length > 0) return;
    const consent = { version: text.version, hash: text.hash };
    const body = { holder: who.person, card, scenes, controls: withLimits({}, typed), consent };
    const made = await act.send({ path: "/api/tokens", body });
    if (made !== undefined) go(addressOf(lang, ["tokens", made.id], { said: "made" }));
  };
  const shown = tries > 0 ? faults : [];
  const choices = { card, setCard, scenes, setScenes, typed, setTyped, agreed, setAgreed };
  return { act, ...choices, tries, faults: shown, issue };
}

function IssueForm(props: IssueFormProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const form = useIssue(props);
  const { act, faults } = form;
  const cards = props.cards.map(({ id, last4, available }) => ({
    value: id,
    label: say(words.card_label, { tail: last4, available: formatMoney(BigInt(available), lang) }),
  }));
  const scenes = props.scenes.map(({ id, name, by }) => ({
    value: id,
    label: (
      <>
        <b>{name[lang]}</b> <span className="small">{by[lang]}</span>
      </>
    ),
  }));
  const sent = (event: SyntheticEvent) => {
    event.preventDefault();
    void form.issue();
  };
  return (
    <form className="stack narrow" noValidate onSubmit={sent}>
      <Faults lang={lang} faults={faults} round={form.tries} />
      {act.trouble !== undefined && <TroubleNote trouble={act.trouble} lang={lang} focused />}
      <Choice
        {...{ id: "card", kind: "radio", legend: say(words.card), options: cards, faults }}
        chosen={[form.card]}
        choose={([card = ""]) => form.setCard(card)}
      />
      <Choice
        {...{ id: "scenes", kind: "checkbox", legend: say(words.scenes), options: scenes, faults }}
        chosen={form.scenes}
        choose={form.setScenes}
      />
      <h2>{say(words.limits)}</h2>
      <p className="small">{say(words.limits_about)}</p>
      <LimitFields
        typed={form.typed}
        faults={faults}
        limits={["paymentAmount", "dayAmount", "monthAmount"]}
        change={form.setTyped}
      />
      <h2>{say(words.consent)}</h2>
      <blockquote className="note">{props.text.text[lang]}</blockquote>
      <Choice
        {...{ id: "consent", kind: "checkbox", legend: say(words.consent_legend), faults }}
        options={[{ value: "agreed", label: say(words.agree) }]}
        chosen={form.agreed ? ["agreed"] : []}
        choose={(chosen) => form.setAgreed(chosen.length > 0)}
      />
      <p className="acts">
        <Press label={say(words.act)} busy={act.busy} />
      </p>
    </form>
  );
}
