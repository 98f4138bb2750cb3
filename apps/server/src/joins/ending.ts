/** What the end of a pilot reads of the ledger and of the evidence, with the reading role only. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { toIso } from "@sandbank/kernel/clock";
import { factsLine, logFolder } from "@sandbank/kernel/evidence";
import { limitKey, type NewPartition, openings } from "@sandbank/kernel/guard";
import { openHolds, outstanding } from "@sandbank/kernel/ledger";
import type { Store } from "@sandbank/kernel/store";
import type { ArchivePlaces, Duty, ObligationReader } from "@sandbank/sandbox";

/** Lines of facts that are read at once. */
const FACTS_MOST = 2_000;

interface Served {
  readonly store: Store;
  /** Every partition of this installation. */
  readonly rows: readonly NewPartition[];
}

/** What the module of a pilot has left; undefined for a pilot without one. */
export type DutyReader = (pilot: string) => Promise<readonly Duty[] | undefined>;

/** Stocks and holds of a pilot, summed over its partitions, and what its own module has left. */
export function obligationReader({ store, rows }: Served, dutiesOf: DutyReader): ObligationReader {
  return {
    async read(pilot, stocks) {
      const own = rows.filter((row) => row.pilot === pilot && row.supervised);
      const partitions = own.map(({ partition }) => partition);
      const sums = await Promise.all(
        stocks.map(async ({ limit, unit }) => {
          // Of every owner, so a prefix: `limit/<id>/`.
          const prefix = limitKey(limit, "", "").slice(0, -1);
          const each = await Promise.all(partitions.map((one) => outstanding(store, one, prefix)));
          return { limit, unit, amount: each.reduce((sum, one) => sum + one.used + one.held, 0n) };
        }),
      );
      const holds = await Promise.all(partitions.map((one) => openHolds(store, one)));
      const ends = holds.flatMap(({ last }) => last ?? []);
      const duties = await dutiesOf(pilot);
      return {
        stocks: sums,
        holds: {
          count: holds.reduce((sum, one) => sum + one.holds, 0n),
          last: ends.length === 0 ? null : toIso(ends.reduce((a, b) => (a > b ? a : b))),
        },
        ...(duties === undefined ? {} : { duties }),
      };
    },
  };
}

/** Archives stand beside the logs in the data folder. */
export function archivePlaces({ store, rows }: Served, dataFolder: string): ArchivePlaces {
  return {
    folder: (pilot) => join(dataFolder, "archives", pilot),
    logs: (pilot) =>
      rows
        .filter((row) => row.pilot === pilot)
        .map(({ partition, origin }) => ({
          ...{ partition, origin, folder: join(dataFolder, "logs", logFolder(origin)) },
        }))
        .filter(({ folder }) => existsSync(join(folder, "checkpoint"))),
    async *facts(partition) {
      let after = 0n;
      for (;;) {
        const page = await openings(store, partition, { after, most: FACTS_MOST });
        for (const row of page) yield factsLine(row);
        const last = page.at(-1);
        if (last === undefined || page.length < FACTS_MOST) return;
        after = last.seq;
      }
    },
  };
}
