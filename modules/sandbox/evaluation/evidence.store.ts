/** SQL of what findings rest on: whose evaluation it is that names a document by its hash. */
import { statement, type Store } from "@sandbank/kernel/store";

// Opinions are the experts' own until the review is over: each scores by himself.
const TAKES_PART = statement(
  "sandbox.takes_part_in_evaluation",
  `select exists (
     select from sandbox.evaluation_report r
       join sandbox.evaluation e on e.partition = r.partition and e.pilot = r.pilot
        and e.round = r.round
      where r.partition = $1 and (r.kind <> 'opinion' or e.state <> 'expert_review')
        and jsonb_path_exists(r.body, '$.**.evidence ? (@ == $hash)',
              jsonb_build_object('hash', $2::text))
        and (e.organisation = $4 or exists (
          select from sandbox.evaluation_expert x
           where x.partition = r.partition and x.pilot = r.pilot and x.round = r.round
             and x.person = $3 and x.organisation = $4 and x.state = 'appointed'))) as takes_part`,
);

/**
 * True if a finding rests on the document, and this person takes part in its evaluation: by the
 * institution that asked for it, or as an expert who was appointed and not excluded.
 */
export async function takesPartIn(
  store: Store,
  partition: number,
  of: { readonly hash: string; readonly person: string; readonly organisation: string },
): Promise<boolean> {
  const { hash, person, organisation } = of;
  const [row] = await store.query<{ readonly takes_part: boolean }>(TAKES_PART, [
    ...[partition, hash, person, organisation],
  ]);
  return row?.takes_part ?? false;
}
