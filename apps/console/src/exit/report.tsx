/** The public report on an exit that is completed, as staff read it. */
import type { ExitReport } from "@sandbank/sandbox/contract";
import { formatCount } from "@sandbank/kernel/words";
import { FactList } from "@sandbank/ui/face/parts";
import { useAsk } from "../ask.ts";
import { Pending } from "../parts/pending.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { exitWords as words } from "../words/exit.words.ts";
import { OpenList } from "./dry-run.tsx";

export function Report({ slug }: { readonly slug: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const path = `/api/pilots/${encodeURIComponent(slug)}/exit/report`;
  const reading = useAsk<ExitReport>(path, { lang });
  const { value } = reading;
  const count = (n: number) => formatCount(n, lang);
  const facts = value && [
    [say(words.took), say(words.took_days, { n: count(value.days) })] as const,
    [say(words.opening), <OpenList key="opening" open={value.opening} />] as const,
    [say(words.archive), <code key="hash">{value.archive.hash}</code>] as const,
    [
      say(words.logs),
      value.archive.logs.map(({ origin, size }) => (
        <p key={origin}>
          <code>{origin}</code>{" "}
          <span className="small">{say(words.log_size, { n: count(size) })}</span>
        </p>
      )),
    ] as const,
  ];
  return (
    <section className="panel stack" aria-labelledby="report">
      <h2 id="report">{say(words.report)}</h2>
      <Pending reading={reading} />
      {value !== undefined && <p>{say(value.statement)}</p>}
      {facts !== undefined && <FactList facts={facts} />}
    </section>
  );
}
