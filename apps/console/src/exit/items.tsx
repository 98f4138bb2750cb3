/** Single items of an exit: what was listed, what became of each, and the way to end one. */
import type { ExitAnswer } from "@sandbank/sandbox/contract";
import { formatMoney } from "@sandbank/kernel/words";
import { Go } from "../parts/go.tsx";
import { ListPanel } from "../parts/listed.tsx";
import { Tag } from "../parts/state.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { exitWords as words } from "../words/exit.words.ts";
import { isOpen } from "./acts.ts";
import { type Items, type Leaving, standingOf } from "./leaving.ts";

const TONES = { listed: "warn", finished: "ok", transferred: "ok" } as const;

interface ItemTableProps {
  readonly leaving: Leaving;
  readonly exit: ExitAnswer;
}

export function ItemTable({ leaving, exit }: ItemTableProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const { items, slug, state = "" } = leaving;
  const ends = isOpen("end", { ...standingOf(leaving), pilot: state }, who);
  const kindOf = (kind: string) =>
    exit.steps.find((step) => step.items?.kind === kind)?.items?.text ?? { zh: kind, en: kind };
  return (
    <ListPanel
      id="items"
      title={say(words.items)}
      none={say(words.items_none)}
      rows={items}
      keyOf={({ kind, ref }) => `${kind}/${ref}`}
      columns={[
        {
          head: say(words.item),
          cell: ({ kind, ref }) => (
            <>
              {say(kindOf(kind))}
              <p className="small">
                <code>{ref}</code>
              </p>
            </>
          ),
        },
        {
          ...{ head: say(words.amount), look: "num" as const },
          cell: ({ amountFen }) =>
            amountFen === null ? "—" : formatMoney(BigInt(amountFen), lang),
        },
        { head: say(words.ends), cell: ({ ends: at }) => (at === null ? "—" : momentText(at)) },
        {
          head: say(words.state),
          cell: (item) => <ItemState item={item} slug={slug} ends={ends} />,
        },
      ]}
    />
  );
}

interface ItemStateProps {
  readonly item: Items[number];
  readonly slug: string;
  readonly ends: boolean;
}

function ItemState({ item, slug, ends }: ItemStateProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { kind, ref, state } = item;
  return (
    <div className="stack-s">
      <p>
        <Tag tone={TONES[state]}>{say(words[state])}</Tag>
      </p>
      {state === "listed" && ends && (
        <Go to={addressOf(lang, ["exits", slug, "end"], { kind, ref })} className="go-to">
          {say(words.end_item)}
          <span className="sr"> {ref}</span>
        </Go>
      )}
    </div>
  );
}
