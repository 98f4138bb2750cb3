/** The head of a page: its title here and in the tab, where it stands, and what it is about. */
import { uiWords } from "@sandbank/ui";
import { Go } from "@sandbank/ui/face/parts";
import { type ReactNode, useEffect } from "react";
import { sayIn, useSetting } from "../setting.ts";
import { frameWords } from "../words/frame.words.ts";

export interface Above {
  readonly to: string;
  readonly label: string;
}

interface TitledProps {
  readonly title: string;
  readonly above?: readonly Above[];
  readonly lead?: ReactNode;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function Titled({ title, above = [], lead, beside, children }: TitledProps) {
  const say = sayIn(useSetting().lang);
  const name = say(frameWords.name);
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <>
      <div className="stack">
        {above.length > 0 && (
          <nav className="crumbs" aria-label={say(uiWords.crumbs)}>
            <ol>
              {above.map(({ to, label }) => (
                <li key={to}>
                  <Go to={to}>{label}</Go>
                </li>
              ))}
              <li>
                <span aria-current="page">{title}</span>
              </li>
            </ol>
          </nav>
        )}
        <div className="row">
          <h1>{title}</h1>
          {beside}
        </div>
        {lead !== undefined && <p className="quiet measure">{lead}</p>}
      </div>
      {children}
    </>
  );
}
