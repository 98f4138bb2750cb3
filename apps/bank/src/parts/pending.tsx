/** What stands in the place of a reading without a value: its shape, or why it did not come. */
import { ReadingTrouble } from "@sandbank/ui/face/parts";
import type { Reading } from "../ask.ts";
import { useSetting } from "../setting.ts";
import { Waiting } from "./waiting.tsx";

export function Pending({ reading }: { readonly reading: Reading<unknown> }) {
  const { lang } = useSetting();
  const { value, trouble, waiting, again } = reading;
  if (value !== undefined) return null;
  if (trouble !== undefined) return <ReadingTrouble trouble={trouble} lang={lang} again={again} />;
  return waiting ? <Waiting lang={lang} /> : null;
}
