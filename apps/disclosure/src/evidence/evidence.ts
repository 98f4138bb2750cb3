/**
 * The evidence of a pilot: the state of its public log, and one receipt that the reader can check,
 * here in the browser or offline. Without scripts the button stays away and the command remains.
 */
import { type Lang, formatCount, formatInstant, say } from "@sandbank/kernel/words";
import { type Html, facts, html, jsonBlock } from "@sandbank/ui";
import type { Evidence, VerifierKey } from "../ports.ts";
import { words } from "../words.ts";

/** The panel at the side of a pilot's page. */
export function evidencePanel(evidence: Evidence | undefined, slug: string, lang: Lang): Html {
  const title = html`<h2 id="evidence">${say(words.evidence, lang)}</h2>`;
  if (evidence === undefined) {
    return html`<section class="panel stack" aria-labelledby="evidence">
      ${title}
      <p class="quiet">${say(words.evidence_empty, lang)}</p>
    </section>`;
  }
  return html`<section class="panel stack" aria-labelledby="evidence">
    ${title}
    <p class="quiet">${say(words.evidence_text, lang)}</p>
    ${facts([
      {
        term: say(words.log_origin, lang),
        value: html`<span class="mono">${evidence.origin}</span>`,
      },
      { term: say(words.log_size, lang), value: formatCount(evidence.size, lang) },
      { term: say(words.log_recorded, lang), value: formatCount(evidence.recordedSize, lang) },
      { term: say(words.log_root, lang), value: html`<span class="mono">${evidence.root}</span>` },
      {
        term: say(words.log_witnessed, lang),
        value:
          evidence.witnessedAt === undefined
            ? say(words.log_unwitnessed, lang)
            : formatInstant(evidence.witnessedAt),
      },
    ])}
    ${checks(evidence, lang)}
    <p class="links">
      <a href="/${lang}/pilots/${slug}/evidence.json">${say(words.evidence_download, lang)}</a>
    </p>
  </section>`;
}

function checks(evidence: Evidence, lang: Lang): Html | false {
  const { receipt, keys, origin } = evidence;
  if (receipt === undefined) return false;
  const item = (text: string, name?: string) =>
    html`<li data-check>
      <span
        >${text}${name !== undefined && html`<br /><span class="mono">${name}</span>`}
        <span class="sr"></span
      ></span>
    </li>`;
  return html`<div
    data-verify
    data-yes="${say(words.check_yes, lang)}"
    data-no="${say(words.check_no, lang)}"
    data-pass="${say(words.check_pass, lang)}"
    data-fail="${say(words.check_fail, lang)}"
    data-unable="${say(words.check_unable, lang)}"
  >
    ${jsonBlock({
      origin,
      record: receipt.record,
      proof: receipt.proof,
      keys: keys.map(({ vkey }) => vkey),
    })}
    <ul class="checks">
      ${item(say(words.check_record, lang))}
      ${keys.map((key) =>
        item(say(key.role === "log" ? words.check_log : words.check_witness, lang), nameOfKey(key)),
      )}
    </ul>
    <p role="status"></p>
    <div class="acts">
      <button class="button" type="button" data-act hidden>${say(words.check_here, lang)}</button>
    </div>
  </div>`;
}

function nameOfKey({ vkey }: VerifierKey): string {
  return vkey.split("+", 1)[0] ?? vkey;
}

/** What to run in a copy of Sandbank: the log by its address, with every key that signs it. */
export function offlineCommand({ url, keys }: Evidence): string {
  const options = keys.map(({ role, vkey }) => ` --${role === "log" ? "vkey" : role} '${vkey}'`);
  return `npm run sandbank -- verify ${url}${options.join("")}`;
}

/** How to check offline, and the receipt in full. */
export function receiptSection(evidence: Evidence | undefined, lang: Lang): Html | false {
  if (evidence === undefined) return false;
  const { receipt, keys } = evidence;
  return html`<section class="stack" aria-labelledby="offline">
    <h2 id="offline">${say(words.check_offline, lang)}</h2>
    <p class="quiet">${say(words.check_offline_text, lang)}</p>
    <pre><code>${offlineCommand(evidence)}</code></pre>
    <details>
      <summary>${say(words.verifier_keys, lang)}</summary>
      <pre><code>${keys.map(({ vkey }) => vkey).join("\n")}</code></pre>
    </details>
    ${
      receipt &&
      html`<details>
        <summary>${say(words.receipt, lang)}</summary>
        <div class="stack-s">
          <p class="small">${say(words.receipt_record, lang)}</p>
          <pre><code>${receipt.record}</code></pre>
          <p class="small">${say(words.receipt_proof, lang)}</p>
          <pre><code>${receipt.proof}</code></pre>
        </div>
      </details>`
    }
    <p class="links"><a href="/${lang}/verify">${say(words.what_is_proven, lang)}</a></p>
  </section>`;
}
