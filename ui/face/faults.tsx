/** What is to be mended, on top and with the focus: each line leads to its field. */
import type { Lang } from "@sandbank/kernel/words";
import { useEffect, useRef } from "react";
import { sayCounted, uiWords } from "../words.ts";
import type { Fault } from "./fault.ts";

interface FaultsProps {
  readonly lang: Lang;
  readonly faults: readonly Fault[];
  /** Counts the tries, so that the focus comes back at each. */
  readonly round: number;
  /** Brings the focus to a field that is not on the page yet. */
  reach?(field: string): void;
}

export function Faults({ lang, faults, round, reach }: FaultsProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (round > 0) box.current?.focus();
  }, [round]);
  if (faults.length === 0) return null;
  const n = faults.length;
  return (
    <div className="errors stack" role="alert" tabIndex={-1} ref={box} aria-labelledby="faults">
      <h2 id="faults">{sayCounted(uiWords.errors, lang, { n, figure: String(n) })}</h2>
      <ul>
        {faults.map(({ field, text }) => (
          <li key={field}>
            <a
              className="go-to"
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                if (reach === undefined) document.getElementById(field)?.focus();
                else reach(field);
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
