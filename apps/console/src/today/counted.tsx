/** The head of a list: its name, how many press, and what stands beside. */
import type { ReactNode } from "react";
import type { Tone } from "@sandbank/ui";
import { Tag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { todayWords as words } from "../words/today.words.ts";

interface CountedProps {
  readonly id: string;
  readonly title: string;
  /** Undefined until it is known: no number stands for one that was not read. */
  readonly n: number | undefined;
  /** The tone of any number but none. */
  readonly tone: Tone;
  readonly children?: ReactNode;
}

export function Counted({ id, title, n, tone, children }: CountedProps) {
  const { lang } = useSetting();
  return (
    <div className="head">
      <div className="row">
        <h2 id={id}>{title}</h2>
        {n !== undefined && (
          <Tag tone={n === 0 ? "ok" : tone}>{sayIn(lang)(words.counted, { n: String(n) })}</Tag>
        )}
      </div>
      {children}
    </div>
  );
}
