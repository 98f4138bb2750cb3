/** Everything that waits for a second person. */
import type { TaskAnswer } from "@sandbank/sandbox/contract";
import { mayApprove } from "../offices.ts";
import { Go } from "../parts/go.tsx";
import { Listed } from "../parts/listed.tsx";
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
          <Listed
            caption={say(words.table)}
            rows={value.tasks}
            keyOf={({ id }) => id}
            columns={[
              {
                head: say(words.what),
                cell: (task) => (
                  <Go to={addressOf(lang, ["approvals", task.id])} className="go-to">
                    {titleOf(task, named, say)}
                  </Go>
                ),
              },
              {
                head: say(words.raised),
                cell: ({ proposedBy, at }) => (
                  <>
                    <Person id={proposedBy} />
                    <br />
                    <time className="small">{momentText(at)}</time>
                  </>
                ),
              },
              {
                head: say(words.expires),
                cell: ({ expires }) => <time>{momentText(expires)}</time>,
              },
              { head: say(words.for_whom), cell: (task) => <ForWhom task={task} /> },
            ]}
          />
        </div>
      )}
    </Titled>
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
