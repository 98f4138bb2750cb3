/** Pilots one below the other with the phase of each and since when: each leads to a page of its own. */
import type { PilotSummary } from "@sandbank/sandbox/contract";
import type { ReactNode } from "react";
import { Go } from "../parts/go.tsx";
import { PhaseTag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { pilotWords as words } from "../words/pilot.words.ts";
import { momentText } from "./figures.ts";

export interface PilotTableProps {
  /** What the table is, for who cannot see it. */
  readonly caption: string;
  readonly pilots: readonly PilotSummary[];
  readonly to: (slug: string) => string;
  /** One column more. */
  readonly more?: { readonly head: string; readonly cell: (pilot: PilotSummary) => ReactNode };
}

export function PilotTable({ caption, pilots, to, more }: PilotTableProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="panel flush">
      <table className="cards">
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.pilot)}</th>
            <th scope="col">{say(words.phase)}</th>
            {more !== undefined && <th scope="col">{more.head}</th>}
          </tr>
        </thead>
        <tbody>
          {pilots.map((pilot) => (
            <tr key={pilot.slug}>
              <th scope="row">
                <Go to={to(pilot.slug)} className="go-to">
                  {say(pilot.name)}
                </Go>
              </th>
              <td data-label={say(words.phase)}>
                <span>
                  <PhaseTag state={pilot.state} />
                  <br />
                  <time className="small">{momentText(pilot.since).slice(0, 10)}</time>
                </span>
              </td>
              {more !== undefined && <td data-label={more.head}>{more.cell(pilot)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
