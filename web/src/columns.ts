// All events as packed columns (GET /v1/columns), and the selection over them: every filter is one bit of a mask, so
// a facet counts the events that pass all filters but its own, in one walk over the rows. A million rows take some
// tens of milliseconds.
import { bytes } from './api';
import { State, FilterName, selection } from './state';

export interface Dictionary { id: string; name: string }
interface Header {
  count: number; version: string; revision: number;
  arrays: { name: string; type: 'u8' | 'u16' | 'u32' | 'i32' | 'f32'; offset: number; length: number }[];
  dictionaries: Record<string, Dictionary[]>;
}

export const NO_DAY = -0x80000000;
const DIMS = ['time', 'bbox', 'search', 'type', 'group', 'actor', 'country', 'admin1', 'place', 'status', 'contested', 'review', 'min_sources', 'precision', 'deaths', 'story'] as const;
export type Dim = (typeof DIMS)[number];
export type FacetDim = 'type' | 'country' | 'admin1' | 'status' | 'precision' | 'review' | 'actor' | 'contested' | 'min_sources' | 'deaths';
const BIT = Object.fromEntries(DIMS.map((d, i) => [d, 1 << i])) as Record<Dim, number>;

export const dayOf = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);
export const isoOf = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);

export class Columns {
  count: number;
  version: string;
  from: Int32Array; to: Int32Array;
  lat: Float32Array; lon: Float32Array; radius: Float32Array;
  type: Uint16Array; group: Uint8Array; country: Uint16Array; admin1: Uint16Array; place: Uint32Array;
  status: Uint8Array; precision: Uint8Array; review: Uint8Array; contested: Uint8Array; sources: Uint8Array; deaths: Uint16Array;
  key: Uint32Array; story: Uint32Array;
  actorStart: Uint32Array; actors: Uint32Array;
  dict: Record<string, Dictionary[]>;
  firstDay = 0; lastDay = 0;

  // Mercator, the unit square; NaN when the place is not known.
  x: Float32Array; y: Float32Array;

  mask: Uint32Array;
  private dimState = new Map<Dim, string>();
  private index = new Map<string, Map<string, number>>();
  private counts: Record<FacetDim, Uint32Array> | null = null;
  private found: { key: string; rows: Uint32Array } | null = null;

  constructor(buffer: ArrayBuffer) {
    const head = new DataView(buffer);
    if (head.getUint32(0, true) !== 0x31434e41) throw new Error('the columns have an unknown form');
    const length = head.getUint32(4, true);
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length))) as Header;
    const make = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, i32: Int32Array, f32: Float32Array };
    const arrays: Record<string, unknown> = {};
    for (const a of header.arrays) arrays[a.name] = new make[a.type](buffer, a.offset, a.length);
    const get = <T>(name: string): T => {
      if (!arrays[name]) throw new Error(`the columns lack ${name}`);
      return arrays[name] as T;
    };
    this.count = header.count;
    this.version = header.version;
    this.dict = header.dictionaries;
    this.from = get('from'); this.to = get('to');
    this.lat = get('lat'); this.lon = get('lon'); this.radius = get('radius');
    this.type = get('type'); this.group = get('group'); this.country = get('country'); this.admin1 = get('admin1'); this.place = get('place');
    this.status = get('status'); this.precision = get('precision'); this.review = get('review'); this.contested = get('contested');
    this.sources = get('sources'); this.deaths = get('deaths'); this.key = get('key'); this.story = get('story');
    this.actorStart = get('actor_start'); this.actors = get('actor');
    const n = this.count;
    this.mask = new Uint32Array(n);
    this.x = new Float32Array(n);
    this.y = new Float32Array(n);
    for (let i = 0; i < n; ++i) {
      this.x[i] = mercatorX(this.lon[i]!);
      this.y[i] = mercatorY(this.lat[i]!);
    }
    // Rows come ordered by day, those without one first. A stray date ("in 1916") must not flatten the time axis: it
    // begins where the thousandth part of the events does.
    let undated = 0;
    while (undated < n && this.from[undated] === NO_DAY) ++undated;
    const dated = n - undated;
    if (dated > 0) {
      this.firstDay = this.from[undated + Math.floor(dated * 0.004)]!;
      this.lastDay = this.from[n - 1 - Math.floor(dated * 0.001)]!;
    } else {
      this.firstDay = this.lastDay = Math.floor(Date.now() / 86400000);
    }
    for (const [name, list] of Object.entries(this.dict)) this.index.set(name, new Map(list.map((d, i) => [d.id, i])));
  }

  name(dict: string, i: number): string { return this.dict[dict]?.[i]?.name ?? ''; }
  id(dict: string, i: number): string { return this.dict[dict]?.[i]?.id ?? ''; }
  indexOf(dict: string, id: string): number { return this.index.get(dict)?.get(id) ?? -1; }

  /** Brings the mask up to date with the state; true when something changed. Full text is asked of the server. */
  async select(s: State): Promise<boolean> {
    let changed = false;
    if (s.q) {
      const key = s.q;
      if (this.found?.key !== key) {
        const p = new URLSearchParams({ q: s.q });
        for (const v of ['accepted', 'rejected', 'edited', 'skipped', 'none']) p.append('review', v);
        this.found = { key, rows: new Uint32Array(await bytes('/v1/columns/rows', p)) };
      }
    }
    changed = this.dim('search', s.q, () => {
      const hit = new Uint8Array(this.count);
      for (const r of this.found!.rows) hit[r] = 1;
      return (i) => hit[i] === 1;
    }) || changed;
    changed = this.dim('time', s.from || s.to ? `${s.from}/${s.to}` : '', () => {
      const a = s.from ? dayOf(s.from) : -Infinity, b = s.to ? dayOf(s.to) : Infinity;
      return (i) => this.from[i] !== NO_DAY && this.to[i]! >= a && this.from[i]! <= b;
    }) || changed;
    changed = this.dim('bbox', s.bbox, () => {
      const [w, so, e, no] = s.bbox.split(',').map(Number) as [number, number, number, number];
      return (i) => this.lon[i]! >= w && this.lon[i]! <= e && this.lat[i]! >= so && this.lat[i]! <= no;
    }) || changed;
    const oneOf = (name: FilterName, column: ArrayLike<number>, dict: string = name): void => {
      const values = s.filters[name] ?? [];
      changed = this.dim(name as Dim, values.join('\u0000'), () => {
        const wanted = new Uint8Array((this.dict[dict]?.length ?? 0) + 1);
        for (const v of values) { const k = this.indexOf(dict, v); if (k >= 0) wanted[k] = 1; }
        return (i) => wanted[column[i]!] === 1;
      }) || changed;
    };
    oneOf('type', this.type);
    oneOf('group', this.group);
    oneOf('country', this.country);
    oneOf('admin1', this.admin1);
    oneOf('place', this.place);
    const verdicts = s.filters.review ?? [];
    changed = this.dim('review', verdicts.join('\u0000') || 'not rejected', () => {
      const rejected = this.indexOf('review', 'rejected');
      if (!verdicts.length) return (i) => this.review[i] !== rejected;
      const wanted = new Set(verdicts.map((v) => (v === 'none' ? 0 : this.indexOf('review', v))));
      return (i) => wanted.has(this.review[i]!);
    }) || changed;
    oneOf('precision', this.precision);
    oneOf('story', this.story);
    const status = selection(s).getAll('status');
    changed = this.dim('status', status.join('\u0000'), () => {
      const wanted = new Set(status.map((v) => this.indexOf('status', v)));
      return (i) => wanted.has(this.status[i]!);
    }) || changed;
    const actors = s.filters.actor ?? [];
    changed = this.dim('actor', actors.join('\u0000'), () => {
      const wanted = new Uint8Array(this.dict.actor!.length + 1);
      for (const v of actors) { const k = this.indexOf('actor', v); if (k >= 0) wanted[k] = 1; }
      return (i) => {
        for (let a = this.actorStart[i]!; a < this.actorStart[i + 1]!; ++a) if (wanted[this.actors[a]!]) return true;
        return false;
      };
    }) || changed;
    const contested = s.filters.contested?.[0] ?? '';
    changed = this.dim('contested', contested, () => (i) => (this.contested[i] === 1) === (contested === 'true')) || changed;
    const least = Number(s.filters.min_sources?.[0] ?? 0);
    changed = this.dim('min_sources', least > 1 ? String(least) : '', () => (i) => this.sources[i]! >= least) || changed;
    const dead = Number(s.filters.deaths?.[0] ?? 0);
    changed = this.dim('deaths', dead > 0 ? String(dead) : '', () => (i) => this.deaths[i] !== 65535 && this.deaths[i]! >= dead) || changed;
    return changed;
  }

  private dim(dim: Dim, key: string, test: () => (i: number) => boolean): boolean {
    if ((this.dimState.get(dim) ?? '') === key) return false;
    this.dimState.set(dim, key);
    this.counts = null;
    const bit = BIT[dim], mask = this.mask, n = this.count;
    if (!key) {
      for (let i = 0; i < n; ++i) mask[i]! &= ~bit;
      return true;
    }
    const passes = test();
    for (let i = 0; i < n; ++i) {
      if (passes(i)) mask[i]! &= ~bit;
      else mask[i]! |= bit;
    }
    return true;
  }

  selected(): number {
    let n = 0;
    for (let i = 0; i < this.count; ++i) if (this.mask[i] === 0) ++n;
    return n;
  }

  /** Counts per dictionary entry of the events that pass all filters but this one's own; of `min_sources` and
   * `deaths`, of those that have two sources or somebody killed. */
  facet(dim: FacetDim): Uint32Array {
    if (!this.counts) this.counts = this.countFacets();
    return this.counts[dim];
  }

  // One walk for all: a row that passes everything counts everywhere, one that a single filter rejects counts in that
  // filter's own facet, any other nowhere.
  private countFacets(): Record<FacetDim, Uint32Array> {
    const of = (dim: string): Uint32Array => new Uint32Array((this.dict[dim]?.length ?? 1) + 1);
    const c: Record<FacetDim, Uint32Array> = {
      type: of('type'), country: of('country'), admin1: of('admin1'), status: of('status'), precision: of('precision'), review: of('review'), actor: of('actor'),
      contested: new Uint32Array(2), min_sources: new Uint32Array(2), deaths: new Uint32Array(2),
    };
    const { mask, type, country, admin1, status, precision, review, contested, sources, deaths, actorStart, actors } = this;
    const killed = (i: number): number => (deaths[i] !== 65535 && deaths[i]! > 0 ? 1 : 0);
    const addActors = (i: number): void => { for (let k = actorStart[i]!, end = actorStart[i + 1]!; k < end; ++k) c.actor[actors[k]!]!++; };
    for (let i = 0; i < this.count; ++i) {
      const m = mask[i]!;
      if (m === 0) {
        c.type[type[i]!]!++; c.country[country[i]!]!++; c.admin1[admin1[i]!]!++; c.status[status[i]!]!++; c.precision[precision[i]!]!++; c.review[review[i]!]!++;
        c.contested[contested[i]!]!++; c.min_sources[sources[i]! > 1 ? 1 : 0]!++; c.deaths[killed(i)]!++;
        addActors(i);
      } else if ((m & (m - 1)) === 0) {
        switch (m) {
          case BIT.type: c.type[type[i]!]!++; break;
          case BIT.country: c.country[country[i]!]!++; break;
          case BIT.admin1: c.admin1[admin1[i]!]!++; break;
          case BIT.status: c.status[status[i]!]!++; break;
          case BIT.precision: c.precision[precision[i]!]!++; break;
          case BIT.review: c.review[review[i]!]!++; break;
          case BIT.contested: c.contested[contested[i]!]!++; break;
          case BIT.min_sources: c.min_sources[sources[i]! > 1 ? 1 : 0]!++; break;
          case BIT.deaths: c.deaths[killed(i)]!++; break;
          case BIT.actor: addActors(i); break;
        }
      }
    }
    return c;
  }

  /** The frame of the selected places, west, south, east, north; of all places when none is selected; null when there is
   * none. The middle nine tenths of many: a stray event far away must not shrink the rest to a dot. */
  frame(): [number, number, number, number] | null {
    const within = (all: boolean): [number, number, number, number] | null => {
      let n = 0;
      for (let i = 0; i < this.count; ++i) if ((all || this.mask[i] === 0) && !Number.isNaN(this.lat[i]!)) ++n;
      if (!n) return null;
      const step = Math.ceil(n / 20000), lat = new Float32Array(Math.ceil(n / step)), lon = new Float32Array(lat.length);
      for (let i = 0, k = 0; i < this.count; ++i)
        if ((all || this.mask[i] === 0) && !Number.isNaN(this.lat[i]!)) { if (k % step === 0) { lat[k / step] = this.lat[i]!; lon[k / step] = this.lon[i]!; } ++k; }
      lat.sort(); lon.sort();
      const cut = n > 60 ? 0.06 : 0, at = (l: Float32Array, q: number): number => l[Math.min(l.length - 1, Math.floor(q * l.length))]!;
      return [at(lon, cut), at(lat, cut), at(lon, 1 - cut), at(lat, 1 - cut)];
    };
    return within(false) ?? within(true);
  }

  /** Events a bin between two days, passing all filters but those of time: all of them, and the contested ones. */
  histogram(first: number, size: number, bins: number): { all: Uint32Array; contested: Uint32Array; back: Uint32Array } {
    const all = new Uint32Array(bins), contested = new Uint32Array(bins), back = new Uint32Array(bins);
    const others = ~BIT.time >>> 0;
    for (let i = 0; i < this.count; ++i) {
      const day = this.from[i]!;
      if (day === NO_DAY) continue;
      const bin = Math.floor((day - first) / size);
      if (bin < 0 || bin >= bins) continue;
      back[bin]!++;
      if ((this.mask[i]! & others) !== 0) continue;
      all[bin]!++;
      if (this.contested[i]) contested[bin]!++;
    }
    return { all, contested, back };
  }
}

export const mercatorX = (lon: number): number => (lon + 180) / 360;
export const mercatorY = (lat: number): number => {
  const s = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
};
export const lonOf = (x: number): number => x * 360 - 180;
export const latOf = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;

let loaded: Promise<Columns> | null = null;
export function columns(): Promise<Columns> {
  return (loaded ??= bytes('/v1/columns').then((b) => new Columns(b)).catch((e) => { loaded = null; throw e; }));
}
export function forget(): void { loaded = null; }
