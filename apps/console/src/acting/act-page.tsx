/** The page of one act: what it means, who else must approve, what it asks for, what came of it. */
import { type ComponentProps, type ReactNode, useState } from "react";
import { ActForm } from "../parts/act-form.tsx";
import { Titled } from "../parts/titled.tsx";
import { useReadings } from "../readings.ts";
import { sayIn, useSetting } from "../setting.ts";
import { actWords as words } from "../words/complaint.words.ts";
import { Came } from "./came.tsx";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { NotOpen } from "./not-open.tsx";

interface ActPageProps extends Pick<
  ComponentProps<typeof ActForm>,
  "fields" | "path" | "body" | "grave" | "initial"
> {
  /** The title and the button: what is done. */
  readonly title: string;
  readonly lead: string;
  /** Whether another person must approve it, of the supervisor or of one's own institution. */
  readonly two?: boolean | "institution";
  /** Whether the act is open to the reader, as it was when the page came up. */
  readonly open: boolean;
  readonly above: readonly { readonly to: string; readonly label: string }[];
  /** Where the reader goes on afterwards. */
  readonly to: string;
  /** What the act is about, before its fields. */
  readonly children?: ReactNode;
}

export function ActPage(props: ActPageProps) {
  const { lang } = useSetting();
  const { tasks } = useReadings();
  const [outcome, setOutcome] = useState<Outcome>();
  const { title, lead, two = false, open, above, to, children, ...form } = props;
  // What is being filled in stays on the page, whatever is read meanwhile.
  const [wasOpen] = useState(open);
  if (outcome !== undefined) return <Came outcome={outcome} to={to} above={above} />;
  if (!wasOpen) return <NotOpen {...{ title, above, to }} />;
  return (
    <Titled title={title} above={above} lead={<p>{lead}</p>}>
      {two !== false && (
        <p className="note tide narrow">
          {sayIn(lang)(two === "institution" ? words.by_two_institution : words.by_two)}
        </p>
      )}
      {children}
      <div className="narrow">
        <ActForm
          {...form}
          act={title}
          done={(came) => {
            setOutcome(outcomeOf(came));
            tasks.again();
          }}
        />
      </div>
    </Titled>
  );
}
