/**
 * Why payments of a holder were declined, whole: the declines that the module wrote, joined with the
 * acts that guard or ledger refused by themselves, which only the journal keeps.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { DeclineAnswer } from "../contract.ts";
import type { RefusedAuthorisation, TokensPorts } from "../ports.ts";
import { findTokens } from "../token/token.store.ts";
import { type DeclineRow, findDeclines } from "./decline.store.ts";

/** The most that one reading shows. */
const DECLINES_MAX = 200;

/** Declines of a holder, newest first. */
export async function declinesOf(
  { store, partitions, journal }: Pick<TokensPorts, "store" | "partitions" | "journal">,
  holder: string,
): Promise<DeclineAnswer[]> {
  const partition = partitions.ofHolder(holder);
  const most = DECLINES_MAX;
  const [tokens, rows, refused] = await Promise.all([
    findTokens(store, partition, holder),
    findDeclines(store, partition, { holder, most }),
    journal.refused({ partition, most }),
  ]);
  const idOf = new Map(tokens.map(({ number, id }) => [number, id]));
  const own = refused.filter(({ content }) => idOf.has(content.token));
  const declines = [
    ...rows.map(keptDecline),
    ...own.map((act) => refusedDecline(act, idOf.get(act.content.token) ?? null)),
  ];
  return declines.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, most);
}

function keptDecline(row: DeclineRow): DeclineAnswer {
  const { id, token, organisation, scene, merchant, reference, amount, code } = row;
  return {
    ...{ act: id, at: toIso(row.at), token, organisation, scene, merchant, reference, code },
    amount: String(amount),
    failed: JSON.parse(row.failed) as DeclineAnswer["failed"],
  };
}

function refusedDecline(refused: RefusedAuthorisation, token: string | null): DeclineAnswer {
  const { act, at, organisation, code, failed, content } = refused;
  const { scene, merchant, reference, amount } = content;
  return {
    ...{ act, at: toIso(at), token, organisation, scene, merchant, reference, amount, code },
    failed: failed.map(({ used, cap, asked, ...rest }) => ({
      ...rest,
      ...(used === undefined ? {} : { used: String(used) }),
      ...(cap === undefined ? {} : { cap: String(cap) }),
      ...(asked === undefined ? {} : { asked: String(asked) }),
    })),
  };
}
