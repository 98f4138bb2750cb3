/** What the public site needs to know of regimes, in its own words. */
import type { CalendarDate } from "@sandbank/kernel/clock";
import type { Text } from "@sandbank/kernel/words";
import type { ASPECTS, MARKS } from "./regime.words.ts";

/** The template of one regime: what it asks for, item by item, each with its source. */
export interface RegimeColumn {
  readonly id: string;
  readonly name: Text;
  readonly authority: Text;
  /** True for the one that this system runs. */
  readonly inUse: boolean;
  /** Since when its rules are in force; absent where that could not be found out. */
  readonly inForceFrom?: CalendarDate;
  readonly compiledOn: CalendarDate;
  readonly items: readonly RegimeLine[];
}

export interface RegimeLine {
  readonly id: string;
  readonly aspect: keyof typeof ASPECTS;
  readonly text: Text;
  readonly mark: keyof typeof MARKS;
  readonly source: Text;
  /** A number, under the name by which regimes are laid side by side. */
  readonly figure?: { readonly key: string; readonly label: Text; readonly value: Text };
}
