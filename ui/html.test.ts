/** Escaping: what hostile values become, and where no value may stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { attribute, html, jsonBlock, raw } from "./html.ts";

const hostile = `<img src=x onerror="alert('1')">&`;

test("a value is escaped in text and in an attribute", () => {
  assert.equal(
    html`<p title="${hostile}">${hostile}</p>`.toString(),
    `<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">` +
      `&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</p>`,
  );
});

test("markup nests without being escaped twice", () => {
  const items = [1, 2n, "<"].map((one) => html`<b>${one}</b>`);
  assert.equal(html`<p>${items}</p>`.toString(), "<p><b>1</b><b>2</b><b>&lt;</b></p>");
});

test("nothing prints nothing", () => {
  assert.equal(html`<p>${undefined}${null}${false}</p>`.toString(), "<p></p>");
});

test("only raw passes text as markup", () => {
  assert.equal(html`${raw("<b>!</b>")}`.toString(), "<b>!</b>");
});

test("an address that would run code is refused", () => {
  assert.throws(() => html`<a href="${"javascript:alert(1)"}">x</a>`);
  assert.throws(() => attribute("href", "data:text/html,x"));
  assert.equal(html`<a href="${"/zh/"}">x</a>`.toString(), `<a href="/zh/">x</a>`);
});

test("the rest of an address that is begun in the template is a plain value", () => {
  assert.equal(html`<a href="/zh/pilots/${"a"}">x</a>`.toString(), `<a href="/zh/pilots/a">x</a>`);
});

test("a value outside quotes, in a script, a style or a comment is refused", () => {
  assert.throws(() => html`<p ${"class=x"}>y</p>`);
  assert.throws(() => html`<p class=${"x"}>y</p>`);
  assert.throws(
    () =>
      html`<script>
        ${"x"};
      </script>`,
  );
  assert.throws(
    () =>
      html`<style>
        ${"x"}
      </style>`,
  );
  assert.throws(() => html`<!-- ${"x"} -->`);
  assert.equal(html`<p${attribute("class", "x")}>y</p>`.toString(), `<p class="x">y</p>`);
});

test("a data block cannot close its element", () => {
  assert.equal(
    jsonBlock({ a: "</script><script>" }).toString(),
    `<script type="application/json">{"a":"\\u003c/script>\\u003cscript>"}</script>`,
  );
});
