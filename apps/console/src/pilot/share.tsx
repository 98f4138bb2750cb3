/** How much of a limit is used: a number that is a door to what it sums, window by window. */
import { Go } from "../parts/go.tsx";
import { Tag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { indicatorWords as words } from "../words/indicator.words.ts";
import { type Limit, shareOf, shareText } from "./figures.ts";

/** From here on a limit is near its cap, in millionths. */
export const NEAR = 800_000;
/** The indicator of how caps are used; each limit is a figure of it. */
const USE_OF_CAPS = "I11";

interface ShareProps {
  readonly slug: string;
  readonly limit: Limit;
}

export function Share({ slug, limit }: ShareProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const query = { span: "day", figure: `use/${limit.id}` };
  const text = shareText(limit);
  return (
    <Go to={addressOf(lang, ["indicators", slug, USE_OF_CAPS], query)} className="go-to">
      {(shareOf(limit) ?? 0) >= NEAR ? <Tag tone="warn">{text}</Tag> : <b>{text}</b>}
      <span className="sr">
        {" "}
        {say(limit.label)} {say(words.open_rows)}
      </span>
    </Go>
  );
}
