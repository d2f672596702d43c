// The whole state of the page lives in its address: reload, share, go back, and it is the same view. Everybody who
// shows something reads `state()` and listens; whoever changes something calls `go`.

export type View = 'events' | 'event' | 'control' | 'actor' | 'story' | 'stories' | 'trend' | 'review' | 'import' | 'method';

/** Filters of events, as the API takes them: several values of one are alternatives, different ones must all hold. */
export const FILTERS = ['type', 'group', 'actor', 'country', 'admin1', 'place', 'status', 'contested', 'review', 'min_sources', 'precision', 'deaths', 'story'] as const;
export type FilterName = (typeof FILTERS)[number];

export interface State {
  view: View;
  id: string; // of the event, actor or story shown
  doc: string; // the report shown on the event page
  at: string; // the date of the control map
  place: string; // the place of the control map
  q: string;
  from: string;
  to: string;
  bbox: string; // west,south,east,north: only what lies there
  filters: Partial<Record<FilterName, string[]>>;
  sort: string;
  map: string; // zoom/lat/lon
  unit: string; // of the trend
  by: string; // of the trend
}

const SINGLE = ['view', 'id', 'doc', 'at', 'place', 'q', 'from', 'to', 'bbox', 'sort', 'map', 'unit', 'by'] as const;
const VIEWS: View[] = ['events', 'event', 'control', 'actor', 'story', 'stories', 'trend', 'review', 'import', 'method'];

function blank(): State {
  return { view: 'events', id: '', doc: '', at: '', place: '', q: '', from: '', to: '', bbox: '', filters: {}, sort: '', map: '', unit: '', by: '' };
}

export function parse(search: string): State {
  const s = blank();
  const params = new URLSearchParams(search);
  for (const name of SINGLE) {
    const v = params.get(name === 'place' ? 'at_place' : name);
    if (v !== null) (s as unknown as Record<string, string>)[name] = v;
  }
  for (const name of FILTERS) {
    const all = params.getAll(name).filter(Boolean);
    if (all.length) s.filters[name] = all;
  }
  if (!VIEWS.includes(s.view)) s.view = 'events';
  return s;
}

export function format(s: State): string {
  const params = new URLSearchParams();
  for (const name of SINGLE) {
    const v = s[name];
    if (v && !(name === 'view' && v === 'events')) params.append(name === 'place' ? 'at_place' : name, v);
  }
  for (const name of FILTERS) for (const v of s.filters[name] ?? []) params.append(name, v);
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':');
  return text ? `?${text}` : location.pathname;
}

let current = parse(location.search);
const listeners = new Set<(now: State, before: State) => void>();
export const state = (): State => current;
export function listen(f: (now: State, before: State) => void): void { listeners.add(f); }

/** Changes some of the state. `replace`: without a step in the history (dragging, typing). */
export function go(change: Partial<State>, replace = false): void {
  const before = current;
  current = { ...current, ...change };
  const address = format(current);
  if (address === format(before)) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  for (const f of listeners) f(current, before);
}

export function toggle(name: FilterName, value: string): void {
  const now = current.filters[name] ?? [];
  const next = now.includes(value) ? now.filter((v) => v !== value) : [...now, value];
  setFilter(name, next);
}

export function setFilter(name: FilterName, values: string[]): void {
  const filters = { ...current.filters };
  if (values.length) filters[name] = values;
  else delete filters[name];
  go({ filters });
}

/** What the API is asked for: the selection that the page shows. */
export function selection(s: State = current): URLSearchParams {
  const params = new URLSearchParams();
  if (s.q) params.set('q', s.q);
  if (s.from) params.set('from', s.from);
  if (s.to) params.set('to', s.to);
  if (s.bbox) params.set('bbox', s.bbox);
  for (const name of FILTERS) for (const v of s.filters[name] ?? []) params.append(name, v);
  // What the codebook puts into event tables, unless somebody asks for the rest.
  if (!s.filters.status) for (const v of DEFAULT_STATUS) params.append('status', v);
  if (s.filters.status?.[0] === 'any') params.delete('status');
  return params;
}
export const DEFAULT_STATUS = ['actual', 'ongoing'];

/** An address of another view that keeps the selection. */
export function link(change: Partial<State>): string {
  return format({ ...current, ...change });
}

addEventListener('popstate', () => {
  const before = current;
  current = parse(location.search);
  for (const f of listeners) f(current, before);
});
