/**
 * The public record of a pilot beside the register: its published versions and what differs between
 * them, and where it has been. What nobody published is not there.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { Store } from "@sandbank/kernel/store";
import type {
  DifferencesAnswer,
  HistoryAnswer,
  VersionAnswer,
} from "../application/application.contract.ts";
import { findBody, readFilings, readRulings } from "../application/application.store.ts";
import {
  changeView,
  clausesView,
  differencesView,
  roundView,
  rulingView,
} from "../application/view.ts";
import { readChanges } from "../change/change.store.ts";
import { readRounds } from "../consultation/consultation.store.ts";
import { readVersions } from "../declaration/declaration.store.ts";
import { findPublicPilot } from "../pilot/pilot.store.ts";
import { SANDBOX_PARTITION } from "../ports.ts";
import { readNumbers, readPassages } from "../registration/registration.store.ts";
import { findKey } from "../signature/signature.store.ts";

const AT = SANDBOX_PARTITION;

/** A published version of a declaration, or undefined. */
export async function publicVersion(
  store: Store,
  of: { readonly pilot: string; readonly version: number },
): Promise<VersionAnswer | undefined> {
  const { pilot, version } = of;
  if ((await findPublicPilot(store, AT, pilot)) === undefined) return undefined;
  const versions = await readVersions(store, AT, pilot);
  const row = versions.find((one) => one.version === version);
  if (row === undefined) return undefined;
  const [body, filings] = await Promise.all([
    findBody(store, AT, of),
    readFilings(store, AT, pilot),
  ]);
  if (body === undefined) return undefined;
  const filing = filings.find((one) => one.version === version);
  const key = filing?.key ? await findKey(store, AT, filing.key) : undefined;
  return {
    ...{ pilot, version, hash: row.hash, at: toIso(row.at), declaration: body },
    ...{ weights: [...(filing?.weights ?? [])], clauses: clausesView(body) },
    ...{ key: filing?.key ?? null, signature: filing?.signature ?? null },
    publicKey: key?.public_key ?? null,
  };
}

/** What differs between two published versions, or undefined. */
export async function publicDifferences(
  store: Store,
  of: { readonly pilot: string; readonly from: number; readonly to: number },
): Promise<DifferencesAnswer | undefined> {
  const { pilot, from, to } = of;
  const [before, after] = await Promise.all([
    publicVersion(store, { pilot, version: from }),
    publicVersion(store, { pilot, version: to }),
  ]);
  if (before === undefined || after === undefined) return undefined;
  const bodies = { before: before.declaration, after: after.declaration };
  return differencesView({ pilot, from, to, ...bodies });
}

/**
 * Where a pilot has been since it became public, with the reasons of what was refused. What the
 * supervisor returned to the applicant before publication stays between the two.
 */
export async function publicHistory(
  store: Store,
  pilot: string,
): Promise<HistoryAnswer | undefined> {
  if ((await findPublicPilot(store, AT, pilot)) === undefined) return undefined;
  const [numbers, passages, rulings, rounds, changes] = await Promise.all([
    readNumbers(store, AT),
    readPassages(store, AT, pilot),
    readRulings(store, AT, pilot),
    readRounds(store, AT, pilot),
    readChanges(store, AT, pilot),
  ]);
  const hidden = ["draft", "submitted", "review"];
  return {
    pilot,
    number: numbers.get(pilot) ?? null,
    passages: passages
      .filter((row) => !hidden.includes(row.to_state))
      .map((row) => ({
        from: row.from_state !== null && hidden.includes(row.from_state) ? null : row.from_state,
        ...{ to: row.to_state, version: row.version, at: toIso(row.at) },
      })),
    rulings: rulings.filter((row) => row.kind !== "returned").map(rulingView),
    rounds: rounds.map(roundView),
    changes: changes.map(changeView),
  };
}
