/** An act that cannot be taken back: asked for, then confirmed beside the question what it does. */
import { useState } from "react";

interface AskedTwiceProps {
  /** What it is done to, for whoever hears the button apart from its place. */
  readonly name: string;
  readonly says: Readonly<Record<"ask" | "keep" | "sure" | "yes", string>>;
  act(): void;
}

/** The focus stays on the button that asked. */
export function AskedTwice({ name, says, act }: AskedTwiceProps) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="stack">
      <p className="acts">
        <button
          type="button"
          className="button"
          aria-expanded={asking}
          onClick={() => setAsking(!asking)}
        >
          {asking ? says.keep : says.ask}
          <span className="sr"> {name}</span>
        </button>
      </p>
      {asking && (
        <>
          <p>{says.sure}</p>
          <p className="acts">
            <button type="button" className="button stop" onClick={act}>
              {says.yes}
            </button>
          </p>
        </>
      )}
    </div>
  );
}
