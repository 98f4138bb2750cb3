/**
 * The part of `lookAt` that runs inside the page under test. Each function is sent over as its own
 * text, so none may use another or anything imported; what they share is put into the page first.
 */

interface Eyes {
  /** An element for a sentence: its tag, its class, the first words in it. */
  nameOf(element: Element): string;
  /** Nobody sees it: not displayed, for screen readers only, or said to be decoration. */
  hidden(element: Element): boolean;
  /** The control that has the focus, and whether one can see that it has; null for anything else. */
  focused(): (Stop & { readonly at: number }) | null;
  /** Where the focus stood at each Tab, and who notes it. */
  readonly stops: ReturnType<Eyes["focused"]>[];
  note(pressed: KeyboardEvent): void;
}

declare global {
  var eyes: Eyes;
}

export interface Stop {
  readonly name: string;
  readonly seen: boolean;
}

/** Puts into the page what the other functions share. */
export function openEyes(): void {
  // What is drawn for screen readers only is cut to nothing, itself or with what it stands in. The
  // page stands still while it is looked at, so an element is judged once.
  const judged = new WeakMap<Element, boolean>();
  const clipped = (element: Element): boolean => {
    const before = judged.get(element);
    if (before !== undefined) return before;
    const { parentElement: over } = element;
    const is =
      (over !== null && clipped(over)) || getComputedStyle(element).clipPath === "inset(50%)";
    judged.set(element, is);
    return is;
  };
  globalThis.eyes = {
    nameOf(element) {
      const words = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40);
      const kind = element.getAttribute("class") ?? "";
      return `<${element.tagName.toLowerCase()} class="${kind}"> ${words}`;
    },
    hidden: (element) =>
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.closest(".sr, .skip, [aria-hidden='true']") !== null ||
      clipped(element),
    focused() {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element.dataset["control"] === undefined)
        return null;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      const inside =
        box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
      return {
        at: Number(element.dataset["control"]),
        name: (element.textContent ?? "").trim().slice(0, 40),
        seen: outlined && inside,
      };
    },
    stops: [],
    note({ key }) {
      if (key === "Tab") eyes.stops.push(eyes.focused());
    },
  };
}

/** The page wider than its window, and what makes it so. */
export function overflowFaults(): string[] {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) =>
      !eyes.hidden(element) && element.getBoundingClientRect().right > root.clientWidth + 1,
  );
  return [
    `the page is ${root.scrollWidth} px wide in a window of ${root.clientWidth} px`,
    ...wide.map((element) => `sticks out to the right: ${eyes.nameOf(element)}`),
  ];
}

/** Text that does not fit its box: wider, cut off by what it stands in, or spilling out below. */
export function cutFaults(): string[] {
  const faults: string[] = [];
  const all = [...document.body.querySelectorAll<HTMLElement>("*:not(svg, svg *)")];
  const cutting = [document.documentElement, document.body, ...all].filter(
    (element) => getComputedStyle(element).overflowX === "hidden",
  );
  for (const element of all) {
    const style = getComputedStyle(element);
    if (eyes.hidden(element) || style.display === "inline" || element.clientHeight === 0) continue;
    const name = () => eyes.nameOf(element);
    if (element.scrollHeight > element.clientHeight + 4 && style.overflowY !== "auto") {
      faults.push(`what it holds is taller than it: ${name()}`);
    }
    const words = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
    );
    if (!words) continue;
    if (element.scrollWidth > element.clientWidth + 1 && !/auto|scroll/.test(style.overflowX)) {
      faults.push(`text is wider than its box: ${name()}`);
    }
    const { right } = element.getBoundingClientRect();
    for (const over of cutting) {
      if (over === element || !over.contains(element)) continue;
      if (right > over.getBoundingClientRect().right + 1) {
        faults.push(`cut off at the right by what it stands in: ${name()}`);
      }
    }
  }
  return faults;
}

/** What can be pressed and is smaller than `least` pixels; a link inside a sentence may be. */
export function targetFaults(least: number): string[] {
  const faults: string[] = [];
  const pressable = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const element of document.body.querySelectorAll<HTMLElement>(pressable)) {
    if (eyes.hidden(element)) continue;
    const inSentence = [...(element.parentElement?.childNodes ?? [])].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim().length > 1,
    );
    if (element.tagName === "A" && inSentence) continue;
    // A radio button or a check box is as large as its label.
    const box = (element.closest("label") ?? element).getBoundingClientRect();
    if (box.width >= least - 0.5 && box.height >= least - 0.5) continue;
    const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
    faults.push(`a target of ${size} px: ${eyes.nameOf(element)}`);
  }
  return faults;
}

/**
 * Marks one element of each way in which text stands on its ground: its own colour and size, and all
 * grounds behind it. Whoever judges contrast need not judge the hundred others of the same kind.
 */
export function markKinds(): void {
  const grounds = new WeakMap<Element, string>();
  const groundOf = (element: Element | null): string => {
    if (element === null) return "";
    const known = grounds.get(element);
    if (known !== undefined) return known;
    const style = getComputedStyle(element);
    const { backgroundColor, backgroundImage, opacity, position, filter } = style;
    const own = [
      backgroundColor === "rgba(0, 0, 0, 0)" ? "" : backgroundColor,
      ...(backgroundImage === "none" ? [] : [backgroundImage]),
      ...(opacity === "1" ? [] : [opacity]),
      ...(filter === "none" ? [] : [filter]),
      ...(/absolute|fixed|sticky/.test(position) ? [position] : []),
    ].join(" ");
    const all =
      own === "" ? groundOf(element.parentElement) : `${groundOf(element.parentElement)}/${own}`;
    grounds.set(element, all);
    return all;
  };
  const seen = new Set<string>();
  for (const element of document.querySelectorAll<HTMLElement>("body, body *:not(svg, svg *)")) {
    const says =
      element.matches("input, select, textarea") ||
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? "").trim() !== "",
      );
    if (!says || eyes.hidden(element)) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const shape = [element.tagName, element.matches(":disabled, [aria-disabled=true]")];
    const kind = [...shape, color, fontSize, fontWeight, textShadow, groundOf(element)].join("|");
    if (seen.has(kind)) continue;
    seen.add(kind);
    element.dataset["kind"] = "";
  }
}

/** Takes the marks of `markKinds` off again. */
export function unmarkKinds(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-kind]")) {
    delete element.dataset["kind"];
  }
}

/** Numbers every control that Tab should reach, in the order of the document. */
export function markControls(): Stop[] {
  const list = [
    ...document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex]",
    ),
  ].filter(
    (element) =>
      element.tabIndex >= 0 &&
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches(":disabled, [type=hidden]") &&
      isTabStop(element),
  );
  // Radio buttons of one name are one stop: the chosen one, or the first. Arrows reach the others.
  function isTabStop(element: HTMLElement): boolean {
    if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
    const group = [
      ...(element.form ?? document).querySelectorAll<HTMLInputElement>("input[type=radio]"),
    ].filter(({ name }) => name === element.name);
    return element === (group.find(({ checked }) => checked) ?? group[0]);
  }
  return list.map((element, at) => {
    element.dataset["control"] = String(at);
    return { name: (element.textContent ?? "").trim().slice(0, 40), seen: true };
  });
}

/** From now on each Tab notes where the one before it has led. */
export function noteStops(): void {
  eyes.stops.length = 0;
  addEventListener("keydown", eyes.note, true);
}

/** Where each Tab has led since. */
export function stopsNoted(): ReturnType<Eyes["focused"]>[] {
  removeEventListener("keydown", eyes.note, true);
  return [...eyes.stops.slice(1), eyes.focused()];
}
