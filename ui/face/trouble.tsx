/** A refusal is shown as rule, reason and remedy, with the focus on it; it is not an error. */
import { type Lang, say, type Text } from "@sandbank/kernel/words";
import { useEffect, useRef } from "react";
import { uiWords } from "../words.ts";
import type { Trouble } from "./ask.ts";

interface TroubleProps {
  readonly trouble: Trouble;
  readonly lang: Lang;
  /** Takes the focus: for what follows a press, not for a reading that failed. */
  readonly focused?: boolean;
}

export function TroubleNote({ trouble, lang, focused = false }: TroubleProps) {
  const word = (text: Text) => say(text, lang);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) box.current?.focus();
  }, [focused, trouble]);
  const failed = (trouble.failed ?? []).filter((one) => one.detail !== trouble.detail);
  return (
    <div className="errors stack" role="alert" tabIndex={-1} ref={box}>
      <h2>{trouble.title}</h2>
      <dl className="facts">
        <div>
          <dt>{word(uiWords.reason)}</dt>
          <dd>
            {trouble.detail}
            {failed.map((one) => (
              <p key={one.code}>{one.detail}</p>
            ))}
          </dd>
        </div>
        {trouble.remedy !== "" && (
          <div>
            <dt>{word(uiWords.remedy)}</dt>
            <dd>{trouble.remedy}</dd>
          </div>
        )}
        <div>
          <dt>{word(uiWords.rule)}</dt>
          <dd>
            <code>{trouble.code}</code>
            {trouble.instance !== "" && (
              <span className="small">
                {" "}
                {word(uiWords.reference)} <code>{trouble.instance}</code>
              </span>
            )}
          </dd>
        </div>
      </dl>
    </div>
  );
}

/** A reading that failed before there was anything to show. */
export function ReadingTrouble({
  trouble,
  lang,
  again,
}: TroubleProps & { readonly again: () => void }) {
  return (
    <div className="stack">
      <TroubleNote trouble={trouble} lang={lang} />
      <button type="button" className="button" onClick={again}>
        {say(uiWords.try_again, lang)}
      </button>
    </div>
  );
}
