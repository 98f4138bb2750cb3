/** What stands in the place of a reading without a value: its shape, or why it did not come. */
import type { Reading } from "../ask.ts";
import { useSetting } from "../setting.ts";
import { ReadingTrouble } from "./trouble.tsx";
import { Waiting } from "./waiting.tsx";

interface PendingProps {
  readonly reading: Reading<unknown>;
  readonly lines?: number;
}

export function Pending({ reading, lines = 4 }: PendingProps) {
  const { lang } = useSetting();
  const { value, trouble, waiting, again } = reading;
  if (value !== undefined) return null;
  if (trouble !== undefined) return <ReadingTrouble trouble={trouble} lang={lang} again={again} />;
  return waiting ? <Waiting lang={lang} lines={lines} /> : null;
}
