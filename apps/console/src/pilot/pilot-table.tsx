/** Pilots one below the other with the phase of each and since when: each leads to a page of its own. */
import type { PilotSummary } from "@sandbank/sandbox/contract";
import { Go } from "../parts/go.tsx";
import { type Column, Listed } from "../parts/listed.tsx";
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
  readonly more?: Column<PilotSummary>;
}

export function PilotTable({ caption, pilots, to, more }: PilotTableProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  return (
    <div className="panel flush">
      <Listed
        caption={caption}
        rows={pilots}
        keyOf={({ slug }) => slug}
        columns={[
          {
            head: say(words.pilot),
            cell: ({ slug, name }) => (
              <Go to={to(slug)} className="go-to">
                {say(name)}
              </Go>
            ),
          },
          {
            head: say(words.phase),
            cell: ({ state, since }) => (
              <span>
                <PhaseTag state={state} />
                <br />
                <time className="small">{momentText(since).slice(0, 10)}</time>
              </span>
            ),
          },
          ...(more === undefined ? [] : [more]),
        ]}
      />
    </div>
  );
}
