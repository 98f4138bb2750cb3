/** The sections of the form as a list of links: where the reader is, what is missing, what is wrong. */
import { formWords } from "@sandbank/sandbox/contract";
import { Go } from "../parts/go.tsx";
import { Tag } from "../parts/state.tsx";
import { sayIn, useSetting } from "../setting.ts";
import { declaringWords as words } from "../words/declaring.words.ts";
import type { NamedFault } from "./called.ts";
import { type Section, sectionOf, SECTIONS } from "./draft.ts";

interface SectionListProps {
  readonly section: Section;
  readonly faults: readonly NamedFault[];
  /** What the version on file lacks, as JSON pointers. */
  readonly missing: readonly { readonly field: string }[];
  to(section: Section): string;
}

export function SectionList({ section, faults, missing, to }: SectionListProps) {
  const { lang } = useSetting();
  const say = sayIn(lang);
  const wrong = new Set(faults.map(({ path }) => sectionOf(path)));
  const lacking = new Set(missing.map(({ field }) => sectionOf(field.split("/").slice(1))));
  return (
    <nav className="panel stack" aria-labelledby="sections">
      <h2 id="sections">{say(words.sections)}</h2>
      <ol className="rows tight">
        {SECTIONS.map((one) => {
          const { clause, zh, en } = formWords.SECTIONS[one];
          return (
            <li key={one} className="row apart">
              <Go to={to(one)} className="go-to" current={one === section}>
                <span>
                  <span className="mono">{clause}</span> {say({ zh, en })}
                </span>
              </Go>
              {wrong.has(one) && <Tag tone="stop">{say(words.faulty)}</Tag>}
              {!wrong.has(one) && lacking.has(one) && <Tag tone="warn">{say(words.missing)}</Tag>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
