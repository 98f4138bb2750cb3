/** Everything that waits for a second person. */
import type { TaskAnswer } from "@sandbank/sandbox/contract";
import { mayApprove } from "../offices.ts";
import { Go } from "../parts/go.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { approvalWords as words } from "../words/directive.words.ts";
import { useNamed } from "./named.ts";
import { Person } from "./person.tsx";
import { titleOf } from "./task.ts";

export function ApprovalsPage() {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { tasks } = useReadings();
  const { value } = tasks;
  const named = useNamed();
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <Pending reading={tasks} />
      {value !== undefined && value.tasks.length === 0 && (
        <p className="panel empty">{say(words.none)}</p>
      )}
      {value !== undefined && value.tasks.length > 0 && (
        <div className="panel flush">
          <table className="cards">
            <caption className="sr">{say(words.table)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.what)}</th>
                <th scope="col">{say(words.raised)}</th>
                <th scope="col">{say(words.expires)}</th>
                <th scope="col">{say(words.for_whom)}</th>
              </tr>
            </thead>
            <tbody>
              {value.tasks.map((task) => (
                <Row task={task} title={titleOf(task, named, say)} key={task.id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Titled>
  );
}

function Row({ task, title }: { readonly task: TaskAnswer; readonly title: string }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <tr>
      <th scope="row">
        <Go to={addressOf(lang, ["approvals", task.id])} className="go-to">
          {title}
        </Go>
      </th>
      <td data-label={say(words.raised)}>
        <Person id={task.proposedBy} />
        <br />
        <time className="small">{momentText(task.at)}</time>
      </td>
      <td data-label={say(words.expires)}>
        <time>{momentText(task.expires)}</time>
      </td>
      <td data-label={say(words.for_whom)}>
        <ForWhom task={task} />
      </td>
    </tr>
  );
}

/** Whether the reader may decide on it. */
export function ForWhom({ task }: { readonly task: TaskAnswer }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  return mayApprove(who, task.command) && !task.mine ? (
    <Tag tone="warn">{say(words.for_you)}</Tag>
  ) : (
    <Tag tone="off">{say(words.for_other)}</Tag>
  );
}
