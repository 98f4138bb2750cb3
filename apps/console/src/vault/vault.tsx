/** The vault's keys: who holds them, how old they are, how far a rotation has come, who has looked. */
import type { VaultAnswer } from "@sandbank/tokens/contract";
import { formatCount } from "@sandbank/kernel/words";
import { useAsk } from "../ask.ts";
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
          <table className="cards">
            <caption className="sr">{say(words.kept)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.name)}</th>
                <th scope="col">{say(words.first)}</th>
                <th scope="col">{say(words.second)}</th>
                <th scope="col">{say(words.made)}</th>
                <th scope="col">{say(words.state)}</th>
              </tr>
            </thead>
            <tbody>
              {kept.map(({ name, made, holders: [first, second] }) => (
                <tr key={name}>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td data-label={say(words.first)}>{first}</td>
                  <td data-label={say(words.second)}>{second}</td>
                  <td data-label={say(words.made)}>
                    <time>{momentText(made)}</time>
                  </td>
                  <td data-label={say(words.state)}>
                    <Tag tone={inUse.has(name) ? "ok" : "off"}>
                      {say(inUse.has(name) ? words.in_use : words.spare)}
                    </Tag>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
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
        <table className="cards">
          <caption className="sr">{say(words.keys)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.kind)}</th>
              <th scope="col" className="num">
                {say(words.version)}
              </th>
              <th scope="col">{say(words.state)}</th>
              <th scope="col" className="num">
                {say(words.uses)}
              </th>
              <th scope="col">{say(words.made)}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map(({ kind, version, state, uses, made }) => (
              <tr key={`${kind}/${version}`}>
                <th scope="row">{say(KEY_KINDS[kind] ?? words.kind)}</th>
                <td className="num" data-label={say(words.version)}>
                  {version}
                </td>
                <td data-label={say(words.state)}>
                  <Tag tone={state === "current" ? "ok" : "off"}>
                    {say(KEY_STATES[state] ?? words.state)}
                  </Tag>
                </td>
                <td className="num" data-label={say(words.uses)}>
                  {kind === "card" ? formatCount(BigInt(uses), lang) : "—"}
                </td>
                <td data-label={say(words.made)}>
                  {made === null ? say(words.before) : <time>{momentText(made)}</time>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Rotations({ vault: { rotations } }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="stack" aria-labelledby="rotations">
      <h2 id="rotations">{say(words.rotations)}</h2>
      {rotations.length === 0 && <p className="panel empty">{say(words.rotations_none)}</p>}
      {rotations.length > 0 && (
        <div className="panel flush">
          <table className="cards caps">
            <caption className="sr">{say(words.rotations)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.kind)}</th>
                <th scope="col">{say(words.progress)}</th>
                <th scope="col">{say(words.begun)}</th>
                <th scope="col">{say(words.ended)}</th>
              </tr>
            </thead>
            <tbody>
              {rotations.map(({ id, kind, moved, total, begun, ended }) => (
                <tr key={id}>
                  <th scope="row">{say(KEY_KINDS[kind] ?? words.kind)}</th>
                  <td data-label={say(words.progress)}>
                    <TideBar actual={BigInt(moved)} target={BigInt(total)} thin />
                    {say(words.progress_of, {
                      moved: formatCount(BigInt(moved), lang),
                      total: formatCount(BigInt(total), lang),
                    })}
                  </td>
                  <td data-label={say(words.begun)}>
                    <time>{momentText(begun)}</time>
                  </td>
                  <td data-label={say(words.ended)}>
                    {ended === null ? (
                      <Tag tone="live">{say(words.going_on)}</Tag>
                    ) : (
                      <time>{momentText(ended)}</time>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Quotas({ vault: { quotas } }: PartProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <section className="stack" aria-labelledby="quotas">
      <h2 id="quotas">{say(words.quotas)}</h2>
      {quotas.length === 0 && <p className="panel empty">{say(words.quotas_none)}</p>}
      {quotas.length > 0 && (
        <div className="panel flush">
          <table className="cards">
            <caption className="sr">{say(words.quotas)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.who)}</th>
                <th scope="col">{say(words.purpose)}</th>
                <th scope="col" className="num">
                  {say(words.used)}
                </th>
                <th scope="col" className="num">
                  {say(words.cap)}
                </th>
              </tr>
            </thead>
            <tbody>
              {quotas.map(({ principal, purpose, used, cap }) => (
                <tr key={`${principal} ${purpose}`}>
                  <th scope="row">{principal}</th>
                  <td data-label={say(words.purpose)}>
                    {say(LOOK_PURPOSE_WORDS[purpose] ?? words.purpose)}
                  </td>
                  <td className="num" data-label={say(words.used)}>
                    {formatCount(BigInt(used), lang)}
                  </td>
                  <td className="num" data-label={say(words.cap)}>
                    {formatCount(BigInt(cap), lang)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
