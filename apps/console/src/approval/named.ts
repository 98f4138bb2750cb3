/** What pilots are called, those too that the public does not know yet. */
import type { ApplicationSummary } from "@sandbank/sandbox/contract";
import type { Text } from "@sandbank/kernel/words";
import { useAsk } from "../ask.ts";
import { useReadings } from "../readings.ts";
import { useSetting } from "../setting.ts";

interface Named {
  readonly slug: string;
  readonly name: Text;
}

export function useNamed(): readonly Named[] {
  const { lang } = useSetting();
  const { pilots } = useReadings();
  const drafted = useAsk<{ readonly applications: readonly ApplicationSummary[] }>(
    "/api/applications",
    { lang },
  );
  return [...(pilots.value?.pilots ?? []), ...(drafted.value?.applications ?? [])];
}
