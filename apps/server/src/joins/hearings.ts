/** Declarations, consultations and history as the public site asks for them. */
import type {
  ClauseName,
  Comment,
  CommentDesk,
  Consultation,
  ConsultationReader,
  Differences,
  History,
  Version,
} from "@sandbank/disclosure";
import { fromIso } from "@sandbank/kernel/clock";
import { isRefusal, type Text } from "@sandbank/kernel/words";
import type { SandboxModule } from "@sandbank/sandbox";
import type { ConsultationsAnswer, HistoryAnswer, VersionAnswer } from "@sandbank/sandbox/contract";

type Sources = Pick<SandboxModule, "hearings" | "register">;

/** Readings for everybody. */
export function hearingReadings({ hearings, register }: Sources): ConsultationReader {
  const named = async (slug: string) => {
    const detail = await register.detail(slug);
    return detail && { pilot: { slug, name: detail.name }, detail };
  };
  return {
    async consultation(slug) {
      const [found, pilot] = await Promise.all([hearings.consultations(slug), named(slug)]);
      if (found === undefined || pilot === undefined) return undefined;
      const version = found.rounds.at(-1)?.version ?? pilot.detail.declarationVersion;
      const asked = await hearings.version(slug, version);
      return consultationOf(pilot.pilot, found, asked);
    },
    async followed(receipt) {
      const found = await hearings.receipt(receipt);
      if (isRefusal(found)) return undefined;
      const { reason, answer, pilot: slug, name, at, body } = found;
      return {
        ...{ round: found.round, number: found.number, state: found.state },
        ...{ pilot: { slug, name }, at: fromIso(at) },
        ...(body !== null && { body }),
        ...(reason && { reason }),
        ...(answer && { answer: { ...answer, at: fromIso(answer.at) } }),
      };
    },
    async version(slug, version) {
      const [found, pilot] = await Promise.all([hearings.version(slug, version), named(slug)]);
      if (found === undefined || pilot === undefined) return undefined;
      const versions = pilot.detail.declarationVersions.map((one) => one.version);
      return versionOf(pilot.pilot, found, { versions, text: hearings.signedText(found) });
    },
    async differences(slug, range) {
      const [found, pilot] = await Promise.all([hearings.differences(slug, range), named(slug)]);
      if (found === undefined || pilot === undefined) return undefined;
      const clauses: Differences["clauses"] = found.differences.map(({ clause, ...rest }) => ({
        ...{ ...rest, number: clause },
      }));
      return { pilot: pilot.pilot, ...range, weights: found.weights, clauses };
    },
    async history(slug) {
      const [found, pilot] = await Promise.all([hearings.history(slug), named(slug)]);
      return found && pilot && historyOf(pilot.pilot, found);
    },
    async attachment(hash) {
      const found = await hearings.attachment(hash);
      if (isRefusal(found)) return undefined;
      return { name: found.name, type: found.type, bytes: found.content };
    },
  };
}

/** The form behind the public page: nobody is known there. */
export function commentDesk({ hearings }: Pick<Sources, "hearings">): CommentDesk {
  return {
    comment: ({ slug, id, ...said }) => hearings.comment({ pilot: slug, id, said }),
    erase: (of) => hearings.erase(of),
  };
}

interface Named {
  readonly slug: string;
  readonly name: Text;
}

function clausesOf(version: VersionAnswer | undefined): readonly ClauseName[] {
  return (version?.clauses ?? []).map(({ key, clause, title }) => ({ key, number: clause, title }));
}

function consultationOf(
  pilot: Named,
  found: ConsultationsAnswer,
  asked: VersionAnswer | undefined,
): Consultation {
  const clauses = clausesOf(asked);
  return {
    ...{ pilot, clauses, waiting: found.waiting },
    rounds: found.rounds.map(({ round, version, state, opens, closes }) => ({
      ...{ round, version, state, opens: fromIso(opens), closes: fromIso(closes) },
    })),
    comments: found.comments.map((one) => commentOf(one, clauses)),
  };
}

function commentOf(
  one: ConsultationsAnswer["comments"][number],
  clauses: readonly ClauseName[],
): Comment {
  const { answer, author, body, reason, duplicateOf } = one;
  const clause = clauses.find(({ key }) => key === one.clause);
  return {
    ...{ round: one.round, number: one.number, at: fromIso(one.at) },
    ...(one.erased && { erased: true as const }),
    ...(clause && { clause }),
    ...(author !== null && { author }),
    ...(body !== null && { body }),
    ...(reason && { reason }),
    ...(duplicateOf && { duplicateOf }),
    ...(answer && { answer: { ...answer, at: fromIso(answer.at) } }),
  };
}

function versionOf(
  pilot: Named,
  found: VersionAnswer,
  beside: { readonly versions: readonly number[]; readonly text: string },
): Version {
  const { form } = found.declaration;
  const named = [form?.agreement, form?.legal?.material, form?.technical?.material];
  const { publicKey, signature } = found;
  return {
    ...{ pilot, version: found.version, versions: beside.versions, hash: found.hash },
    at: fromIso(found.at),
    clauses: found.clauses.map(({ clause, ...rest }) => ({ ...rest, number: clause })),
    attachments: named.flatMap((one) => (one ? [{ hash: one.hash, name: one.name }] : [])),
    ...(publicKey !== null &&
      signature !== null && { signed: { publicKey, signature, text: beside.text } }),
  };
}

function historyOf(pilot: Named, found: HistoryAnswer): History {
  return {
    pilot,
    ...(found.number !== null && { number: found.number }),
    passages: found.passages.map(({ to, version, at }) => ({
      ...{ version, at: fromIso(at) },
      // Results of an evaluation are a stage of it to the public.
      to: (to === "passed" || to === "failed"
        ? "evaluation"
        : to) as History["passages"][number]["to"],
    })),
    rulings: found.rulings.flatMap(({ kind, version, reasons, at }) =>
      kind === "returned" ? [] : [{ kind, version, reasons, at: fromIso(at) }],
    ),
    changes: found.changes.map(({ number, version, material, state, requestedAt, settledAt }) => ({
      ...{ number, version, material, state, at: fromIso(requestedAt) },
      ...(settledAt !== null && { settledAt: fromIso(settledAt) }),
    })),
  };
}
