/** What a scenario holds against what it expected: written down once, and counted at its end. */

/** One thing that has to be so, with what was expected and seen. */
export interface Check {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly expected: string;
  readonly seen: string;
}

/** The checks that do not agree. */
export function failed(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ expected, seen }) => expected !== seen);
}
