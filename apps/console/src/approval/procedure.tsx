/** What a waiting step of an application, an evaluation or an exit says beside who proposed it. */
import type { TaskAnswer } from "@sandbank/sandbox/contract";
import type { Fact } from "../parts/facts.tsx";
import type { Saying } from "../setting.ts";
import { taskWords as words } from "../words/task.words.ts";
import { aboutOf, proposalOf } from "./task.ts";

/** Facts of a decision of the procedure; none for any other. */
export function procedureFacts(task: TaskAnswer, say: Saying): readonly Fact[] {
  if (aboutOf(task) === undefined) return [];
  const { reasons = [], days, criterion, result, grant, from } = proposalOf(task);
  const ruled = grant === undefined ? undefined : say(grant ? words.grant : words.deny);
  return [
    [say(words.days), days && String(days)],
    [say(words.criterion), criterion],
    [say(words.result), result && say(words[result])],
    [say(words.ruling), ruled],
    [say(words.from), from],
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
