/**
 * Why payments of a holder were declined, whole: the refused acts about the holder as the journal has
 * them, with the declines that the module wrote where it said no itself.
 */
import { toIso } from "@sandbank/kernel/clock";
import type { DeclineAnswer, DeclinesAnswer } from "../contract.ts";
import type { RefusedAuthorisation, TokensPorts } from "../ports.ts";
import { findTokens } from "../token/token.store.ts";
import { type DeclineRow, findDeclines } from "./decline.store.ts";

/** Declines of one page. */
const PAGE = 100;
/** Beyond the newest act. */
const NEWEST = 9_223_372_036_854_775_807n;

/** Declines of a holder before a place in the order, newest first, a page at a time. */
export async function declinesOf(
  { store, partitions, journal }: Pick<TokensPorts, "store" | "partitions" | "journal">,
  { holder, before = NEWEST }: { readonly holder: string; readonly before?: bigint | undefined },
): Promise<DeclinesAnswer> {
  const partition = partitions.ofHolder(holder);
  const [tokens, refused] = await Promise.all([
    findTokens(store, partition, holder),
    journal.refused({ partition, holder, before, most: PAGE }),
  ]);
  const rows = await findDeclines(
    store,
    partition,
    refused.map(({ act }) => act),
  );
  const idOf = new Map(tokens.map(({ number, id }) => [number, id]));
  const last = refused.at(-1);
  return {
    declines: refused.map((act) => {
      const row = rows.get(act.act);
      return row ? keptDecline(act, row) : refusedDecline(act, idOf.get(act.content.token) ?? null);
    }),
    next: last === undefined || refused.length < PAGE ? null : last.seq.toString(),
  };
}

function shownOf({ act, at, organisation, content }: RefusedAuthorisation) {
  const { scene, merchant, reference, amount } = content;
  return { act, at: toIso(at), organisation, scene, merchant, reference, amount };
}

function keptDecline(refused: RefusedAuthorisation, row: DeclineRow): DeclineAnswer {
  const failed = JSON.parse(row.failed) as DeclineAnswer["failed"];
  const code = failed[0]?.code ?? refused.code;
  return { ...shownOf(refused), token: row.token, code, failed };
}

function refusedDecline(refused: RefusedAuthorisation, token: string | null): DeclineAnswer {
  const { code, failed } = refused;
  return {
    ...shownOf(refused),
    ...{ token, code },
    failed: failed.map(({ used, cap, asked, ...rest }) => ({
      ...rest,
      ...(used === undefined ? {} : { used: String(used) }),
      ...(cap === undefined ? {} : { cap: String(cap) }),
      ...(asked === undefined ? {} : { asked: String(asked) }),
    })),
  };
}
