/**
 * Pilots that the demonstration leaves out, so that they can be declared in it from the first draft
 * on: their partitions and modules wait until they are armed. A name that nobody knows ends the start.
 */
import type { Config } from "@sandbank/kernel/config";
import { say, type Text } from "@sandbank/kernel/words";
import { numbersOf } from "./parts.ts";

const UNKNOWN: Text = {
  zh: "SANDBANK_DEMO_WITHOUT 中的“{pilot}”不是已知的试点。",
  en: 'SANDBANK_DEMO_WITHOUT names "{pilot}", which is no pilot here.',
};

/** Says what is wrong in both languages, as whatever keeps a Sandbank from starting does. */
class UnknownPilot extends Error {
  override readonly name = "UnknownPilot";
  readonly text: Text;

  constructor(pilot: string) {
    const text = { zh: say(UNKNOWN, "zh", { pilot }), en: say(UNKNOWN, "en", { pilot }) };
    super(text.en);
    this.text = text;
  }
}

/** Throws an UnknownPilot where one of the names is no pilot of this installation. */
export function leftOut({ demoWithout = [] }: Pick<Config, "demoWithout">): readonly string[] {
  const stray = demoWithout.find((pilot) => numbersOf(pilot).length === 0);
  if (stray !== undefined) throw new UnknownPilot(stray);
  return demoWithout;
}
