/** Rows of an application as JSON gives them. Pure. */
import { type Instant, toIso } from "@sandbank/kernel/clock";
import type { z } from "zod";
import type { ChangeRow } from "../change/change.store.ts";
import type { RoundRow } from "../consultation/consultation.store.ts";
import { type Clause, clauseList } from "../declaration/clauses.ts";
import type { Declaration } from "../declaration/declaration.contract.ts";
import { differences, weightsOf } from "../declaration/difference.ts";
import type {
  changeContract,
  clauseViewContract,
  DifferencesAnswer,
  filedVersionContract,
  roundContract,
  rulingContract,
} from "./application.contract.ts";
import type { FilingRow, RulingRow } from "./application.store.ts";

const when = (at: Instant | null) => (at === null ? null : toIso(at));

export function filedView(row: FilingRow): z.infer<typeof filedVersionContract> {
  return {
    ...{ version: row.version, hash: row.hash, at: toIso(row.at), draftedBy: row.drafted_by },
    ...{ weights: [...row.weights], signedBy: row.signed_by, key: row.key },
    ...{ signature: row.signature, signedAt: when(row.signed_at) },
    publishedAt: when(row.published_at),
  };
}

export function roundView(row: RoundRow): z.infer<typeof roundContract> {
  return {
    ...{ round: row.round, version: row.version, comments: row.comments },
    ...{ opens: toIso(row.opened_at), closes: toIso(row.closes_at) },
    state: row.ended === "" ? "open" : row.ended === "clock" ? "closed" : "broken_off",
  };
}

export function changeView(row: ChangeRow): z.infer<typeof changeContract> {
  return {
    ...{ id: row.id, number: row.number, version: row.version, material: row.round !== null },
    ...{ round: row.round, state: row.state, requestedAt: toIso(row.requested_at) },
    settledAt: when(row.settled_at),
  };
}

export function rulingView(row: RulingRow): z.infer<typeof rulingContract> {
  const { kind, version, reasons, at } = row;
  return { kind, version, reasons: [...reasons], at: toIso(at) };
}

export function clausesView(declaration: Declaration): z.infer<typeof clauseViewContract>[] {
  return clauseList(declaration).map(({ key, clause, title, lines }: Clause) => ({
    ...{ key, clause, title, lines: [...lines] },
  }));
}

/** What differs between two versions, and what it weighs. */
export function differencesView(of: {
  readonly pilot: string;
  readonly from: number;
  readonly to: number;
  readonly before: Declaration;
  readonly after: Declaration;
}): DifferencesAnswer {
  const { pilot, from, to, before, after } = of;
  return {
    ...{ pilot, from, to },
    weights: [...weightsOf(before, after)],
    differences: differences(before, after).map((one) => ({
      ...one,
      before: [...one.before],
      after: [...one.after],
    })),
  };
}
