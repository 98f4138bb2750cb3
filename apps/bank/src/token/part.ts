/** The parts of a token's page: all on one page, or, in the elder view, each on its own. */

export const TOKEN_PARTS = ["limits", "hours", "scenes", "payments", "pause"] as const;
export type TokenPart = (typeof TOKEN_PARTS)[number];

export function isTokenPart(part: string): part is TokenPart {
  return (TOKEN_PARTS as readonly string[]).includes(part);
}
