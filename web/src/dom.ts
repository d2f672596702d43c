// Making elements. Text always goes in as text nodes: nothing in this program parses HTML, so a headline that holds
// a script is a headline (the server's Content-Security-Policy enforces it with Trusted Types).

export type Child = Node | string | number | null | undefined | false | Child[];
type Props = Record<string, unknown>;

/** h('button.small', {onclick: f, 'aria-label': 'x'}, 'text'): properties on*, value, checked, hidden..., the rest
 * become attributes. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props?: Props | null, ...kids: Child[]): HTMLElementTagNameMap[K];
export function h(tag: string, props?: Props | null, ...kids: Child[]): HTMLElement;
export function h(tag: string, props?: Props | null, ...kids: Child[]): HTMLElement {
  const [name, ...classes] = tag.split('.');
  const e = document.createElement(name!);
  if (classes.length) e.className = classes.join(' ');
  apply(e, props);
  add(e, kids);
  return e;
}

export function svg(tag: string, props?: Props | null, ...kids: Child[]): SVGElement {
  const e = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [k, v] of Object.entries(props ?? {})) if (v !== null && v !== undefined && v !== false) e.setAttribute(k, String(v));
  add(e, kids);
  return e;
}

const AS_PROPERTY = new Set(['value', 'checked', 'disabled', 'hidden', 'selected', 'tabIndex', 'indeterminate', 'open', 'htmlFor', 'multiple']);

function apply(e: HTMLElement, props?: Props | null): void {
  for (const [k, v] of Object.entries(props ?? {})) {
    if (v === null || v === undefined) continue;
    if (k.startsWith('on') && typeof v === 'function') e.addEventListener(k.slice(2), v as EventListener);
    else if (k === 'style' && typeof v === 'object') for (const [p, s] of Object.entries(v as object)) e.style.setProperty(p, String(s));
    else if (AS_PROPERTY.has(k)) (e as unknown as Props)[k] = v;
    else if (v === true) e.setAttribute(k, '');
    else if (v !== false) e.setAttribute(k, String(v));
  }
}

export function add(e: Node, kids: Child[]): void {
  for (const kid of kids) {
    if (kid === null || kid === undefined || kid === false) continue;
    if (Array.isArray(kid)) add(e, kid);
    else e.appendChild(kid instanceof Node ? kid : document.createTextNode(String(kid)));
  }
}

export function fill(e: Element, ...kids: Child[]): void {
  e.replaceChildren();
  add(e, kids);
}

/** Says something to screen readers without moving the focus. */
let live: HTMLElement | null = null;
export function announce(text: string): void {
  if (!live) document.body.append((live = h('div.unseen', { 'aria-live': 'polite', role: 'status' })));
  live.textContent = text;
}

let toastBox: HTMLElement | null = null;
/** A short message at the foot of the page, with an optional way back. */
export function toast(text: string, action?: { label: string; run: () => void }): void {
  if (!toastBox) document.body.append((toastBox = h('div.toasts', { role: 'status' })));
  const t = h('div.toast', null, text, action && h('button', { type: 'button', onclick: () => (t.remove(), action.run()) }, action.label));
  toastBox.append(t);
  setTimeout(() => t.remove(), 7000);
}

export function frameOnce(run: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; run(); });
  };
}

export function later<A extends unknown[]>(ms: number, run: (...a: A) => void): (...a: A) => void {
  let timer = 0;
  return (...a: A) => { clearTimeout(timer); timer = window.setTimeout(() => run(...a), ms); };
}
