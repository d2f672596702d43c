// Map, time and list of the selection: the first view.
import { h, fill, announce, later } from './dom';
import { get } from './api';
import { Columns, columns, mercatorX, mercatorY } from './columns';
import { Facets, chips } from './facets';
import { MapPane, Mark, markSize } from './map';
import { Timeline } from './timeline';
import { state, go, link, listen, selection, setFilter } from './state';
import type { EventRow } from './types';
import { badges, human, plural, precisely, title, toll, when, where } from './words';
import { countryName } from './basemap';

const SORTS: [string, string][] = [['newest', 'newest first'], ['oldest', 'oldest first'], ['contested', 'contested first'], ['deaths', 'most killed first'], ['sources', 'most sources first']];

/** One event of a list. */
export function eventCard(e: EventRow, current = false): HTMLElement {
  const hit = toll(e);
  return h(`li.card${e.contested ? '.contested' : ''}${current ? '.current' : ''}`, { 'data-id': e.id },
    h('a', { href: link({ view: 'event', id: e.id, doc: '' }), 'data-go': 'event' },
      h('span.date', null, when(e)),
      h('strong.title', null, title(e)),
      e.quote ? h('q.quote', null, e.quote) : null,
      h('span.meta', null, [e.outlet, hit, `${where(e)}${precisely(e.place?.precision ?? '') ? ` (${precisely(e.place!.precision)})` : ''}`].filter(Boolean).join(' · ')),
      h('span.badges', null, badges(e))));
}

/** Marks of one kind that would cover each other are one: the smaller goes into the larger. */
function apart(marks: Mark[], k: number): Mark[] {
  const kept: Mark[] = [];
  for (const m of marks.sort((a, b) => b.count - a.count)) {
    const size = markSize(m.count);
    const into = kept.find((o) => o.area === m.area && Math.hypot(o.x - m.x, o.y - m.y) * k < 0.9 * (markSize(o.count) + size));
    if (!into) { kept.push(m); continue; }
    const n = into.count + m.count;
    into.x += ((m.x - into.x) * m.count) / n; into.y += ((m.y - into.y) * m.count) / n;
    into.count = n; into.contested += m.contested; into.radius = Math.max(into.radius, m.radius);
    into.rows = [...into.rows!, ...m.rows!].slice(0, 400);
  }
  return kept;
}

export class EventsView {
  readonly root: HTMLElement;
  private facets = new Facets();
  private data: Columns | null = null;
  private map: MapPane;
  private time: Timeline;
  private list = h('ol.cards', { 'aria-label': 'Events' });
  private head = h('div.listhead');
  private foot = h('div.listfoot');
  private mapfoot = h('div.mapfoot');
  private rows: EventRow[] = [];
  private total = 0;
  private next: string | null = null;
  private asked = '';
  private abort: AbortController | null = null;
  private at = -1;
  private fitted = false;
  private shown = false;

  constructor() {
    this.map = new MapPane({
      label: 'Map of the selected events',
      marks: (v, w, hh) => this.marks(v, w, hh),
      pick: (m) => this.pick(m),
      tell: (m) => this.tell(m),
      moved: later(350, () => {
        if (!this.shown || !this.fitted) return;
        const change: Record<string, string> = { map: this.map.text() };
        if (state().bbox) change.bbox = this.box();
        go(change, true);
      }),
    });
    this.map.fitAll = () => this.fit();
    this.time = new Timeline(() => {});
    const stage = h('div.stage', null, this.map.root, this.mapfoot, this.time.root);
    const list = h('section.list', { 'aria-label': 'Selected events' }, this.head, this.list, this.foot);
    this.root = h('main.events', { id: 'main' }, this.facets.root, stage, list);
    listen((now, before) => {
      if (!this.data) return;
      const same = selection(now).toString() === selection(before).toString() && now.sort === before.sort;
      if (now.view === 'events' && !same) void this.update();
      if (now.map !== before.map && now.map && now.map !== this.map.text()) this.map.read(now.map);
    });
  }

  async open(): Promise<void> {
    this.shown = true;
    if (!this.data) {
      fill(this.list, h('li.note', null, 'Loading …'));
      void this.ask(); // the list does not wait for the columns
      this.data = await columns();
      this.facets.set(this.data);
    }
    await this.update();
    this.time.set(this.data);
    if (!this.fitted) {
      if (!state().map || !this.map.read(state().map)) this.fit();
      this.fitted = true;
    }
    this.map.repaint();
  }
  close(): void { this.shown = false; this.time.stop(); }
  async reload(): Promise<void> {
    this.data = await columns();
    this.facets.set(this.data);
    this.time.set(this.data);
    this.asked = '';
    if (this.shown) await this.update();
  }
  get frames(): unknown { return { map: this.map.frames, time: this.time.frames }; }

  private async update(): Promise<void> {
    const d = this.data!;
    await d.select(state());
    this.map.refresh();
    this.time.draw();
    this.headline();
    this.facetsLater();
    this.askLater();
  }
  // While a window is dragged, map and timeline follow every move; the filters' counts when it pauses.
  private facetsLater = later(50, () => this.facets.draw());
  private askLater = later(60, () => void this.ask());

  private headline(): void {
    const d = this.data!, n = d.selected();
    const s = state();
    const out = (format: string): string => { const p = selection(); p.set('format', format); return `/v1/events?${p}`; };
    let unplaced = 0;
    for (let i = 0; i < d.count; ++i) if (d.mask[i] === 0 && Number.isNaN(d.lat[i]!)) ++unplaced;
    fill(this.head,
      h('div.sum', null, h('h1', null, plural(n, 'event')), h('span.of', null, n === d.count ? 'all that the store holds' : `of ${d.count.toLocaleString('en')}`)),
      chips(d),
      h('div.tools', null,
        h('button.onlysmall', { type: 'button', 'aria-expanded': String(this.root.classList.contains('filtering')), onclick: (e: Event) => (e.currentTarget as HTMLElement).setAttribute('aria-expanded', String(this.root.classList.toggle('filtering'))) }, 'Filters'),
        h('label', null, h('span.unseen', null, 'Order'), h('select', { onchange: (e: Event) => go({ sort: (e.target as HTMLSelectElement).value }) },
          SORTS.map(([v, t]) => h('option', { value: v, selected: (s.sort || 'newest') === v }, t)))),
        h('details.menu', null, h('summary', null, 'Export'),
          h('div.pop', null, h('p', null, `The ${plural(n, 'event')} selected here:`),
            [['csv', 'CSV table'], ['geojson', 'GeoJSON for maps'], ['ndjson', 'JSON, one event a line'], ['parquet', 'Parquet']].map(([f, t]) => h('a', { href: out(f!), download: `annalist-events.${f}` }, t!))))));
    fill(this.mapfoot,
      h('label', null, h('input', { type: 'checkbox', checked: !!s.bbox, onchange: (e: Event) => go({ bbox: (e.target as HTMLInputElement).checked ? this.box() : '' }) }), ' only what the map shows'),
      h('span.key', null, h('span.glyph.disc', { 'aria-hidden': 'true' }), 'place known'),
      h('span.key', null, h('span.glyph.square', { 'aria-hidden': 'true' }), 'somewhere in the area'),
      h('span.key', null, h('span.glyph.diamond', { 'aria-hidden': 'true' }), 'contested'),
      unplaced ? h('span.key', null, `${unplaced.toLocaleString('en')} without a place are only in the list`) : null);
    announce(`${plural(n, 'event')} selected`);
  }

  private box(): string { return this.map.bounds().map((v) => v.toFixed(3)).join(','); }

  private async ask(): Promise<void> {
    const p = selection();
    if (state().sort) p.set('sort', state().sort);
    p.set('limit', '50');
    const key = p.toString();
    if (key === this.asked) return;
    this.asked = key;
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      const page = await get<{ total: number; items: EventRow[]; next: string | null }>('/v1/events', p, this.abort.signal);
      this.rows = page.items; this.total = page.total; this.next = page.next; this.at = -1;
      this.draw();
    } catch (e) {
      if ((e as Error).name !== 'AbortError') { this.asked = ''; fill(this.list, h('li.note.bad', null, (e as Error).message)); }
    }
  }
  private async more(): Promise<void> {
    if (!this.next) return;
    const p = new URLSearchParams(this.asked);
    p.set('cursor', this.next);
    const page = await get<{ items: EventRow[]; next: string | null }>('/v1/events', p);
    this.rows.push(...page.items);
    this.next = page.next;
    this.draw(true);
  }
  private draw(keep = false): void {
    const at = keep ? this.list.children.length : 0;
    if (!keep) fill(this.list);
    const byDay = !state().sort || state().sort === 'newest' || state().sort === 'oldest';
    this.list.classList.toggle('byday', byDay);
    let last = at > 0 ? when(this.rows[at - 1]!) : '';
    for (const e of this.rows.slice(at)) {
      if (byDay && when(e) !== last) this.list.append(h('li.day', { 'aria-hidden': 'true' }, when(e)));
      last = when(e);
      this.list.append(eventCard(e));
    }
    if (!this.rows.length) fill(this.list, this.data && !this.data.count
      ? h('li.note', null, 'The store is empty. ', h('a', { href: link({ view: 'import' }), 'data-go': '' }, 'Import reports'), ', or run annalist ingest.')
      : h('li.note', null, 'No event fits. Take a filter away, search for other words, or ', h('button.link', { type: 'button', onclick: () => setFilter('status', ['any']) }, 'look also at what was planned, denied or told of the past'), '.'));
    fill(this.foot, this.next ? h('button', { type: 'button', onclick: () => void this.more() }, `Show more (${(this.total - this.rows.length).toLocaleString('en')} left)`) : null);
  }

  /** j and k. */
  step(by: number): void {
    const cards = [...this.list.querySelectorAll<HTMLElement>('li.card')];
    if (!cards.length) return;
    this.at = Math.max(0, Math.min(cards.length - 1, this.at + by));
    const a = cards[this.at]!.querySelector('a')!;
    a.focus();
    a.scrollIntoView({ block: 'nearest' });
  }

  private fit(): void {
    const f = this.data!.frame();
    if (!f) return this.map.show({ x: 0.55, y: 0.42, k: 900 });
    this.map.fit(f[0] - 1, Math.max(-80, f[1] - 1), f[2] + 1, Math.min(80, f[3] + 1), 30000);
  }

  private marks(v: { x: number; y: number; k: number }, w: number, hh: number): Mark[] {
    const d = this.data;
    if (!d) return [];
    const out = new Map<number, Mark>();
    const cell = 46 / v.k;
    const left = v.x - (w / 2 + 40) / v.k, right = v.x + (w / 2 + 40) / v.k, top = v.y - (hh / 2 + 40) / v.k, bottom = v.y + (hh / 2 + 40) / v.k;
    const x = d.x, y = d.y, mask = d.mask;
    const admin1 = d.indexOf('precision', 'admin1'), country = d.indexOf('precision', 'country');
    const tight = v.k > 60000;
    for (let i = 0; i < d.count; ++i) {
      if (mask[i] !== 0) continue;
      const px = x[i]!, py = y[i]!;
      if (!(px >= left && px <= right && py >= top && py <= bottom)) continue;
      const area = d.precision[i] === admin1 || d.precision[i] === country;
      // Areas and places never share a mark; close up, every place has its own.
      const key = tight ? d.place[i]! * 2 + (area ? 1 : 0) : (Math.floor(px / cell) * 4000037 + Math.floor(py / cell)) * 2 + (area ? 1 : 0);
      const m = out.get(key);
      if (m) {
        m.count++;
        m.contested += d.contested[i]!;
        m.x += px; m.y += py;
        if (m.rows!.length < 400) m.rows!.push(i);
        if (m.radius < d.radius[i]!) m.radius = d.radius[i]!;
      } else {
        out.set(key, { x: px, y: py, count: 1, contested: d.contested[i]!, area, label: '', radius: d.radius[i]!, rows: [i] });
      }
    }
    for (const m of out.values()) { m.x /= m.count; m.y /= m.count; }
    const marks = tight ? [...out.values()] : apart([...out.values()], v.k);
    for (const m of marks) {
      const p = d.place[m.rows![0]!]!;
      m.label = m.rows!.every((r) => d.place[r] === p) ? d.name('place', p) : '';
    }
    return marks.sort((a, b) => Number(b.area) - Number(a.area) || b.count - a.count);
  }

  private tell(m: Mark): string {
    const d = this.data!, rows = m.rows!;
    const i = rows[0]!;
    const place = m.label || `${d.name('admin1', d.admin1[i]!)} ${countryName(d.id('country', d.country[i]!))}`.trim();
    const types = new Map<string, number>();
    for (const r of rows) { const t = human(d.id('type', d.type[r]!)); types.set(t, (types.get(t) ?? 0) + 1); }
    const top = [...types].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([t, n]) => (m.count > 1 ? `${n} ${t}` : t)).join(', ');
    return `${place}${m.area ? ' (area)' : ''}: ${top}${m.count > rows.length ? ' …' : ''}${m.contested ? ` · ${m.contested} contested` : ''}`;
  }

  private pick(m: Mark): void {
    const d = this.data!;
    if (m.count === 1) return go({ view: 'event', id: `~${d.key[m.rows![0]!]}`, doc: '' });
    const places = new Set(m.rows!.map((r) => d.place[r]!));
    if (places.size === 1) {
      const id = d.id('place', [...places][0]!);
      if (id) return setFilter('place', [id]);
    }
    let west = 180, east = -180, south = 90, north = -90;
    for (const r of m.rows!) {
      west = Math.min(west, d.lon[r]!); east = Math.max(east, d.lon[r]!); south = Math.min(south, d.lat[r]!); north = Math.max(north, d.lat[r]!);
    }
    if (mercatorX(east) - mercatorX(west) < 1e-5 && mercatorY(south) - mercatorY(north) < 1e-5) this.map.zoom(4);
    else this.map.fit(west - 0.02, south - 0.02, east + 0.02, north + 0.02, this.map.view.k * 8);
  }
}
