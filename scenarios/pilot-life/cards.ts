/**
 * One in twenty customers loses his card: the issuer's core says so, and his token pays nothing until
 * the core says that the card has another number. The token stays what it was. A word that comes late
 * changes nothing.
 */
import { cardNumber } from "../customer.ts";
import { as, check, demand, read, tell } from "../stage.ts";
import { bodyOf } from "../front-door.ts";
import { inLanes } from "../lanes.ts";
import { keepBooks, live, tokensOf } from "./business.ts";
import { type Replacing, REPLACED_DAY } from "./business-plan.ts";
import type { Life, Step } from "./life.ts";
import { dayOfBusiness, type LifePlan, on, PILOT } from "./plan.ts";

/** What the core says of each card: lost, replaced, and once more that it was lost, too late. */
export const WORDS_OF_CARD = 3;

export function cardSteps(plan: LifePlan): Step[] {
  return [{ name: "replaced", at: on(plan, dayOfBusiness(REPLACED_DAY)), run: replaceAll }];
}

async function replaceAll(life: Life): Promise<void> {
  await tokensOf(life);
  const all = life.plan.days[REPLACED_DAY - 1]?.replacing ?? [];
  await inLanes(
    life.lanes,
    all.map((one, at) => () => replace(life, one, at)),
  );
  keepBooks(life);
  check(life, {
    name: "replaced",
    zh: "挂失后标记停用，换卡后同一标记照常支付，迟到的挂失无效",
    en: "A lost card's token pays nothing; with the new card the same token pays, whatever comes late",
    expected: `${all.length} replaced`,
    seen: `${all.filter(({ after }) => isPaid(life, after)).length} replaced`,
  });
  tell(life, {
    ...{ at: on(life.plan, dayOfBusiness(REPLACED_DAY)), pilot: PILOT },
    zh: `${all.length}张卡挂失并更换，支付标记不变`,
    en: `${all.length} cards are lost and replaced; their tokens stay`,
  });
}

function isPaid(life: Life, { shop, number }: Replacing["after"]): boolean {
  return life.shops[shop]?.book.find(number)?.state === "captured";
}

interface OfHolder {
  readonly tokens: readonly {
    readonly id: string;
    readonly card: string;
    readonly last4: string;
  }[];
}

async function replace(life: Life, one: Replacing, at: number): Promise<void> {
  const { size, customers } = life.plan;
  const holder = customers[one.customer]?.holder;
  const path = `/api/tokens?holder=${holder}`;
  const [held] = (await read<OfHolder>(life, path, "sandbar-bank customers")).tokens;
  demand(held !== undefined, `${holder} has no token`);
  const { card } = held;
  // One number lies between those of customers and those of replacements.
  const number = cardNumber(size + 1 + at);
  await word(life, { event: `lost-${at}`, card, seq: "2", kind: "lost" }, "applied lost");
  await live(life, one.lost);
  const replaced = { event: `replaced-${at}`, card, seq: "3", kind: "replaced" };
  await word(life, { ...replaced, number, expires: "2036-12" }, "applied open");
  await word(life, { event: `late-${at}`, card, seq: "1", kind: "lost" }, "superseded open");
  await live(life, one.after);
  const [now] = (await read<OfHolder>(life, path, "sandbar-bank customers")).tokens;
  const isSame = now?.id === held.id && now.last4 === number.slice(-4);
  demand(isSame, `${holder} holds ${now?.id} of …${now?.last4}, not the token that he had`);
}

interface Effect {
  readonly effect: string;
  readonly state: string;
}

/** A word of the issuer's core; the event names itself, so that it is told under no other key. */
async function word(
  life: Life,
  body: { readonly event: string; readonly [name: string]: string },
  foretold: string,
): Promise<void> {
  const heard = await as(life, "sandbar-bank operator").post("/api/card-events", undefined, body);
  const { effect, state } = bodyOf<Effect>(heard, "a word about a card");
  demand(
    `${effect} ${state}` === foretold,
    `${body.event} was ${effect} ${state}, not ${foretold}`,
  );
}
