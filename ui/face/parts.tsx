/** The door of what faces draw alike with React: links, the tide bar, a "no", the sign. */
export * from "./go.tsx";
export * from "./tide-bar.tsx";
export * from "./trouble.tsx";
export * from "./sign.tsx";
