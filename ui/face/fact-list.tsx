/** Facts by name. Those that are not there are left out: null, undefined, false and the empty text. */
import type { ReactNode } from "react";

export type Fact = readonly [name: string, value: ReactNode];

interface FactListProps {
  readonly facts: readonly Fact[];
  /** Where there is room a value stands beside its name, and not below it. */
  readonly wide?: boolean;
}

export function FactList({ facts, wide = false }: FactListProps) {
  const known = facts.filter(
    ([, value]) => value !== null && value !== undefined && value !== "" && value !== false,
  );
  return (
    <dl className={wide ? "facts wide" : "facts"}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
