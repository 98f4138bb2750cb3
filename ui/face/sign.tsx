/** The sign: a sandbank over two lines of water, as frame.ts draws it on server-rendered pages. */

export function Sign() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path
        fill="var(--sand)"
        stroke="var(--ink)"
        strokeWidth="1.75"
        strokeLinejoin="round"
        d="M3 18.5c4.5 0 6.5-9 13-9s8.5 9 13 9z"
      />
      <path
        fill="none"
        stroke="var(--water)"
        strokeWidth="2.25"
        strokeLinecap="round"
        d="M3 23c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0 4.3-1.6 6.5 0 4.3 1.6 6.5 0M9.5 28c2.2-1.6 4.3-1.6 6.5 0s4.3 1.6 6.5 0"
      />
    </svg>
  );
}
