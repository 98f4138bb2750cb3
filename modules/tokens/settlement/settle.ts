/**
 * Settling a day that is over: what is owed to the requestor is paid out, and the day is closed. Days
 * are settled in their order, since each carries into the next.
 */
import { shanghaiDate, toIso } from "@sandbank/kernel/clock";
import { change, type Command } from "@sandbank/kernel/guard";
import type { Entry } from "@sandbank/kernel/ledger";
import { fen } from "@sandbank/kernel/money";
import { z } from "zod";
import { settleBodyContract, tridContract } from "../contract.ts";
import { refuse } from "../refusals.ts";
import type { Requestor } from "../requestor/requestor.ts";
import { requestorsIn } from "../requestor/requestor.store.ts";
import { settledOf, shownDay } from "./settlement.ts";
import { addSettlement, type DayToSettle, daysToSettleIn } from "./settlement.store.ts";

const content = settleBodyContract.extend({ trid: tridContract });
type Settling = z.infer<typeof content>;

interface Found {
  readonly requestor: Requestor | undefined;
  readonly day: DayToSettle;
}

/**
 * Settles a day of a requestor. Posting: debit `settlement/{trid}`, credit `payout/{trid}`, at once.
 * Refuses `requestor_unknown`, `settlement_day_not_over`, `settlement_exists`,
 * `settlement_out_of_order`.
 */
export const settle: Command<Settling, Found> = {
  name: "tokens.settle",
  class: "SERVICE",
  contract: content,
  // Not alongside: whatever moved in the day is committed before it is added up.
  may: ["institution_operator", "system"],
  keys: ({ trid }) => ({ reads: [`requestor/${trid}`], writes: [`settlement/${trid}`] }),
  async load(tx, partition, questions) {
    const asked = questions.map(({ command }) => command);
    const [requestors, days] = await Promise.all([
      requestorsIn(
        tx,
        partition,
        asked.map(({ trid }) => trid),
      ),
      daysToSettleIn(tx, partition, asked),
    ]);
    return asked.map(({ trid }, i) => ({
      requestor: requestors.get(trid),
      day: days[i] as DayToSettle,
    }));
  },
  decide({ state: { requestor, day: found }, command: { trid, day }, now }) {
    if (!requestor) return refuse("requestor_unknown");
    if (day >= shanghaiDate(now)) return refuse("settlement_day_not_over");
    const { last, waiting, opening, captures, captured, refunds, refunded } = found;
    if (last !== null && last >= day) return refuse("settlement_exists");
    if (waiting !== null) return refuse("settlement_out_of_order", { params: { day: waiting } });
    const settled = settledOf(opening, { captures, captured, refunds, refunded });
    return {
      entries: settled.paid === 0n ? [] : [payout(requestor, settled.paid)],
      changes: [change(addSettlement, { ...settled, trid, day, at: toIso(now) })],
      answer: { ...shownDay(trid, day, settled) },
    };
  },
};

function payout({ trid, organisation }: Requestor, amount: bigint): Entry {
  const account = { book: "money:CNY" as const, owner: organisation };
  return {
    kind: "transfer",
    debit: { key: `settlement/${trid}`, ...account },
    credit: { key: `payout/${trid}`, ...account },
    amount: fen(amount),
  };
}
