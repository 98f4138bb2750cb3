/**
 * The door of what faces draw alike with React: links, facts, the tide bar, a "no", what
 * is to be mended, the sign.
 */
export * from "./go.tsx";
export * from "./fact-list.tsx";
export * from "./faults.tsx";
export * from "./tide-bar.tsx";
export * from "./trouble.tsx";
export * from "./sign.tsx";
