/** What the reader may do next: each act with what it does, or why it would be refused now. */
import { sayIn, useSetting } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";
import { Go } from "./go.tsx";
import { Tag } from "./state.tsx";

export interface NextAct {
  readonly name: string;
  /** What it does, in a sentence. */
  readonly what: string;
  readonly to: string;
  /** True if another person must approve it. */
  readonly two?: boolean;
  readonly grave?: boolean;
  /** Why it would be refused. */
  readonly blocked?: string | undefined;
}

export function NextActs({ acts }: { readonly acts: readonly NextAct[] }) {
  const { lang } = useSetting();
  const first = acts.find(({ blocked, grave }) => blocked === undefined && grave !== true);
  if (acts.length === 0) return <p className="quiet">{sayIn(lang)(words.nothing_for_you)}</p>;
  return (
    <ul className="next">
      {acts.map((act) => (
        <Row act={act} isFirst={act === first} key={act.to} />
      ))}
    </ul>
  );
}

function Row({ act, isFirst }: { readonly act: NextAct; readonly isFirst: boolean }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { name, what, to, two = false, grave = false, blocked } = act;
  const look = grave ? "button stop" : isFirst ? "button primary" : "button";
  return (
    <li>
      <div>
        <p className="row">
          <b>{name}</b>
          {two && <Tag tone="off">{say(words.takes_two)}</Tag>}
        </p>
        <p className="small">{blocked ?? what}</p>
      </div>
      {blocked === undefined ? (
        <Go to={to} className={look}>
          {name}
        </Go>
      ) : (
        <Tag tone="warn">{say(words.not_now)}</Tag>
      )}
    </li>
  );
}
