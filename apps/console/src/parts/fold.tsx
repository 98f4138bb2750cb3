/**
 * A part of a long page: open where there is room, and folded away behind its name and number on a
 * phone. Whoever opens or folds it keeps it so while the page stands.
 */
import { type ReactNode, useSyncExternalStore } from "react";

const ROOM = "(min-width: 48em)";

function follow(changed: () => void): () => void {
  const media = matchMedia(ROOM);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}

/** True where a page has room for more than one column. */
export function useRoom(): boolean {
  return useSyncExternalStore(follow, () => matchMedia(ROOM).matches);
}

interface FoldProps {
  readonly id: string;
  readonly title: string;
  /** What stands beside the title, such as how many there are. */
  readonly beside?: ReactNode;
  /** Open whatever the room. */
  readonly pressing?: boolean;
  readonly children: ReactNode;
}

export function Fold({ id, title, beside, pressing = false, children }: FoldProps) {
  const hasRoom = useRoom();
  return (
    <section className="panel flush" aria-labelledby={id}>
      <details className="fold" open={pressing || hasRoom}>
        <summary>
          <h2 id={id}>{title}</h2>
          {beside}
        </summary>
        {children}
      </details>
    </section>
  );
}
