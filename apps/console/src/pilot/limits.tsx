/** Limits as tide bars with every figure beside them, and those that have no one total as a table. */
import type { LimitsAnswer } from "@sandbank/sandbox/contract";
import { TideBar } from "../parts/tide.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { pilotWords as words } from "../words/pilot.words.ts";
import { figureOf, type Limit, periodText, SCOPES } from "./figures.ts";
import { Share } from "./share.tsx";

function Bar({ slug, limit }: { readonly slug: string; readonly limit: Limit }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const { used, left, cap, unit, admittedCap } = limit;
  const figure = (value: string) => figureOf(value, unit, lang);
  return (
    <div className="scale">
      <div className="row apart">
        <h3>{say(limit.label)}</h3>
        <Share slug={slug} limit={limit} />
      </div>
      <TideBar actual={BigInt(used ?? "0")} cap={BigInt(cap)} />
      <dl className="key">
        <div>
          <dt className="k-water">{say(words.used)}</dt>
          <dd>{figure(used ?? "0")}</dd>
        </div>
        <div>
          <dt className="k-sand">{say(words.left)}</dt>
          <dd>{figure(left ?? "0")}</dd>
        </div>
        <div>
          <dt className="k-wall">{say(words.cap)}</dt>
          <dd>{figure(cap)}</dd>
        </div>
      </dl>
      <p className="small meta lines">
        <span>{periodText(limit, say)}</span>
        <span>{say(words.clause, { clause: limit.clause })}</span>
        {admittedCap !== null && <span>{say(words.lowered, { cap: figure(admittedCap) })}</span>}
      </p>
    </div>
  );
}

export function Limits({ limits }: { readonly limits: LimitsAnswer }) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const measured = limits.limits.filter((limit) => limit.used !== null);
  const each = limits.limits.filter((limit) => limit.used === null);
  return (
    <>
      <div className="limits">
        {measured.map((limit) => (
          <Bar slug={limits.pilot} limit={limit} key={limit.id} />
        ))}
      </div>
      {each.length > 0 && (
        <div className="boxed">
          <table className="cards">
            <caption>{say(words.each_title)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.limit)}</th>
                <th scope="col">{say(words.applies)}</th>
                <th scope="col" className="num">
                  {say(words.cap)}
                </th>
              </tr>
            </thead>
            <tbody>
              {each.map((limit) => (
                <tr key={limit.id}>
                  <th scope="row">
                    {say(limit.label)}
                    <br />
                    <span className="small">{say(words.clause, { clause: limit.clause })}</span>
                  </th>
                  <td data-label={say(words.applies)}>
                    {say(limit.measure === "single" ? words.scope_single : SCOPES[limit.scope])}
                  </td>
                  <td className="num" data-label={say(words.cap)}>
                    {figureOf(limit.cap, limit.unit, lang)}
                    {limit.admittedCap !== null && (
                      <>
                        <br />
                        <span className="small">
                          {say(words.lowered, {
                            cap: figureOf(limit.admittedCap, limit.unit, lang),
                          })}
                        </span>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
