/** The place of what is still being read, in the shape that it will have. */
import type { Lang } from "@sandbank/kernel/words";
import { sayIn } from "../setting.ts";
import { frameWords as words } from "../words/frame.words.ts";

export function Waiting({ lang, lines = 4 }: { readonly lang: Lang; readonly lines?: number }) {
  return (
    <div className="panel stack" aria-busy="true">
      <span className="sr" role="status">
        {sayIn(lang)(words.reading)}
      </span>
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} className="skeleton" />
      ))}
    </div>
  );
}
