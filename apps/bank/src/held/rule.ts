/** Whose rule a clause is, as the API cites it: `control v3`, `issuer control v3`, `1.10-C3`. Pure. */

export type Rule =
  | { readonly by: "holder" | "issuer"; readonly version: string }
  | { readonly by: "pilot"; readonly clause: string };

/** A version of the holder's own controls or of the bank's bounds on him, else the pilot's clause. */
export function ruleOf(clause: string): Rule {
  const [, issuer, version] = /^(issuer )?control v(\d+)$/.exec(clause) ?? [];
  if (version === undefined) return { by: "pilot", clause };
  return { by: issuer === undefined ? "holder" : "issuer", version };
}
