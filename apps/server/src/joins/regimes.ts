/** What the public site shows of regimes: the sandbox's templates, in the site's own words. */
import { calendarDate } from "@sandbank/kernel/clock";
import type { RegimeColumn, RegimeLine } from "@sandbank/disclosure";
import { regimeAnswers } from "@sandbank/sandbox";
import type { RegimeAnswer } from "@sandbank/sandbox/contract";

/** Templates are data that ships: they change with the program and not while it runs. */
export function regimeColumns(): readonly RegimeColumn[] {
  return regimeAnswers().map(({ inForceFrom, compiledOn, items, id, name, authority, inUse }) => ({
    ...{ id, name, authority, inUse, compiledOn: calendarDate(compiledOn) },
    ...(inForceFrom === null ? {} : { inForceFrom: calendarDate(inForceFrom) }),
    items: items.map(lineOf),
  }));
}

function lineOf(item: RegimeAnswer["items"][number]): RegimeLine {
  const { id, text, mark, source, figure } = item;
  return { id, aspect: aspectOf(item), text, mark, source, ...(figure === null ? {} : { figure }) };
}

function aspectOf({ kind, of }: RegimeAnswer["items"][number]): RegimeLine["aspect"] {
  switch (kind) {
    case "entry":
    case "section":
    case "limit":
      return kind;
    case "duty":
      return of ?? "safeguard";
    case "clock":
    case "guarantee":
      return "clock";
  }
}
