// The filters with their counts. A count says how many events would be shown with that value alone.
import { h, fill, later } from './dom';
import { Columns, FacetDim } from './columns';
import { state, go, toggle, setFilter, FilterName, DEFAULT_STATUS } from './state';
import { actorName, human, plural } from './words';
import { countryName } from './basemap';

interface Facet { name: FilterName; dim: FacetDim; label: string; show: number; text: (id: string, name: string) => string; find?: boolean }
const FACETS: Facet[] = [
  { name: 'type', dim: 'type', label: 'What', show: 9, text: (id) => human(id), find: true },
  { name: 'actor', dim: 'actor', label: 'Who', show: 9, text: (_, name) => actorName(name), find: true },
  { name: 'country', dim: 'country', label: 'Country', show: 6, text: (id) => (id ? countryName(id) : 'not known'), find: true },
  { name: 'admin1', dim: 'admin1', label: 'Region', show: 6, text: (_, name) => name, find: true },
  { name: 'status', dim: 'status', label: 'Told as', show: 9, text: (id) => id },
  { name: 'precision', dim: 'precision', label: 'Place known to', show: 6, text: (id) => (id === 'exact' ? 'the place' : id ? `${id.replace('admin1', 'region').replace('admin2', 'district')}` : 'not at all') },
  { name: 'review', dim: 'review', label: 'Verdict', show: 5, text: (id) => id || 'not reviewed' },
];

export class Facets {
  readonly root = h('aside.facets', { 'aria-label': 'Filters' });
  private more = new Set<string>();
  private search = new Map<string, string>();
  private data: Columns | null = null;

  set(data: Columns): void { this.data = data; this.draw(); }

  draw(): void {
    const d = this.data;
    if (!d) return;
    const focus = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.facet : undefined;
    const s = state();
    fill(this.root,
      h('section.facet', null, h('h2', null, 'Evidence'),
        this.box('contested', 'true', '◆ contested', d.facet('contested')[1]!, (s.filters.contested ?? [])[0] === 'true', () => setFilter('contested', (s.filters.contested ?? [])[0] === 'true' ? [] : ['true'])),
        this.box('min_sources', '2', '2 or more sources', d.facet('min_sources')[1]!, (s.filters.min_sources ?? [])[0] === '2', () => setFilter('min_sources', (s.filters.min_sources ?? [])[0] === '2' ? [] : ['2'])),
        this.box('deaths', '1', 'people killed', d.facet('deaths')[1]!, (s.filters.deaths ?? [])[0] === '1', () => setFilter('deaths', (s.filters.deaths ?? [])[0] === '1' ? [] : ['1']))),
      FACETS.map((f) => this.one(f, d)));
    if (focus) (this.root.querySelector(`[data-facet="${CSS.escape(focus)}"]`) as HTMLElement | null)?.focus();
  }

  private one(f: Facet, d: Columns): HTMLElement | null {
    const counts = d.facet(f.dim);
    const given = state().filters[f.name] ?? [];
    const isDefault = f.name === 'status' && !given.length;
    const chosen = new Set(isDefault ? DEFAULT_STATUS : given);
    const dict = d.dict[f.dim]!;
    let rows: { id: string; name: string; n: number }[] = [];
    for (let i = 0; i < dict.length; ++i) {
      const id = dict[i]!.id || (f.name === 'review' ? 'none' : '');
      const n = counts[i] ?? 0;
      if (n > 0 || chosen.has(id)) if (id || f.name === 'precision') rows.push({ id, name: f.text(dict[i]!.id, dict[i]!.name), n });
    }
    if (f.name === 'precision') rows = rows.filter((r) => r.id);
    if (rows.length < 2 && !chosen.size) return null;
    rows.sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
    const all = rows.length;
    const wanted = (this.search.get(f.name) ?? '').toLowerCase();
    if (wanted) rows = rows.filter((r) => r.name.toLowerCase().includes(wanted) || chosen.has(r.id));
    const limit = this.more.has(f.name) ? 200 : f.show;
    const shown = rows.slice(0, limit);
    for (const r of rows.slice(limit)) if (chosen.has(r.id)) shown.push(r);
    const most = Math.max(1, ...shown.map((r) => r.n));
    return h('section.facet', { 'aria-label': f.label },
      h('h2', null, f.label, given.length ? h('button.link', { type: 'button', onclick: () => setFilter(f.name, []) }, 'clear') : null,
        f.name === 'status' && given[0] !== 'any' ? h('button.link', { type: 'button', onclick: () => setFilter('status', ['any']) }, 'any') : null),
      f.find && all > f.show ? h('input.find', {
        type: 'search', placeholder: `find among ${all}`, 'aria-label': `Find in ${f.label}`, 'data-facet': `find-${f.name}`, value: this.search.get(f.name) ?? '',
        oninput: later(120, (e: Event) => { this.search.set(f.name, (e.target as HTMLInputElement).value); this.draw(); }),
      }) : null,
      shown.map((r) => this.box(f.name, r.id, r.name, r.n, chosen.has(r.id), () => {
        if (isDefault) setFilter('status', chosen.has(r.id) ? DEFAULT_STATUS.filter((v) => v !== r.id) : [...DEFAULT_STATUS, r.id]);
        else if (f.name === 'status' && given[0] === 'any') setFilter('status', [r.id]);
        else toggle(f.name, r.id);
      }, r.n / most)),
      rows.length > shown.length || this.more.has(f.name)
        ? h('button.link', { type: 'button', 'data-facet': `more-${f.name}`, onclick: () => { if (!this.more.delete(f.name)) this.more.add(f.name); this.draw(); } }, this.more.has(f.name) ? 'fewer' : `${rows.length - shown.length} more`)
        : null);
  }

  private box(name: string, id: string, text: string, n: number, on: boolean, run: () => void, share = 0): HTMLElement {
    return h('label.option', { title: text },
      h('input', { type: 'checkbox', checked: on, 'data-facet': `${name}=${id}`, onchange: run }),
      h('span.name', null, text),
      h('span.n', { 'aria-label': plural(n, 'event') }, n.toLocaleString('en')),
      share > 0 ? h('span.share', { style: { '--share': share.toFixed(3) }, 'aria-hidden': 'true' }) : null);
  }
}

/** The conditions in force, each with a way out. */
export function chips(d: Columns): HTMLElement {
  const s = state();
  const out: HTMLElement[] = [];
  const chip = (label: string, off: () => void): void => {
    out.push(h('button.chip', { type: 'button', onclick: off, 'aria-label': `Remove filter: ${label}` }, label, h('span', { 'aria-hidden': 'true' }, ' ×')));
  };
  if (s.q) chip(`“${s.q}”`, () => go({ q: '' }));
  if (s.from || s.to) chip(`${s.from || '…'} to ${s.to || '…'}`, () => go({ from: '', to: '' }));
  if (s.bbox) chip('what the map shows', () => go({ bbox: '' }));
  for (const [name, values] of Object.entries(s.filters) as [FilterName, string[]][])
    for (const v of values) {
      const i = d.indexOf(name, v);
      const text = name === 'country' ? countryName(v) : name === 'type' ? human(v) : name === 'contested' ? (v === 'true' ? 'contested' : 'not contested')
        : name === 'min_sources' ? `${v}+ sources` : name === 'deaths' ? `${v}+ killed` : name === 'actor' && i >= 0 ? actorName(d.name(name, i)) : i >= 0 ? d.name(name, i) || v : v;
      chip(name === 'status' ? (v === 'any' ? 'told in any way' : `told as ${v}`) : text, () => setFilter(name, values.filter((x) => x !== v)));
    }
  if (out.length > 1) out.push(h('button.link', { type: 'button', onclick: () => go({ q: '', from: '', to: '', bbox: '', filters: {} }) }, 'clear all'));
  return h('div.chips', { role: 'group', 'aria-label': 'Filters in force' }, out);
}
