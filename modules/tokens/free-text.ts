/**
 * No card number comes in where none belongs: whatever a route of this module is sent is looked
 * through before anything else sees it, path, query, body and the caller's own id. A number is
 * refused, shown as its last four digits, and goes nowhere: neither journal nor log has it.
 */
import type { Asked, Route } from "@sandbank/kernel/http";
import { maskCard } from "@sandbank/kernel/words";
import { refuse } from "./free-text.refusals.ts";
import { cardNumberIn } from "./vault/recognise.ts";

/** A card's number where a card is bound or replaced, and amounts, which may be long. */
const NO_TEXT = /^number$|amount$/i;
/** Ids of ours and of callers: their digits are drawn. */
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** The same route, which refuses `card_number_in_text` first. */
export function refusingCardNumbers(route: Route): Route {
  const handle: Route["handle"] = async (asked) => {
    const found = numberIn(asked);
    if (!found) return route.handle(asked);
    return refuse("card_number_in_text", {
      field: found.field,
      params: { masked: maskCard(found.digits) },
    });
  };
  return { ...route, refusals: [...(route.refusals ?? []), "card_number_in_text"], handle };
}

interface Found {
  /** JSON pointer of the text, within the part of the request that it stands in. */
  readonly field: string;
  readonly digits: string;
}

function numberIn({
  id,
  params,
  query,
  body,
}: Asked<unknown, unknown, unknown>): Found | undefined {
  return within("/id", id) ?? within("", params) ?? within("", query) ?? within("", body);
}

function within(field: string, value: unknown): Found | undefined {
  if (typeof value === "string") {
    const digits = cardNumberIn(value.replaceAll(UUID, "/"));
    return digits === undefined ? undefined : { field, digits };
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (NO_TEXT.test(name)) continue;
    const found = within(`${field}/${name}`, inner) ?? within(`${field}/~`, name);
    if (found) return found;
  }
  return undefined;
}
