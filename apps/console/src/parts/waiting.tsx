/** The place of what is still being read, in the shape that it will have. */
import { Skeleton } from "@mantine/core";
import type { Lang } from "@sandbank/kernel/words";
import { sayIn } from "../setting.ts";
import { frameWords } from "../words/frame.words.ts";

export function Waiting({ lang, lines = 4 }: { readonly lang: Lang; readonly lines?: number }) {
  return (
    <div className="panel stack" aria-busy="true">
      <span className="sr" role="status">
        {sayIn(lang)(frameWords.reading)}
      </span>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} height="1.25rem" width={at % 3 === 2 ? "60%" : "100%"} radius="sm" />
      ))}
    </div>
  );
}
