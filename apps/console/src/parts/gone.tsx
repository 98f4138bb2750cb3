/** In the place of what an address names and nobody can show: what may be the reason, and where to go on. */
import { sayIn, useSetting } from "../setting.ts";
import { frameWords as words } from "../words/frame.words.ts";
import { Go } from "./go.tsx";

interface GoneProps {
  /** Where the list is that it would stand in. */
  readonly to: string;
}

export function Gone({ to }: GoneProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="note stack narrow">
      <p>{say(words.absent_text)}</p>
      <p>
        <Go to={to} className="button">
          {say(words.to_list)}
        </Go>
      </p>
    </div>
  );
}
