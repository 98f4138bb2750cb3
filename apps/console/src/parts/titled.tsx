/** The head of a page: its title here and in the tab, where it stands, and what it is about. */
import { type ReactNode, useEffect } from "react";
import { uiWords } from "@sandbank/ui";
import { sayIn, useSetting } from "../setting.ts";
import { Go } from "./go.tsx";

interface TitledProps {
  readonly title: string;
  readonly above?: readonly { readonly to: string; readonly label: string }[];
  readonly lead?: ReactNode;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function Titled({ title, above = [], lead, beside, children }: TitledProps) {
  const { lang } = useSetting();
  useEffect(() => {
    document.title = `${title} · Sandbank`;
  }, [title]);
  return (
    <>
      <div className="stack">
        {above.length > 0 && (
          <nav className="crumbs" aria-label={sayIn(lang)(uiWords.crumbs)}>
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
        <div className="row apart">
          <h1>{title}</h1>
          {beside}
        </div>
        {lead !== undefined && <div className="quiet">{lead}</div>}
      </div>
      {children}
    </>
  );
}
