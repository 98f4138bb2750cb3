/** What was declined by cause, by scene and by token; each name opens its rows of the chosen day. */
import { formatCount } from "@sandbank/kernel/words";
import type { MisuseAnswer } from "@sandbank/tokens/contract";
import { Go } from "../parts/go.tsx";
import { ListPanel } from "../parts/listed.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { misuseWords as words } from "../words/misuse.words.ts";
import { causeText } from "./cause.ts";

interface TablesProps {
  readonly answer: MisuseAnswer;
  readonly days: string;
  /** The day whose rows are shown. */
  readonly day: string | undefined;
}

export function Tables(props: TablesProps) {
  return (
    <>
      <div className="split">
        <Causes {...props} />
        <Scenes {...props} />
      </div>
      <Tokens {...props} />
    </>
  );
}

function Causes({ answer: { causes }, ...chosen }: TablesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const count = (text: string) => formatCount(BigInt(text), lang);
  return (
    <ListPanel
      id="causes"
      title={say(words.causes)}
      caption={say(words.causes_caption)}
      none={say(words.causes_none)}
      rows={causes}
      keyOf={({ cause }) => cause}
      columns={[
        {
          head: say(words.cause),
          cell: ({ cause }) => (
            <Only {...chosen} filter={{ cause }} opens={say(words.only_cause)}>
              {causeText(cause, say)}
            </Only>
          ),
        },
        { head: say(words.declined), look: "num", cell: ({ declined }) => count(declined) },
      ]}
    />
  );
}

function Scenes({ answer: { scenes }, ...chosen }: TablesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const count = (text: string) => formatCount(BigInt(text), lang);
  return (
    <ListPanel
      id="scenes"
      title={say(words.scenes)}
      caption={say(words.scenes_caption)}
      none={say(words.causes_none)}
      rows={scenes}
      keyOf={({ scene }) => scene}
      columns={[
        {
          head: say(words.scene),
          cell: ({ scene }) =>
            scene === "" ? (
              say(words.no_scene)
            ) : (
              <Only {...chosen} filter={{ scene }} opens={say(words.only_scene)}>
                {scene}
              </Only>
            ),
        },
        { head: say(words.declined), look: "num", cell: ({ declined }) => count(declined) },
        { head: say(words.out_of_scene), look: "num", cell: (one) => count(one.outOfScene) },
        { head: say(words.over_limit), look: "num", cell: (one) => count(one.overLimit) },
      ]}
    />
  );
}

function Tokens({ answer: { tokens }, ...chosen }: TablesProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const count = (text: string) => formatCount(BigInt(text), lang);
  return (
    <ListPanel
      id="tokens"
      title={say(words.tokens)}
      caption={say(words.tokens_caption)}
      none={say(words.tokens_none)}
      rows={tokens}
      keyOf={({ token }) => token}
      columns={[
        {
          head: say(words.token),
          cell: ({ token, number }) => (
            <Only {...chosen} filter={{ token }} opens={say(words.only_token)}>
              {unbroken(number)}
            </Only>
          ),
        },
        { head: say(words.out_of_scene), look: "num", cell: (one) => count(one.outOfScene) },
        { head: say(words.over_limit), look: "num", cell: (one) => count(one.overLimit) },
        { head: say(words.last), look: "num", cell: ({ last }) => momentText(last) },
      ]}
    />
  );
}

interface OnlyProps extends Pick<TablesProps, "days" | "day"> {
  readonly filter: Readonly<Record<string, string>>;
  /** Said to who cannot see that it opens rows. */
  readonly opens: string;
  readonly children: string;
}

/** The name of a row; it opens what the row counts. */
function Only({ days, day, filter, opens, children }: OnlyProps) {
  const { lang } = useSetting();
  return (
    <Go to={addressOf(lang, ["misuse"], { days, day, ...filter })} className="go-to">
      {children}
      <span className="sr"> {opens}</span>
    </Go>
  );
}

/** A masked number in one piece: its halves do not part at the end of a line. */
function unbroken(number: string): string {
  return number.replace(" ", "\u00a0");
}
