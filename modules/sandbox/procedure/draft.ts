/**
 * `sandbox.draft` and `sandbox.revise`: an institution puts the first and every later version of its
 * declaration on file. A version on file binds nobody: somebody else has to sign it and the
 * supervisor to let it pass. They refuse identifiers that do not check, a technology firm without a
 * licensed institution, and attachments that are not there.
 */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Command } from "@sandbank/kernel/guard";
import { isRefusal, type Refusal } from "@sandbank/kernel/words";
import { z } from "zod";
import { refuseStep } from "../step.refusals.ts";
import { fileVersion, openApplication } from "../application/application.store.ts";
import { strayClause } from "../admission/admission.ts";
import { termsOf } from "../admission/terms.ts";
import {
  type Attachment,
  type Declaration,
  declarationContract,
} from "../declaration/declaration.contract.ts";
import { failedCheck, hashOf } from "../declaration/declaration.ts";
import { appendDeclaration } from "../declaration/declaration.store.ts";
import { type Weight, weightsOf } from "../declaration/difference.ts";
import { type Docket, loadDockets, shownOfDocket, standingFor } from "../docket/docket.ts";
import { standsAt } from "../pilot/pilot.ts";
import { enterPilot, restatePilot } from "../pilot/pilot.store.ts";
import { refuse } from "../refusals.ts";

const draftContract = z.strictObject({ declaration: declarationContract });
const reviseContract = draftContract.extend({
  /** The version that the drafter had before him. */
  after: z.int().min(1),
});

const DRAFTS = {
  class: "SERVICE",
  // Alone in their batch: names are unique among all pilots.
  barrier: true,
  may: ["institution_operator"],
  keys: ({ declaration }: { declaration: Declaration }) => ({
    reads: [],
    writes: [`pilot/${declaration.pilot}`],
  }),
  load: (tx, partition, questions) =>
    loadDockets(tx, partition, {
      questions,
      of: {
        slugOf: ({ declaration }) => declaration.pilot,
        hashesOf: ({ declaration }) => attachmentsOf(declaration).map(({ hash }) => hash),
      },
    }),
  shown: shownOfDocket,
} as const satisfies Partial<Command<{ declaration: Declaration }, Docket>>;

/** Refuses pilot_exists and the codes of `failedDraft`. */
export const draft: Command<Readonly<z.infer<typeof draftContract>>, Docket> = {
  ...DRAFTS,
  name: "sandbox.draft",
  contract: draftContract,
  decide({ state, command: { declaration }, principal, now }) {
    const { pilot } = declaration;
    if (state.pilot !== undefined) {
      return refuseStep("pilot_exists", { field: "/declaration/pilot", params: { pilot } });
    }
    const wrong = failedDraft(state, declaration, principal.organisation);
    if (wrong !== undefined) return wrong;
    const filed = { declaration, version: 1, weights: [], by: principal.id, now };
    const at = toIso(now);
    return {
      entries: [],
      changes: [
        change(enterPilot, { slug: pilot, state: "draft", since: at, declaration: 1 }),
        change(openApplication, { pilot, organisation: principal.organisation, at }),
        ...filing(filed),
      ],
      answer: { pilot, version: 1, hash: hashOf(declaration) },
    };
  },
};

/**
 * Refuses pilot_unknown, the state's own code, change_is_open, version_not_latest,
 * declaration_unchanged and the codes of `failedDraft`.
 */
export const revise: Command<Readonly<z.infer<typeof reviseContract>>, Docket> = {
  ...DRAFTS,
  name: "sandbox.revise",
  contract: reviseContract,
  decide({ state, command: { declaration, after }, principal, now }) {
    const standing = standingFor(state, principal);
    if (isRefusal(standing)) return standing;
    const { pilot, latest, changes } = standing;
    if (!["draft", "answering", "testing"].includes(pilot.state)) return standsAt(pilot.state);
    const open = changes.find((row) => row.state === "requested");
    if (open !== undefined) {
      return refuseStep("change_is_open", { params: { number: String(open.number) } });
    }
    if (after !== latest.version) {
      const params = { latest: String(latest.version), version: String(after) };
      return refuseStep("version_not_latest", { field: "/after", params });
    }
    const hash = hashOf(declaration);
    if (hash === hashOf(latest.body)) {
      return refuseStep("declaration_unchanged", { params: { version: String(after) } });
    }
    const wrong = failedDraft(state, declaration, principal.organisation);
    if (wrong !== undefined) return wrong;
    const version = after + 1;
    const weights = weightsOf(pilot.body, declaration);
    const stands = { slug: pilot.slug, declaration: version };
    return {
      entries: [],
      changes: [
        ...filing({ declaration, version, weights, by: principal.id, now }),
        ...(pilot.state === "draft" ? [change(restatePilot, stands)] : []),
      ],
      answer: { pilot: pilot.slug, version, hash, weights },
    };
  },
};

function filing(of: {
  readonly declaration: Declaration;
  readonly version: number;
  readonly weights: readonly Weight[];
  readonly by: string;
  readonly now: Instant;
}): Change[] {
  const { declaration, version, weights, by, now } = of;
  const { pilot } = declaration;
  const body = { body: declaration, hash: hashOf(declaration), at: toIso(now) };
  return [
    change(appendDeclaration, { pilot, version, ...body }),
    change(fileVersion, { pilot, version, drafted_by: by, weights: JSON.stringify(weights) }),
  ];
}

/**
 * Why a declaration may not be put on file. Codes in order: declaration_drafted_cites_a_source,
 * number_is_issued_at_registration, those of `failedCheck`, cap_given_twice,
 * cap_cites_no_declared_clause, pilot_name_taken, attachment_unknown.
 */
function failedDraft(
  docket: Docket,
  declaration: Declaration,
  organisation: string,
): Refusal | undefined {
  const { source, form, number } = declaration;
  if (source !== null || form === null) {
    const field = source === null ? "/declaration/form" : "/declaration/source";
    return refuseStep("declaration_drafted_cites_a_source", { field });
  }
  if (number !== null) {
    return refuseStep("number_is_issued_at_registration", { field: "/declaration/number" });
  }
  const failed = failedCheck(declaration);
  if (failed !== undefined) return { ...failed, field: `/declaration${failed.field ?? ""}` };
  const wrong = failedCaps(declaration);
  if (wrong !== undefined) return wrong;
  const { name, pilot } = declaration;
  const isTaken = docket.names.some(
    (row) => row.pilot !== pilot && (row.name.zh === name.zh || row.name.en === name.en),
  );
  if (isTaken) return refuseStep("pilot_name_taken", { field: "/declaration/name" });
  for (const { hash, type, bytes } of attachmentsOf(declaration)) {
    const kept = docket.attachments.some(
      (row) =>
        row.hash === hash &&
        row.organisation === organisation &&
        row.type === type &&
        row.bytes === bytes,
    );
    if (!kept) return refuseStep("attachment_unknown", { params: { hash } });
  }
  return undefined;
}

function failedCaps(declaration: Declaration): Refusal | undefined {
  const caps = declaration.form?.caps ?? [];
  const seen = new Set(declaration.scale.map((item) => item.id));
  for (const [at, cap] of caps.entries()) {
    if (seen.has(cap.id) || seen.has(cap.clause)) {
      const field = `/declaration/form/caps/${at}`;
      return refuseStep("cap_given_twice", { field, params: { cap_id: cap.id } });
    }
    seen.add(cap.id).add(cap.clause);
  }
  const terms = termsOf(declaration);
  const stray = terms && strayClause(terms, declaration);
  if (stray === undefined) return undefined;
  return refuse("cap_cites_no_declared_clause", { params: { clause: stray } });
}

/** Every attachment that a declaration refers to. */
function attachmentsOf({ form }: Declaration): readonly Attachment[] {
  if (form === null) return [];
  const named = [form.agreement, form.legal?.material ?? null, form.technical?.material ?? null];
  return named.filter((one) => one !== null);
}
