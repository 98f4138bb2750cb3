/** Proposing to turn one key of the vault; another person approves. */
import type { VaultAnswer } from "@sandbank/tokens/contract";
import { ActPage } from "../acting/act-page.tsx";
import { useAsk } from "../ask.ts";
import type { ActField } from "../parts/act-field.ts";
import { Pending } from "../parts/pending.tsx";
import { Titled } from "../parts/titled.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { turnWords, vaultWords as words } from "../words/vault.words.ts";
import { sparesOf, type Turn, turnsOf } from "./turns.ts";

export function TurnPage({ turn }: { readonly turn: Turn }) {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<VaultAnswer>("/api/vault", { lang });
  const { value } = reading;
  const to = addressOf(lang, ["vault"]);
  const above = [{ to, label: say(words.title) }];
  const title = say(turnWords[turn].name);
  if (value === undefined) {
    return (
      <Titled title={title} above={above}>
        <Pending reading={reading} lines={4} />
      </Titled>
    );
  }
  const blocked = turnsOf(value, say).find((one) => one.turn === turn)?.blocked;
  const which: ActField = {
    ...{ kind: "choice", name: "kek", label: say(words.key_name) },
    hint: say(words.key_name_hint),
    options: sparesOf(value).map((name) => ({ value: name, label: name })),
  };
  return (
    <ActPage
      title={title}
      lead={say(turnWords[turn].what)}
      {...{ above, to }}
      two
      open={who.roles.includes("institution_operator") && blocked === undefined}
      fields={turn === "kek" ? [which] : []}
      path="/api/vault/rotations"
      body={({ kek }) => (turn === "kek" ? { kind: turn, kek } : { kind: turn })}
    />
  );
}
