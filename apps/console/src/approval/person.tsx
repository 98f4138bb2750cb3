/** Who somebody is: the name and the organisation, or the reference where the name is not known. */
import type { Text } from "@sandbank/kernel/words";
import { useAsk } from "../ask.ts";
import { sayIn, useSetting } from "../setting.ts";
import { approvalWords as words } from "../words/directive.words.ts";

interface Staff {
  readonly name: Text;
  readonly organisation: Text;
}

export function Person({ id }: { readonly id: string }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const mine = id === who.person;
  const staff = useAsk<Staff>(mine ? undefined : `/api/staff/${encodeURIComponent(id)}`, { lang });
  if (mine) return <>{say(words.yourself)}</>;
  if (staff.value === undefined) return <code>{id.slice(0, 8)}</code>;
  const { name, organisation } = staff.value;
  return <>{say(words.staff, { name: say(name), organisation: say(organisation) })}</>;
}
