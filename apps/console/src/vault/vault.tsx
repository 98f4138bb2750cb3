/** The vault's keys: who holds them, how old they are, how far a rotation has come, who has looked. */
import type { VaultAnswer } from "@sandbank/tokens/contract";
import { formatCount } from "@sandbank/kernel/words";
import { Person } from "../approval/person.tsx";
import { useAsk } from "../ask.ts";
import { Listed } from "../parts/listed.tsx";
import { NextActs } from "../parts/next-acts.tsx";
import { Pending } from "../parts/pending.tsx";
import { Tag } from "../parts/state.tsx";
import { TideBar } from "../parts/tide.tsx";
import { Titled } from "../parts/titled.tsx";
import { momentText } from "../pilot/figures.ts";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import {
  KEY_KINDS,
  KEY_STATES,
  LOOK_PURPOSE_WORDS,
  vaultWords as words,
} from "../words/vault.words.ts";
import { turnsOf } from "./turns.ts";

const EVERY_MS = 5_000;

export function VaultPage() {
  const { lang, who } = useSetting();
  const say = sayIn(lang);
  const reading = useAsk<VaultAnswer>("/api/vault", { lang, every_ms: EVERY_MS });
  const { value } = reading;
  return (
    <Titled title={say(words.title)} lead={<p>{say(words.lead)}</p>}>
      <Pending reading={reading} lines={8} />
      {value !== undefined && (
        <>
          {who.roles.includes("institution_operator") && (
            <section className="stack" aria-labelledby="next">
              <h2 id="next">{say(words.next)}</h2>
              <NextActs
                acts={turnsOf(value, say).map(({ turn, ...act }) => ({
                  ...{ ...act, to: addressOf(lang, ["vault", turn]) },
                }))}
              />
            </section>
          )}
          <Kept vault={value} />
          <Keys vault={value} />
          <Rotations vault={value} />
          <Quotas vault={value} />
        </>
      )}
    </Titled>
  );
}

interface PartProps {
  readonly vault: VaultAnswer;
}

function Kept({ vault: { kept, keys } }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const inUse = new Set(keys.filter(({ state }) => state !== "destroyed").map(({ kek }) => kek));
  return (
    <section className="stack" aria-labelledby="kept">
      <h2 id="kept">{say(words.kept)}</h2>
      {kept.length === 0 && <p className="note warn">{say(words.kept_none)}</p>}
      {kept.length > 0 && (
        <div className="panel flush">
          <Listed
            caption={say(words.kept)}
            rows={kept}
            keyOf={({ name }) => name}
            columns={[
              { head: say(words.name), cell: ({ name }) => <code>{name}</code> },
              { head: say(words.first), cell: ({ holders: [first] }) => first },
              { head: say(words.second), cell: ({ holders: [, second] }) => second },
              { head: say(words.made), cell: ({ made }) => <time>{momentText(made)}</time> },
              {
                head: say(words.state),
                cell: ({ name }) => (
                  <Tag tone={inUse.has(name) ? "ok" : "off"}>
                    {say(inUse.has(name) ? words.in_use : words.spare)}
                  </Tag>
                ),
              },
            ]}
          />
        </div>
      )}
    </section>
  );
}

function Keys({ vault: { keys } }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="stack" aria-labelledby="keys">
      <h2 id="keys">{say(words.keys)}</h2>
      <div className="panel flush">
        <Listed
          caption={say(words.keys)}
          rows={keys}
          keyOf={({ kind, version }) => `${kind}/${version}`}
          columns={[
            { head: say(words.kind), cell: ({ kind }) => say(KEY_KINDS[kind] ?? words.kind) },
            { head: say(words.version), look: "num", cell: ({ version }) => version },
            {
              head: say(words.state),
              cell: ({ state }) => (
                <Tag tone={state === "current" ? "ok" : "off"}>
                  {say(KEY_STATES[state] ?? words.state)}
                </Tag>
              ),
            },
            {
              ...{ head: say(words.uses), look: "num" as const },
              cell: ({ kind, uses }) => (kind === "card" ? formatCount(BigInt(uses), lang) : "—"),
            },
            {
              head: say(words.made),
              cell: ({ made }) =>
                made === null ? say(words.before) : <time>{momentText(made)}</time>,
            },
          ]}
        />
      </div>
    </section>
  );
}

function Rotations({ vault: { rotations } }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const count = (text: string) => formatCount(BigInt(text), lang);
  return (
    <section className="stack" aria-labelledby="rotations">
      <h2 id="rotations">{say(words.rotations)}</h2>
      {rotations.length === 0 && <p className="panel empty">{say(words.rotations_none)}</p>}
      {rotations.length > 0 && (
        <div className="panel flush">
          <Listed
            caption={say(words.rotations)}
            rows={rotations}
            keyOf={({ id }) => id}
            bars
            columns={[
              { head: say(words.kind), cell: ({ kind }) => say(KEY_KINDS[kind] ?? words.kind) },
              {
                head: say(words.progress),
                cell: ({ moved, total }) => (
                  <>
                    <TideBar actual={BigInt(moved)} target={BigInt(total)} thin />
                    {say(words.progress_of, { moved: count(moved), total: count(total) })}
                  </>
                ),
              },
              { head: say(words.begun), cell: ({ begun }) => <time>{momentText(begun)}</time> },
              {
                head: say(words.ended),
                cell: ({ ended }) =>
                  ended === null ? (
                    <Tag tone="live">{say(words.going_on)}</Tag>
                  ) : (
                    <time>{momentText(ended)}</time>
                  ),
              },
            ]}
          />
        </div>
      )}
    </section>
  );
}

function Quotas({ vault: { quotas } }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const count = (text: string) => formatCount(BigInt(text), lang);
  return (
    <section className="stack" aria-labelledby="quotas">
      <h2 id="quotas">{say(words.quotas)}</h2>
      {quotas.length === 0 && <p className="panel empty">{say(words.quotas_none)}</p>}
      {quotas.length > 0 && (
        <div className="panel flush">
          <Listed
            caption={say(words.quotas)}
            rows={quotas}
            keyOf={({ principal, purpose }) => `${principal} ${purpose}`}
            columns={[
              { head: say(words.who), cell: ({ principal }) => <Person id={principal} /> },
              {
                head: say(words.purpose),
                cell: ({ purpose }) => say(LOOK_PURPOSE_WORDS[purpose] ?? words.purpose),
              },
              { head: say(words.used), look: "num", cell: ({ used }) => count(used) },
              { head: say(words.cap), look: "num", cell: ({ cap }) => count(cap) },
            ]}
          />
        </div>
      )}
    </section>
  );
}
