/** A list whose every line is a way: what it is on the left, its figure or state on the right. */
import { Go } from "@sandbank/ui/face/parts";
import type { ReactNode } from "react";

export interface Line {
  readonly id: string;
  readonly to?: string | undefined;
  readonly what: ReactNode;
  readonly figure?: ReactNode;
}

export function Lines({
  label,
  lines,
}: {
  readonly label: string;
  readonly lines: readonly Line[];
}) {
  return (
    <ul className="list" aria-label={label}>
      {lines.map(({ id, to, what, figure }) => {
        const inside = (
          <>
            <span>{what}</span>
            {figure !== undefined && <span className="num">{figure}</span>}
          </>
        );
        return (
          <li key={id}>
            {to === undefined ? (
              <div className="cover">{inside}</div>
            ) : (
              <Go to={to} className="cover">
                {inside}
              </Go>
            )}
          </li>
        );
      })}
    </ul>
  );
}
