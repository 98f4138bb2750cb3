/** Two languages are two texts: nothing in the product is shown that does not have both. */
export type Lang = "zh" | "en";

/** One thing said in both languages. A missing one does not compile. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
