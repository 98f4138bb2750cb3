/** The page of an act that is not open to the reader: what may be the reason, and the way back. */
import { Go } from "../parts/go.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";

interface NotOpenProps {
  /** What would be done. */
  readonly title: string;
  readonly above: readonly { readonly to: string; readonly label: string }[];
  /** Where the reader goes on. */
  readonly to: string;
}

export function NotOpen({ title, above, to }: NotOpenProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <Titled title={title} above={above}>
      <div className="note stack narrow">
        <p>{say(words.not_open)}</p>
        <p>{say(words.not_open_text)}</p>
      </div>
      <p className="row">
        <Go to={to} className="button">
          {say(words.back)}
        </Go>
      </p>
    </Titled>
  );
}
