/**
 * `sandbox.record_declaration`: puts the facts of a declared pilot on record, with the phase that
 * its source reports. Recording the same declaration again changes nothing. It refuses identifiers
 * that do not check, and a changed declaration of a pilot that has gone beyond registration.
 */
import { calendarDate, type Instant, shanghaiMidnight, toIso } from "@sandbank/kernel/clock";
import { change, type Change, type Command } from "@sandbank/kernel/guard";
import { z } from "zod";
import { publish, STEP_NOTICES } from "../notice/notice.ts";
import { type Dossier, loadDossiers } from "../dossier/dossier.ts";
import { standsAt } from "../pilot/pilot.ts";
import { refuse } from "../refusals.ts";
import { enterPilot, restatePilot } from "../pilot/pilot.store.ts";
import { declarationContract, type Declaration } from "../declaration/declaration.contract.ts";
import { failedCheck, hashOf } from "../declaration/declaration.ts";
import { appendDeclaration } from "../declaration/declaration.store.ts";

const contract = z.strictObject({ declaration: declarationContract });

/** Refuses declaration_reports_no_source, the codes of `failedCheck` and the state's own code. */
export const recordDeclaration: Command<{ declaration: Declaration }, Dossier> = {
  name: "sandbox.record_declaration",
  class: "SERVICE",
  contract,
  may: ["system", "supervisor_officer"],
  keys: ({ declaration }) => ({ reads: [], writes: [`pilot/${declaration.pilot}`] }),
  load: (tx, partition, questions) =>
    loadDossiers(tx, partition, { questions, slugOf: ({ declaration }) => declaration.pilot }),
  decide({ state: { pilot }, command: { declaration }, now }) {
    const { source } = declaration;
    if (source === null) return refuse("declaration_reports_no_source", { field: "/source" });
    const failed = failedCheck(declaration);
    if (failed !== undefined) return failed;
    const hash = hashOf(declaration);
    const slug = declaration.pilot;
    if (pilot?.hash === hash) {
      const answer = { pilot: slug, version: pilot.declaration, hash, recorded: false };
      return { entries: [], changes: [], answer };
    }
    if (pilot !== undefined && pilot.policy > 0) return standsAt(pilot.state);
    const version = (pilot?.declaration ?? 0) + 1;
    const row = { pilot: slug, version, hash, body: declaration, at: toIso(now) };
    const changes: Change[] = [change(appendDeclaration, row)];
    if (pilot === undefined) changes.unshift(...enter({ ...declaration, source }, now));
    else changes.push(change(restatePilot, { slug, declaration: version }));
    return {
      entries: [],
      changes,
      answer: { pilot: slug, version, hash, recorded: true },
      leaves: [{ t: "declaration", pilot: slug, version, hash }],
    };
  },
};

type Reported = Declaration & { readonly source: NonNullable<Declaration["source"]> };

function enter(declaration: Reported, now: Instant): Change[] {
  const { pilot: slug, name, source } = declaration;
  const state = source.registered === null ? "draft" : "registered";
  const published = shanghaiMidnight(calendarDate(source.published));
  const registered = source.registered && shanghaiMidnight(calendarDate(source.registered));
  const changes: Change[] = [
    change(enterPilot, { slug, state, since: toIso(registered || now), declaration: 1 }),
    publish({
      ...{ id: `${slug}/published`, pilot: slug, at: published, kind: "published" as const },
      text: STEP_NOTICES.published(name),
    }),
  ];
  if (registered !== null && registered !== "") {
    changes.push(
      publish({
        ...{ id: `${slug}/registered`, pilot: slug, at: registered, kind: "registered" as const },
        text: STEP_NOTICES.registered(name),
      }),
    );
  }
  return changes;
}
