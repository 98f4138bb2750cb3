/** What a waiting step of an application, an evaluation or an exit says beside who proposed it. */
import type { CompensationTerms, TaskAnswer } from "@sandbank/sandbox/contract";
import { formatMoney, formatPercent, type Lang } from "@sandbank/kernel/words";
import type { Fact } from "@sandbank/ui/face/parts";
import { boundText } from "../evaluation/figures.ts";
import { type Saying, sayIn } from "../setting.ts";
import { taskWords as words } from "../words/task.words.ts";
import { termsWords } from "../words/terms.words.ts";
import { aboutOf, proposalOf } from "./task.ts";

/** Facts of a decision of the procedure; none for any other. */
export function procedureFacts(task: TaskAnswer, lang: Lang): readonly Fact[] {
  const say = sayIn(lang);
  if (aboutOf(task) === undefined) return [];
  const { reasons = [], days, criterion, result, grant, from, ...rest } = proposalOf(task);
  const { terms, conditions } = rest;
  const ruled = grant === undefined ? undefined : say(grant ? words.grant : words.deny);
  return [
    [say(words.days), days && String(days)],
    [say(words.criterion), criterion],
    [say(words.result), result && say(words[result])],
    [say(words.ruling), ruled],
    [say(words.from), from],
    ...(terms === undefined ? [] : termsFacts(terms, say, lang)),
    [
      say(words.conditions),
      conditions !== undefined && conditions.length > 0 && (
        <ul className="bullets" key="conditions">
          {conditions.map(({ text, by, bound }, at) => (
            <li key={at}>
              {say(text)} · <time>{by}</time>
              {bound && ` · ${boundText(bound, lang)}`}
            </li>
          ))}
        </ul>
      ),
    ],
    [
      say(words.reasons),
      reasons.length > 0 && (
        <ul className="bullets" key="reasons">
          {reasons.map((one, at) => (
            <li key={at}>
              <p lang="zh-Hans">{one.zh}</p>
              <p lang="en">{one.en}</p>
            </li>
          ))}
        </ul>
      ),
    ],
  ];
}

/** Terms of compensation, as they would hold. */
function termsFacts(terms: CompensationTerms, say: Saying, lang: Lang): readonly Fact[] {
  const money = (fen: string) => formatMoney(BigInt(fen), lang);
  const { required, insurer } = terms;
  const asked =
    required.kind === "fixed"
      ? money(required.amount)
      : say(termsWords.required_share, {
          ...{ exposure: required.exposure, share: formatPercent(required.ppm) },
          least: money(required.least),
        });
  return [
    [say(termsWords.clause), terms.clause],
    [say(termsWords.required), asked],
    [say(termsWords.loss_cap), money(terms.lossCap)],
    [say(termsWords.by_one), money(terms.byOneUpTo)],
    [say(termsWords.institution), say(terms.institution)],
    [say(termsWords.insurer), insurer && say(insurer)],
  ];
}
