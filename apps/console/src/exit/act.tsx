/** One act of an exit; which step or item it is about stands in the address. */
import { ActPage } from "../acting/act-page.tsx";
import { Gone } from "../parts/gone.tsx";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { exitActs } from "../words/exit.words.ts";
import { type Act, bodyOf, fieldsOf, isGrave, isOpen, PATHS, takesTwo } from "./acts.ts";
import { DryRun } from "./dry-run.tsx";
import { standingOf, useLeaving } from "./leaving.ts";

interface ExitActPageProps {
  readonly slug: string;
  readonly act: Act;
  readonly query: URLSearchParams;
}

export function ExitActPage({ slug, act, query }: ExitActPageProps) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const leaving = useLeaving(slug);
  const { pending, state } = leaving;
  const to = addressOf(lang, ["exits", slug]);
  const above = [...leaving.above, { to, label: leaving.title }];
  const title = say(exitActs[act].name);
  if (state === undefined || pending !== undefined) {
    return (
      <Titled title={title} above={above}>
        {pending === undefined ? (
          <Gone to={addressOf(lang, ["exits"])} />
        ) : (
          <Pending reading={pending} />
        )}
      </Titled>
    );
  }
  const item = { kind: query.get("kind") ?? "", ref: query.get("ref") ?? "" };
  const standing = standingOf(leaving);
  const asking = { say, who, ...standing };
  return (
    <ActPage
      {...{ title, above, to, two: takesTwo(act), grave: isGrave(act) }}
      open={isOpen(act, { ...standing, pilot: state }, who)}
      lead={say(exitActs[act].lead)}
      fields={(values) => fieldsOf(act, values, asking)}
      initial={{ step: query.get("step") ?? "" }}
      path={`/api/pilots/${encodeURIComponent(slug)}/exit${PATHS[act]}`}
      body={(values) => bodyOf(act, values, item)}
    >
      {act === "end" && (
        <p className="panel narrow">
          <code>
            {item.kind} / {item.ref}
          </code>
        </p>
      )}
      {act === "begin" && (
        <div className="narrow">
          <DryRun reading={leaving.dryRun} />
        </div>
      )}
    </ActPage>
  );
}
