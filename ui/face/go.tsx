/** Links within a face. They are real links: a new tab, a copy of the address, all work. */
import type { MouseEvent, ReactNode } from "react";
import { go } from "./way.ts";

interface GoProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly current?: boolean;
}

/** True if the browser should do what it does with any link. */
function isPlainPress(event: MouseEvent): boolean {
  const held = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return !held && event.button === 0 && !event.defaultPrevented;
}

export function Go({ to, children, className, current }: GoProps) {
  return (
    <a
      href={to}
      {...(className === undefined ? {} : { className })}
      {...(current === true ? { "aria-current": "page" as const } : {})}
      onClick={(event) => {
        if (!isPlainPress(event)) return;
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </a>
  );
}
