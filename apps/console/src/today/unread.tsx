/** Pilots of which a reading failed: which, and what can be done; those that were read stand above. */
import type { PilotSummary } from "@sandbank/sandbox/contract";
import type { Trouble } from "../ask.ts";
import { sayIn, useSetting } from "../setting.ts";
import { todayWords as words } from "../words/today.words.ts";

interface UnreadProps {
  readonly pilots: readonly PilotSummary[];
  troubleOf(slug: string): Trouble | undefined;
}

export function Unread({ pilots, troubleOf }: UnreadProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const failed = pilots.flatMap((pilot) => {
    const trouble = troubleOf(pilot.slug);
    return trouble === undefined ? [] : [{ pilot, trouble }];
  });
  if (failed.length === 0) return null;
  return (
    <ul className="list" role="status">
      {failed.map(({ pilot, trouble }) => (
        <li key={pilot.slug}>
          <p>
            {say(words.unread, { pilot: say(pilot.name) })} {trouble.detail}
          </p>
          <p className="small">{say(words.unread_again)}</p>
        </li>
      ))}
    </ul>
  );
}
