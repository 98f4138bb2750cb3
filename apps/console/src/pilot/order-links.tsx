/** The ways to the orders that a reader may propose on a pilot; nothing where there is none. */
import type { Order } from "@sandbank/sandbox/contract";
import type { ReactNode } from "react";
import { Go } from "../parts/go.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { addressOf } from "../way.ts";
import { pilotWords as words } from "../words/pilot.words.ts";

const LINKS = {
  suspension: { word: words.suspend, look: "button stop" },
  restriction: { word: words.restrict, look: "button" },
  resumption: { word: words.resume, look: "button primary" },
  lifting: { word: words.lift, look: "button" },
} as const;

interface OrdersProps {
  readonly slug: string;
  readonly open: readonly Order["kind"][];
  /** What stands in the same row after them. */
  readonly children?: ReactNode;
}

export function Orders({ slug, open, children }: OrdersProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  if (open.length === 0 && children === undefined) return null;
  return (
    <p className="row">
      {open.map((kind) => (
        <Go
          to={addressOf(lang, ["directives", slug, kind])}
          className={LINKS[kind].look}
          key={kind}
        >
          {say(LINKS[kind].word)}
        </Go>
      ))}
      {children}
    </p>
  );
}
