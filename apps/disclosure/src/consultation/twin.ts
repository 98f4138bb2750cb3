/** The machine-readable twins of declarations, what was said about them, and history. */
import { toIso } from "@sandbank/kernel/clock";
import type { Lang } from "@sandbank/kernel/words";
import type { Json, PageAnswer } from "../face.ts";
import type { DisclosureReader } from "../ports.ts";
import { settingTwin } from "../twin.ts";
import type { Answer, Comment } from "../hearing.ports.ts";

type Twin = { readonly [name: string]: Json | undefined };

async function twin(reader: DisclosureReader, json: Twin): Promise<PageAnswer> {
  return { status: 200, json: { ...settingTwin(await reader.setting()), ...json } };
}

export async function consultationTwin(
  reader: DisclosureReader,
  lang: Lang,
  slug: string,
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.consultation(slug);
  if (found === undefined) return undefined;
  return twin(reader, {
    ...{ pilot: slug, name: found.pilot.name[lang], waiting: found.waiting },
    rounds: found.rounds.map(({ opens, closes, ...rest }) => ({
      ...rest,
      ...{ opens: toIso(opens), closes: toIso(closes) },
    })),
    comments: found.comments.map((one) => commentTwin(one, lang)),
    page: `/${lang}/pilots/${slug}/consultation`,
  });
}

function commentTwin(comment: Comment, lang: Lang): Twin {
  const { duplicateOf } = comment;
  return {
    ...{ round: comment.round, number: comment.number, clause: comment.clause?.key },
    ...{ author: comment.author, body: comment.body, erased: comment.erased },
    at: toIso(comment.at),
    set_aside_because: comment.reason?.[lang],
    same_as: duplicateOf && { ...duplicateOf },
    answer: answerTwin(comment.answer, lang),
  };
}

function answerTwin(answer: Answer | undefined, lang: Lang): Twin | undefined {
  return answer && { text: answer.text[lang], amends: answer.changes, at: toIso(answer.at) };
}

export async function versionTwin(
  reader: DisclosureReader,
  lang: Lang,
  of: { readonly slug: string; readonly version: number },
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.version(of.slug, of.version);
  if (found === undefined) return undefined;
  return twin(reader, {
    ...{ pilot: of.slug, version: found.version, versions: found.versions },
    ...{ sha256: found.hash, published: toIso(found.at) },
    signature: found.signed && {
      ...{ algorithm: "Ed25519", public_key: found.signed.publicKey },
      ...{ value: found.signed.signature, signed_text: found.signed.text },
    },
    clauses: found.clauses.map(({ key, number, title, lines }) => ({
      ...{ key, number, title: title[lang], lines: lines.map((line) => line[lang]) },
    })),
    attachments: found.attachments.map(({ hash, name }) => ({
      ...{ name, sha256: hash, address: `/${lang}/attachments/${hash}` },
    })),
    page: `/${lang}/pilots/${of.slug}/declaration/${found.version}`,
  });
}

export async function differencesTwin(
  reader: DisclosureReader,
  lang: Lang,
  of: { readonly slug: string; readonly from: number; readonly to: number },
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.differences(of.slug, of);
  if (found === undefined) return undefined;
  return twin(reader, {
    ...{ pilot: of.slug, from: found.from, to: found.to },
    material_because: found.weights,
    clauses: found.clauses.map(({ key, number, title, before, after }) => ({
      ...{ key, number, title: title[lang] },
      before: before.map((line) => line[lang]),
      after: after.map((line) => line[lang]),
    })),
  });
}

export async function historyTwin(
  reader: DisclosureReader,
  lang: Lang,
  slug: string,
): Promise<PageAnswer | undefined> {
  const found = await reader.hearings.history(slug);
  if (found === undefined) return undefined;
  return twin(reader, {
    ...{ pilot: slug, number: found.number },
    passages: found.passages.map(({ to, version, at }) => ({ to, version, at: toIso(at) })),
    rulings: found.rulings.map(({ kind, version, reasons, at }) => ({
      ...{ kind, version, reasons: reasons.map((one) => one[lang]), at: toIso(at) },
    })),
    changes: found.changes.map(({ at, settledAt, ...rest }) => ({
      ...rest,
      ...{ asked: toIso(at), settled: settledAt && toIso(settledAt) },
    })),
    page: `/${lang}/pilots/${slug}/history`,
  });
}
