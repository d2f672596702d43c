// Who holds which place on a day. Every place is a mark in its holder's colour and shape, over the ground that is nearer
// to it than to any other known place and not further than 15 km: land of which nothing is said stays blank. Contested
// is hatched; what was last heard of long ago fades.
import { Delaunay } from 'd3-delaunay';
import { h, fill, later, Child } from './dom';
import { get } from './api';
import { dayOf, isoOf, latOf, mercatorX, mercatorY } from './columns';
import { MapPane, Mark, trace } from './map';
import type { MapView } from './basemap';
import { countryName } from './basemap';
import { hatching } from './timeline';
import { state, go, link, listen } from './state';
import { actorName, badge, day, human, inFull, plural } from './words';

interface Interval {
  id: string | number; place: string; name: string; country: string; admin1: string; lat: number; lon: number; holder: string; holder_name: string;
  date_from: string; date_to: string; status: string; contested: boolean; confidence: number; last_evidence: string;
  x: number; y: number; a: number; b: number; last: number;
}
interface PlaceHistory {
  place: { id: string; name: string; admin1: string; country: string }[];
  states: { id: string; attribute: string; holder: string; holder_name: string; date_from: string; date_to: string; status: string; contested: boolean; confidence: number; last_evidence: string; why: string }[];
  evidence: { state: string; event: string; effect: string; why: string }[];
  changes: { date: string; how: string; from_name: string; to_name: string; event: string; status: string; contested: boolean; quote: string; document: string; site: string; published: string }[];
}

const SHAPES: NonNullable<Mark['shape']>[] = ['disc', 'square', 'triangle', 'diamond', 'hex', 'cross'];

export class ControlView {
  readonly root: HTMLElement;
  private all: Interval[] | null = null;
  private fromReports = false;
  private holders: { id: string; name: string; n: number; colour: string; shape: NonNullable<Mark['shape']> }[] = [];
  private now: Interval[] = [];
  private map: MapPane;
  private side = h('aside.history', { 'aria-live': 'polite' });
  private legend = h('div.holders');
  private slider = h('input', { type: 'range', 'aria-label': 'Day', step: 1 });
  private date = h('input', { type: 'date', 'aria-label': 'Day' });
  private strip = h('canvas', { class: 'changes', 'aria-hidden': 'true' });
  private list = h('ol.changelist', { 'aria-label': 'What changed hands around this day' });
  private first = 0;
  private last = 1;
  private fitted = false;

  constructor() {
    this.map = new MapPane({
      label: 'Map of who holds which place',
      marks: () => this.marks(),
      under: (g, v, w, hh, r) => this.under(g, v, w, hh, r),
      pick: (m) => go({ place: m.key ?? '' }),
      tell: (m) => m.label,
      moved: later(350, () => { if (this.fitted && state().view === 'control') go({ map: this.map.text() }, true); }),
    });
    this.map.fitAll = () => this.fit();
    const set = (d: number, replace = true): void => go({ at: isoOf(Math.max(this.first, Math.min(this.last, d))) }, replace);
    this.slider.addEventListener('input', () => set(Number(this.slider.value)));
    this.date.addEventListener('change', () => { if (this.date.value) go({ at: this.date.value }); });
    const jump = (by: number): void => {
      const at = this.at();
      const days = [...new Set(this.all!.flatMap((i) => [i.a, i.b]).filter((d) => d > this.first - 1 && d <= this.last))].sort((p, q) => p - q);
      const next = by > 0 ? days.find((d) => d > at) : [...days].reverse().find((d) => d < at);
      if (next !== undefined) set(next, false);
    };
    this.root = h('main.control', { id: 'main' },
      h('div.stage', null, this.map.root,
        h('div.timebar', null, h('div.row', null,
          h('button', { type: 'button', onclick: () => jump(-1) }, '← change before'), this.date, h('button', { type: 'button', onclick: () => jump(1) }, 'change after →')),
          this.strip, this.slider)),
      h('div.panel', null, this.legend, this.side, h('h2', null, 'Around this day'), this.list));
    listen((now, before) => {
      if (now.view !== 'control' || !this.all) return;
      if (now.at !== before.at || now.place !== before.place) this.update();
      if (now.place !== before.place) void this.history();
    });
  }

  async open(): Promise<void> {
    if (!this.all) {
      const r = await get<{ intervals: Interval[]; from_reports: boolean }>('/v1/control');
      this.fromReports = r.from_reports;
      this.all = r.intervals.map((i) => ({
        ...i, x: mercatorX(i.lon), y: mercatorY(i.lat), a: i.date_from ? dayOf(i.date_from) : -1e9, b: i.date_to ? dayOf(i.date_to) : 1e9,
        last: i.last_evidence ? dayOf(i.last_evidence) : i.date_from ? dayOf(i.date_from) : -1e9,
      }));
      const n = new Map<string, { name: string; n: number }>();
      for (const i of this.all) {
        const k = i.holder || i.holder_name;
        const v = n.get(k) ?? n.set(k, { name: i.holder_name, n: 0 }).get(k)!;
        v.n++;
      }
      this.holders = [...n].sort((a, b) => b[1].n - a[1].n || (a[0] < b[0] ? -1 : 1)).map(([id, v], i) => ({ id, ...v, colour: i < 8 ? `--side-${i}` : '--side-other', shape: SHAPES[i % SHAPES.length]! }));
      const dated = this.all.flatMap((i) => [i.a, i.b]).filter((d) => Math.abs(d) < 1e8).sort((a, b) => a - b);
      // One report of an old war must not stretch the slider over decades.
      this.first = dated.length ? dated[Math.floor(dated.length * 0.02)]! - 3 : 0;
      this.last = dated.length ? dated[dated.length - 1]! + 3 : 1;
      this.slider.min = String(this.first);
      this.slider.max = String(this.last);
    }
    this.update();
    if (!this.fitted) {
      if (!state().map || !this.map.read(state().map)) { if (!this.near(state().place)) this.fit(); }
      this.fitted = true;
    }
    void this.history();
  }
  forget(): void { this.all = null; }

  private at(): number { return state().at ? dayOf(state().at) : this.last; }
  private holder(i: Interval): (typeof this.holders)[number] | undefined { return this.holders.find((x) => x.id === (i.holder || i.holder_name)); }

  private fit(): void {
    const l = this.all ?? [];
    if (!l.length) return;
    const lat = l.map((i) => i.lat).sort((a, b) => a - b), lon = l.map((i) => i.lon).sort((a, b) => a - b);
    const cut = l.length > 40 ? 0.05 : 0;
    const q = (v: number[], s: number): number => v[Math.min(v.length - 1, Math.floor(s * v.length))]!;
    this.map.fit(q(lon, cut) - 0.6, q(lat, cut) - 0.6, q(lon, 1 - cut) + 0.6, q(lat, 1 - cut) + 0.6, 60000);
  }

  /** Shows a place with what lies around it. */
  private near(id: string): boolean {
    const i = (this.all ?? []).find((x) => x.place === id);
    if (i) this.map.fit(i.lon - 2.2, i.lat - 1.6, i.lon + 2.2, i.lat + 1.6);
    return !!i;
  }

  private update(): void {
    const at = this.at(), all = this.all!;
    const by = new Map<string, Interval[]>();
    for (const i of all) if (i.a <= at && i.b > at) by.set(i.place, [...(by.get(i.place) ?? []), i]);
    this.now = [...by.values()].map((l) => {
      const best = l.reduce((p, q) => (q.a > p.a || (q.a === p.a && q.confidence > p.confidence) ? q : p));
      return l.some((i) => i.holder !== best.holder && i.a === best.a) ? { ...best, contested: true } : best;
    });
    this.slider.value = String(at);
    this.slider.setAttribute('aria-valuetext', isoOf(at));
    this.date.value = isoOf(at);
    const counts = new Map<string, number>();
    for (const i of this.now) counts.set(i.holder || i.holder_name, (counts.get(i.holder || i.holder_name) ?? 0) + 1);
    const style = getComputedStyle(document.documentElement);
    fill(this.legend, h('h1', null, `Who held what on ${day(isoOf(at))}`),
      h('p.soft', null, this.now.length ? `${plural(this.now.length, 'place')} of which reports say who holds it. Blank ground: nothing is said. Faded: last heard of more than two months before.` : all.length ? 'No report says who holds a place on this day. Move the date.' : 'No report in this store says who took or held a place.',
        this.fromReports ? ' From single reports: annalist connect has not run on this store.' : ''),
      h('ul', null, this.holders.filter((x) => counts.get(x.id)).sort((p, q) => counts.get(q.id)! - counts.get(p.id)!).slice(0, 12).map((x) => h('li', null, glyph(x.shape, style.getPropertyValue(x.colour)), ` ${actorName(x.name) || 'not known'} `, h('span.n', null, String(counts.get(x.id)))))));
    const near = all.filter((i) => Math.abs(i.a - at) <= 21).sort((p, q) => Math.abs(p.a - at) - Math.abs(q.a - at)).slice(0, 12).sort((p, q) => q.a - p.a);
    fill(this.list, near.length ? near.map((i) => h('li', null, h('a', { href: link({ place: i.place, at: i.date_from }), 'data-go': '' }, h('span.date', null, day(i.date_from)), ' ', h('strong', null, i.name), `: ${actorName(i.holder_name) || 'not known'}`), i.contested ? [' ', badge('◆ contested', 'bad')] : null)) : h('li.note', null, 'No change within three weeks.'));
    this.drawStrip();
    this.map.refresh();
  }

  private drawStrip(): void {
    const b = this.strip.getBoundingClientRect();
    if (!b.width) { requestAnimationFrame(() => this.strip.isConnected && this.strip.getBoundingClientRect().width && this.drawStrip()); return; }
    const r = Math.min(2, devicePixelRatio || 1);
    this.strip.width = b.width * r; this.strip.height = b.height * r;
    const g = this.strip.getContext('2d')!;
    g.scale(r, r);
    const style = getComputedStyle(document.documentElement);
    const span = this.last - this.first || 1;
    const bins = Math.max(1, Math.min(Math.floor(b.width / 3), span));
    const n = new Array<number>(bins).fill(0);
    for (const i of this.all!) {
      const k = Math.floor(((i.a - this.first) / span) * bins);
      if (k >= 0 && k < bins) n[k]!++;
    }
    const most = Math.max(1, ...n);
    g.fillStyle = style.getPropertyValue('--mark');
    n.forEach((c, k) => { if (c) { const hh = Math.max(2, (c / most) * (b.height - 2)); g.fillRect((k / bins) * b.width, b.height - hh, Math.max(1, b.width / bins - 1), hh); } });
    g.fillStyle = style.getPropertyValue('--accent');
    g.fillRect(((this.at() - this.first) / span) * b.width - 1, 0, 2, b.height);
  }

  private fade(i: Interval): number {
    const age = this.at() - i.last;
    return age < 61 ? 1 : age < 365 ? 0.65 : 0.4;
  }
  private marks(): Mark[] {
    const style = getComputedStyle(document.documentElement);
    return this.now.map((i) => {
      const x = this.holder(i);
      return {
        x: i.x, y: i.y, count: 1, contested: 0, area: false, radius: 0, key: i.place, shape: x?.shape ?? 'disc', colour: style.getPropertyValue(x?.colour ?? '--side-other').trim(),
        faded: this.fade(i), selected: i.place === state().place,
        label: `${i.name}: ${actorName(i.holder_name) || 'not known'}${i.contested ? ', contested' : ''}${i.date_from ? `, since ${day(i.date_from)}` : ''}`,
      } satisfies Mark;
    });
  }
  private under(g: CanvasRenderingContext2D, v: MapView, w: number, hh: number, r: number): void {
    if (!this.now.length) return;
    const style = getComputedStyle(document.documentElement);
    const points = this.now.map((i) => [(i.x - v.x) * v.k + w / 2, (i.y - v.y) * v.k + hh / 2] as [number, number]);
    const km = v.k / 40075 / Math.cos((latOf(v.y) * Math.PI) / 180);
    const reach = 15 * km;
    if (reach < 8) return;
    const cells = Delaunay.from(points).voronoi([-reach, -reach, w + reach, hh + reach]);
    g.save();
    g.setTransform(r, 0, 0, r, 0, 0);
    this.now.forEach((i, k) => {
      const [px, py] = points[k]!;
      if (px < -reach || px > w + reach || py < -reach || py > hh + reach) return;
      const cell = cells.cellPolygon(k);
      if (!cell) return;
      g.save();
      g.beginPath();
      trace(g, 'disc', px, py, reach);
      g.clip();
      g.beginPath();
      cell.forEach(([x, y], n) => (n ? g.lineTo(x, y) : g.moveTo(x, y)));
      const colour = style.getPropertyValue(this.holder(i)?.colour ?? '--side-other').trim();
      g.globalAlpha = 0.3 * this.fade(i);
      g.fillStyle = i.contested ? hatching(style.getPropertyValue('--contested').trim(), colour) : colour;
      g.fill();
      g.restore();
    });
    g.restore();
  }

  private async history(): Promise<void> {
    const id = state().place;
    if (!id) { fill(this.side, h('p.note', null, 'Choose a place on the map or in the list for its history.')); return; }
    try {
      const p = await get<PlaceHistory>(`/v1/places/${encodeURIComponent(id)}`);
      const place = p.place[0]!;
      const control = p.states.filter((s) => s.attribute === 'control');
      const of = (s: string): Child => p.evidence.filter((x) => x.state === s && x.event.startsWith('e')).slice(0, 8).map((x) => [
        h('br'), h('span.soft', null, `${EFFECT[x.effect] ?? human(x.effect)}: `), h('a', { href: link({ view: 'event', id: x.event, doc: '' }), 'data-go': '' }, inFull(x.why) || 'the event')]);
      fill(this.side, h('h2', null, place.name, h('span.soft', null, ` ${[place.admin1, countryName(place.country)].filter(Boolean).join(', ')}`)),
        control.length ? h('ol.line', null, control.map((s) => h(`li${s.contested ? '.contested' : ''}`, null, h('span.date', null, span(s.date_from, s.date_to)), ' ', h('strong', null, actorName(s.holder_name) || 'holder not known'), s.contested ? [' ', badge('◆ contested', 'bad')] : null, of(s.id)))) : null,
        h('h3', null, `What reports say (${p.changes.length})`),
        p.changes.length ? h('ol.line', null, [...p.changes].reverse().map((c) => h(`li${c.contested || c.status === 'denied' ? '.contested' : ''}`, null,
          h('a', { href: c.date ? link({ at: c.date }) : '#', 'data-go': '' }, h('span.date', null, c.date ? day(c.date) : 'no date')), ' ', change(c.how, c.to_name, c.from_name),
          c.contested || c.status === 'denied' ? [' ', badge(c.status === 'denied' ? 'denied' : '◆ contested', 'bad')] : null,
          c.quote ? h('q', null, c.quote) : null, h('span.soft', null, ` ${c.site}`), c.event ? [' ', h('a', { href: link({ view: 'event', id: c.event, doc: '' }), 'data-go': '' }, 'event')] : null))) : h('p.note', null, 'No report says that it changed hands.'));
    } catch (err) {
      fill(this.side, h('p.note.bad', null, (err as Error).message));
    }
  }
}

// What a piece of evidence did to an interval.
const EFFECT: Record<string, string> = { opens: 'begun by', closes: 'ended by', supports: 'borne out by' };
const span = (from: string, to: string): string => (from && to ? `${day(from)} – ${day(to)}` : from ? `since ${day(from)}` : to ? `until ${day(to)}` : 'on a day not told');
/** A change of hands as a report tells it. */
function change(how: string, to: string, from: string): Child {
  if (how === 'withdrew' && !to) return [h('strong', null, from || 'somebody'), ` ${human(how)}`];
  return [human(how), to ? [' by ', h('strong', null, to)] : null, from ? ` from ${from}` : ''];
}

function glyph(shape: NonNullable<Mark['shape']>, colour: string): HTMLElement {
  const c = h('canvas', { class: 'side', width: 28, height: 28, 'aria-hidden': 'true' });
  const g = c.getContext('2d')!;
  g.beginPath();
  trace(g, shape, 14, 14, 10);
  g.fillStyle = colour.trim();
  g.fill();
  return c;
}
