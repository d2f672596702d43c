// Land, borders and first-level areas from the embedded TopoJSON (web/map), drawn into a bitmap that is shifted while
// the map moves and drawn anew when it rests: the outlines cost up to a tenth of a second without a GPU, the shift
// nothing.
import { feature, mesh } from 'topojson-client';
import type { Topology, GeometryCollection } from 'topojson-specification';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { mercatorX, mercatorY } from './columns';

export interface Area { id: string; name: string; country: string; path: Path2D; box: [number, number, number, number]; label: [number, number]; size: number }
interface Level { countries: Area[]; areas: Area[]; borders: Path2D; areaBorders: Path2D | null }

export interface MapView { x: number; y: number; k: number } // centre in the unit square, pixels a world

function outline(f: Feature<Polygon | MultiPolygon>): Omit<Area, 'id' | 'name' | 'country'> {
  const path = new Path2D();
  const box: [number, number, number, number] = [9, 9, -9, -9];
  let label: [number, number] = [0, 0], size = 0;
  const polygons = f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates;
  for (const polygon of polygons) {
    for (const [ring, points] of polygon.entries()) {
      let area = 0, cx = 0, cy = 0, px = 0, py = 0;
      points.forEach((p, i) => {
        const x = mercatorX(p[0]!), y = mercatorY(p[1]!);
        if (i === 0) path.moveTo(x, y);
        else {
          path.lineTo(x, y);
          const cross = px * y - x * py;
          area += cross; cx += (px + x) * cross; cy += (py + y) * cross;
        }
        px = x; py = y;
        if (x < box[0]) box[0] = x;
        if (x > box[2]) box[2] = x;
        if (y < box[1]) box[1] = y;
        if (y > box[3]) box[3] = y;
      });
      path.closePath();
      if (ring === 0 && Math.abs(area) > size) {
        size = Math.abs(area);
        label = [cx / (3 * area), cy / (3 * area)];
      }
    }
  }
  return { path, box, label, size: Math.sqrt(size / 2) };
}

function lines(topology: Topology, object: GeometryCollection, filter?: (a: unknown, b: unknown) => boolean): Path2D {
  const path = new Path2D();
  for (const line of mesh(topology, object as never, filter as never).coordinates)
    line.forEach((p, i) => (i ? path.lineTo(mercatorX(p[0]!), mercatorY(p[1]!)) : path.moveTo(mercatorX(p[0]!), mercatorY(p[1]!))));
  return path;
}

function level(topology: Topology): Level {
  const c = topology.objects.countries as GeometryCollection<{ n: string }>;
  const a = topology.objects.areas as GeometryCollection<{ n: string; c: string }> | undefined;
  const countries = feature(topology, c).features.map((f) => ({ id: String(f.id), name: f.properties.n, country: String(f.id), ...outline(f as Feature<Polygon | MultiPolygon>) }));
  const areas = a ? feature(topology, a).features.map((f) => ({ id: String(f.id), name: f.properties.n, country: f.properties.c, ...outline(f as Feature<Polygon | MultiPolygon>) })) : [];
  return { countries, areas, borders: lines(topology, c, (p, q) => p !== q), areaBorders: a ? lines(topology, a, (p, q) => p !== q) : null };
}

let coarse: Level | null = null, fine: Level | null = null;
let loadingFine = false;
const waiting = new Set<() => void>();

let loading: Promise<void> | null = null;
export function loadWorld(): Promise<void> {
  return (loading ??= fetch('/world.json').then((r) => r.json()).then((t: Topology) => { coarse = level(t); }));
}
function wantFine(): void {
  if (fine || loadingFine) return;
  loadingFine = true;
  void fetch('/areas.json').then((r) => r.json()).then((t: Topology) => {
    fine = level(t);
    for (const f of waiting) f();
  });
}
export function onFiner(f: () => void): void { waiting.add(f); }

export function countryName(iso2: string): string {
  return coarse?.countries.find((c) => c.id === iso2)?.name ?? iso2;
}
export function areasOf(country: string): Area[] {
  wantFine();
  return fine?.areas.filter((a) => a.country === country) ?? [];
}

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws the ground for a view into a bitmap of w x h device pixels. */
export function drawBase(canvas: HTMLCanvasElement | OffscreenCanvas, v: MapView, w: number, h: number, ratio: number): void {
  canvas.width = w; canvas.height = h;
  const g = canvas.getContext('2d') as CanvasRenderingContext2D;
  g.fillStyle = css('--sea');
  g.fillRect(0, 0, w, h);
  const near = v.k > 2600;
  if (near) wantFine();
  const l = near && fine ? fine : coarse;
  if (!l) return;
  const k = v.k * ratio;
  const left = v.x - w / 2 / k, right = v.x + w / 2 / k, top = v.y - h / 2 / k, bottom = v.y + h / 2 / k;
  const seen = (b: Area['box']): boolean => b[2] >= left && b[0] <= right && b[3] >= top && b[1] <= bottom;
  g.setTransform(k, 0, 0, k, w / 2 - v.x * k, h / 2 - v.y * k);
  g.lineJoin = 'round';
  g.fillStyle = css('--land');
  const inView = l.countries.filter((c) => seen(c.box));
  for (const c of inView) g.fill(c.path, 'evenodd');
  if (near && v.k > 6000) {
    g.strokeStyle = css('--border-soft');
    g.lineWidth = (0.8 * ratio) / k;
    for (const a of l.areas) if (seen(a.box)) g.stroke(a.path);
  }
  g.strokeStyle = css('--coast');
  g.lineWidth = (0.8 * ratio) / k;
  for (const c of inView) g.stroke(c.path);
  g.strokeStyle = css('--border');
  g.lineWidth = (1.4 * ratio) / k;
  g.stroke(l.borders);
  g.setTransform(1, 0, 0, 1, 0, 0);

  // Names: of countries while they fit, of areas when close. Larger first; none over another.
  const taken: [number, number, number, number][] = [];
  const write = (text: string, a: Area, size: number, colour: string, spaced: boolean): void => {
    const px = (a.label[0] - v.x) * k + w / 2, py = (a.label[1] - v.y) * k + h / 2;
    const shown = spaced ? text.toUpperCase() : text;
    g.font = `${spaced ? 600 : 400} ${size * ratio}px system-ui, "Noto Sans", sans-serif`;
    const wide = g.measureText(shown).width;
    if (wide > a.size * k * 1.7) return;
    const box: [number, number, number, number] = [px - wide / 2 - 4, py - size * ratio, px + wide / 2 + 4, py + size * ratio];
    if (box[2] < 0 || box[0] > w || box[3] < 0 || box[1] > h) return;
    if (taken.some((t) => t[0] < box[2] && t[2] > box[0] && t[1] < box[3] && t[3] > box[1])) return;
    taken.push(box);
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    g.lineWidth = 3 * ratio;
    g.strokeStyle = css('--land');
    g.strokeText(shown, px, py);
    g.fillStyle = colour;
    g.fillText(shown, px, py);
  };
  const soft = css('--map-text');
  for (const c of [...inView].sort((p, q) => q.size - p.size)) write(c.name, c, v.k > 6000 ? 13 : 11, soft, true);
  if (v.k > 14000) for (const a of [...l.areas].filter((x) => seen(x.box)).sort((p, q) => q.size - p.size)) write(a.name, a, 11, soft, false);
}
