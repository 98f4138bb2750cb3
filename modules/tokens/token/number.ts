/**
 * Numbers of payment tokens: 16 digits, drawn at random within a range of our own and checked by
 * Luhn (ISO/IEC 7812-1). They are not made from the card's number, so there is nothing to turn back.
 * Country code 999 is left to users by ISO 3166, so no card of any bank begins like this.
 */
import assert from "node:assert/strict";
import { randomBelow } from "@sandbank/kernel/clock";
import { luhnDigit } from "../vault/number.ts";

/** First digits of every token; then two of the slot, seven drawn, one that checks. */
export const TOKEN_BIN = "999988";
/** How many numbers one command draws: a slot of 10 million may be half full and one in 65,536 fails. */
export const CANDIDATES = 16;

/** Draws the numbers among which a token takes the first that is free. */
export function drawNumbers(slot: number): string[] {
  assert(Number.isInteger(slot) && slot >= 0 && slot <= 99, "a slot has two digits");
  return Array.from({ length: CANDIDATES }, () => {
    const drawn = String(randomBelow(10_000_000)).padStart(7, "0");
    const head = `${TOKEN_BIN}${String(slot).padStart(2, "0")}${drawn}`;
    return head + luhnDigit(head);
  });
}

/** The slot that a token's number names, or undefined for a number of another range. */
export function slotOfNumber(number: string): number | undefined {
  if (number.length !== 16 || !number.startsWith(TOKEN_BIN)) return undefined;
  return Number(number.slice(6, 8));
}
