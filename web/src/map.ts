// The map: moves, zooms, and draws what a view puts on it. Marks are shapes before they are colours: a disc is a
// place that is known, a dashed square an area within which it happened, a diamond is contested.
import { h } from './dom';
import { MapView, drawBase, loadWorld, onFiner } from './basemap';
import { latOf, lonOf, mercatorX, mercatorY } from './columns';

export interface Mark {
  x: number; y: number; // unit square
  count: number; contested: number;
  area: boolean; // a country or first-level area, not a place
  label: string;
  radius: number; // of doubt, in km; 0: none to draw
  rows?: number[]; // filled by whoever makes marks, given back on a click
  colour?: string; shape?: 'disc' | 'square' | 'triangle' | 'diamond' | 'cross' | 'hex';
  faded?: number; // 0..1
  selected?: boolean;
  key?: string;
}

export interface MapOptions {
  label: string;
  marks: (view: MapView, width: number, height: number) => Mark[];
  under?: (g: CanvasRenderingContext2D, view: MapView, width: number, height: number, ratio: number) => void;
  pick: (mark: Mark) => void;
  tell: (mark: Mark) => string;
  moved?: (view: MapView) => void;
}

/** Half the width of a mark, in pixels. */
export const markSize = (count: number): number => (count <= 1 ? 7 : Math.min(28, 8.5 + 1.6 * Math.log2(count)));

const MIN_K = 300, MAX_K = 3e6;

export class MapPane {
  readonly root: HTMLElement;
  view: MapView = { x: 0.55, y: 0.42, k: 900 };
  private canvas = h('canvas', { role: 'img' });
  private base = document.createElement('canvas');
  private baseView: MapView | null = null;
  private tip = h('div.maptip', { hidden: true });
  private marks: Mark[] = [];
  private w = 0;
  private h = 0;
  private wanted: [number, number, number, number, number] | null = null;  // a frame asked for before the size was known
  private ratio = 1;
  private pending = false;
  private timer = 0;
  private dirtyMarks = true;
  frames = { count: 0, total: 0, worst: 0 };

  constructor(private o: MapOptions) {
    this.canvas.setAttribute('aria-label', o.label);
    const pad = h('div.mapbox', { tabIndex: 0, role: 'application', 'aria-label': `${o.label}. Arrow keys move, plus and minus zoom, 0 shows all.`, 'data-keys': 'map' }, this.canvas, this.tip);
    this.root = h('div.map', null, pad,
      h('div.mapkeys', null,
        h('button', { type: 'button', 'aria-label': 'Zoom in', onclick: () => this.zoom(2) }, '+'),
        h('button', { type: 'button', 'aria-label': 'Zoom out', onclick: () => this.zoom(0.5) }, '−')));
    new ResizeObserver(() => this.resize()).observe(pad);
    this.listen(pad);
    void loadWorld().then(() => this.rest(true));
    onFiner(() => this.rest(true));
  }

  private resize(): void {
    const box = this.root.getBoundingClientRect();
    if (!box.width || !box.height) return;
    this.w = box.width; this.h = box.height;
    this.ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.round(this.w * this.ratio);
    this.canvas.height = Math.round(this.h * this.ratio);
    if (this.wanted) return this.fit(...this.wanted);
    this.rest(true);
  }

  /** Shows a view, moved so that it fits what is asked. */
  show(v: Partial<MapView>): void {
    Object.assign(this.view, v);
    this.bound();
    this.rest(true);
  }
  fit(west: number, south: number, east: number, north: number, most = 40000): void {
    this.wanted = this.w ? null : [west, south, east, north, most];
    const x0 = mercatorX(west), x1 = mercatorX(east), y0 = mercatorY(north), y1 = mercatorY(south);
    const k = Math.min((this.w || 800) / Math.max(x1 - x0, 1e-6), (this.h || 500) / Math.max(y1 - y0, 1e-6)) * 0.82;
    this.show({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, k: Math.min(k, most) });
  }
  get ready(): boolean { return this.w > 0; }
  bounds(): [number, number, number, number] {
    const dx = this.w / 2 / this.view.k, dy = this.h / 2 / this.view.k, v = this.view;
    return [lonOf(Math.max(0, v.x - dx)), latOf(Math.min(1, v.y + dy)), lonOf(Math.min(1, v.x + dx)), latOf(Math.max(0, v.y - dy))];
  }
  /** As it stands in the address: zoom/lat/lon. */
  text(): string {
    return `${Math.log2(this.view.k / 256).toFixed(2)}/${latOf(this.view.y).toFixed(3)}/${lonOf(this.view.x).toFixed(3)}`;
  }
  read(text: string): boolean {
    const [z, lat, lon] = text.split('/').map(Number);
    if (![z, lat, lon].every((n) => Number.isFinite(n))) return false;
    this.show({ k: 256 * 2 ** z!, x: mercatorX(lon!), y: mercatorY(lat!) });
    return true;
  }

  zoom(factor: number, px = this.w / 2, py = this.h / 2): void {
    const v = this.view;
    const k = Math.max(MIN_K, Math.min(MAX_K, v.k * factor));
    const wx = v.x + (px - this.w / 2) / v.k, wy = v.y + (py - this.h / 2) / v.k;
    v.x = wx - (px - this.w / 2) / k;
    v.y = wy - (py - this.h / 2) / k;
    v.k = k;
    this.bound();
    this.draw();
    this.rest(false);
  }
  pan(dx: number, dy: number): void {
    this.view.x -= dx / this.view.k;
    this.view.y -= dy / this.view.k;
    this.bound();
    this.draw();
    this.rest(false);
  }
  private bound(): void {
    const v = this.view;
    v.k = Math.max(MIN_K, Math.min(MAX_K, v.k));
    v.x = Math.max(0, Math.min(1, v.x));
    v.y = Math.max(0.05, Math.min(0.95, v.y));
  }

  private listen(pad: HTMLElement): void {
    let from: { x: number; y: number; moved: number } | null = null;
    const touches = new Map<number, { x: number; y: number }>();
    let spread = 0;
    const at = (e: PointerEvent | WheelEvent | MouseEvent): [number, number] => {
      const b = this.canvas.getBoundingClientRect();
      return [e.clientX - b.left, e.clientY - b.top];
    };
    pad.addEventListener('pointerdown', (e) => {
      if (e.button !== 0) return;
      pad.setPointerCapture(e.pointerId);
      const [x, y] = at(e);
      touches.set(e.pointerId, { x, y });
      from = { x, y, moved: 0 };
      if (touches.size === 2) spread = this.spread(touches);
    });
    pad.addEventListener('pointermove', (e) => {
      const [x, y] = at(e);
      if (touches.has(e.pointerId)) touches.set(e.pointerId, { x, y });
      if (touches.size === 2) {
        const now = this.spread(touches);
        if (spread > 0 && now > 0) this.zoom(now / spread, x, y);
        spread = now;
        return;
      }
      if (from) {
        const dx = x - from.x, dy = y - from.y;
        from.moved += Math.abs(dx) + Math.abs(dy);
        from.x = x; from.y = y;
        if (from.moved > 4) this.pan(dx, dy);
        return;
      }
      this.hover(x, y);
    });
    const up = (e: PointerEvent): void => {
      touches.delete(e.pointerId);
      if (from && from.moved <= 4) {
        const m = this.hit(...at(e));
        if (m) this.o.pick(m);
      }
      from = null;
    };
    pad.addEventListener('pointerup', up);
    pad.addEventListener('pointercancel', up);
    pad.addEventListener('pointerleave', () => (this.tip.hidden = true));
    pad.addEventListener('wheel', (e) => {
      e.preventDefault();
      this.zoom(2 ** (-e.deltaY / (e.ctrlKey ? 120 : 320)), ...at(e));
    }, { passive: false });
    pad.addEventListener('dblclick', (e) => this.zoom(2, ...at(e)));
    pad.addEventListener('keydown', (e) => {
      const step = e.shiftKey ? 200 : 60;
      const moves: Record<string, () => void> = {
        ArrowLeft: () => this.pan(step, 0), ArrowRight: () => this.pan(-step, 0), ArrowUp: () => this.pan(0, step), ArrowDown: () => this.pan(0, -step),
        '+': () => this.zoom(1.5), '=': () => this.zoom(1.5), '-': () => this.zoom(1 / 1.5), '0': () => this.fitAll(),
      };
      const run = moves[e.key];
      if (!run) return;
      e.preventDefault();
      e.stopPropagation();
      run();
    });
  }
  private spread(t: Map<number, { x: number; y: number }>): number {
    const [a, b] = [...t.values()];
    return Math.hypot(a!.x - b!.x, a!.y - b!.y);
  }

  fitAll: () => void = () => this.show({ x: 0.55, y: 0.42, k: 900 });

  private hit(px: number, py: number): Mark | null {
    let best: Mark | null = null, least = Infinity;
    for (const m of this.marks) {
      const d = Math.hypot((m.x - this.view.x) * this.view.k + this.w / 2 - px, (m.y - this.view.y) * this.view.k + this.h / 2 - py);
      if (d < markSize(m.count) + 4 && d < least) { least = d; best = m; }
    }
    return best;
  }
  private hover(px: number, py: number): void {
    const m = this.hit(px, py);
    this.canvas.style.cursor = m ? 'pointer' : 'grab';
    if (!m) { this.tip.hidden = true; return; }
    this.tip.hidden = false;
    this.tip.textContent = this.o.tell(m);
    const left = Math.min(px + 14, this.w - 260);
    this.tip.style.left = `${Math.max(4, left)}px`;
    this.tip.style.top = `${Math.min(py + 14, this.h - 60)}px`;
  }

  /** New data: marks are made again. */
  refresh(): void {
    this.dirtyMarks = true;
    this.draw();
  }
  /** New colours: the ground is drawn again. */
  repaint(): void { this.rest(true); }

  private rest(now: boolean): void {
    clearTimeout(this.timer);
    const run = (): void => {
      if (!this.w) return;
      // Half a screen more on every side, so that a drag uncovers ground and not the sea.
      this.baseView = { ...this.view };
      drawBase(this.base, this.baseView, Math.round(this.canvas.width * 1.5), Math.round(this.canvas.height * 1.5), this.ratio);
      this.dirtyMarks = true;
      this.draw();
      this.o.moved?.(this.view);
    };
    if (now) run();
    else this.timer = window.setTimeout(run, 160);
    this.dirtyMarks = true;
  }

  draw(): void {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      const t = performance.now();
      this.paint();
      const took = performance.now() - t;
      this.frames.count++;
      this.frames.total += took;
      this.frames.worst = Math.max(this.frames.worst, took);
    });
  }

  private paint(): void {
    if (!this.w) return;
    const g = this.canvas.getContext('2d')!;
    const r = this.ratio, v = this.view, w = this.canvas.width, hh = this.canvas.height;
    const style = getComputedStyle(document.documentElement);
    const css = (n: string): string => style.getPropertyValue(n).trim();
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.fillStyle = css('--sea');
    g.fillRect(0, 0, w, hh);
    if (this.baseView) {
      const s = v.k / this.baseView.k;
      const bw = this.base.width * s, bh = this.base.height * s;
      g.drawImage(this.base, w / 2 + (this.baseView.x - v.x) * v.k * r - bw / 2, hh / 2 + (this.baseView.y - v.y) * v.k * r - bh / 2, bw, bh);
    }
    this.o.under?.(g, v, this.w, this.h, r);
    if (this.dirtyMarks) {
      this.marks = this.o.marks(v, this.w, this.h);
      this.dirtyMarks = false;
    }
    g.setTransform(r, 0, 0, r, 0, 0);
    const ink = css('--mark'), bad = css('--contested'), paper = css('--paper'), on = css('--accent');
    for (const m of this.marks) {
      if (!m.radius) continue;
      const px = (m.x - v.x) * v.k + this.w / 2, py = (m.y - v.y) * v.k + this.h / 2;
      const km = v.k / 40075 / Math.cos((latOf(m.y) * Math.PI) / 180);
      if (m.radius * km < 9) continue;
      g.beginPath();
      g.arc(px, py, m.radius * km, 0, 7);
      g.fillStyle = css('--doubt');
      g.fill();
      g.setLineDash([4, 4]);
      g.lineWidth = 1;
      g.strokeStyle = ink;
      g.stroke();
      g.setLineDash([]);
    }
    for (const m of this.marks) {
      const px = (m.x - v.x) * v.k + this.w / 2, py = (m.y - v.y) * v.k + this.h / 2;
      if (px < -40 || px > this.w + 40 || py < -40 || py > this.h + 40) continue;
      const s = markSize(m.count);
      g.globalAlpha = m.faded ?? 1;
      g.beginPath();
      const shape = m.shape ?? (m.count === 1 && m.contested ? 'diamond' : m.area ? 'square' : 'disc');
      trace(g, shape, px, py, s);
      const colour = m.colour ?? (m.count === 1 && m.contested ? bad : ink);
      g.fillStyle = m.area && !m.colour ? paper : colour;
      g.globalAlpha *= m.area && !m.colour ? 0.85 : 0.9;
      g.fill();
      g.globalAlpha = m.faded ?? 1;
      g.lineWidth = m.selected ? 3 : 1.5;
      g.strokeStyle = m.selected ? on : m.area && !m.colour ? colour : paper;
      if (m.area) g.setLineDash([3, 2.5]);
      g.stroke();
      g.setLineDash([]);
      if (m.count > 1) {
        g.fillStyle = m.area && !m.colour ? colour : paper;
        g.font = `600 ${s > 14 ? 12 : 10.5}px system-ui, sans-serif`;
        g.textAlign = 'center';
        g.textBaseline = 'middle';
        g.fillText(m.count > 9999 ? `${Math.round(m.count / 1000)}k` : String(m.count), px, py + 0.5);
        if (m.contested) {
          g.beginPath();
          trace(g, 'diamond', px + s * 0.78, py - s * 0.78, 5);
          g.fillStyle = bad;
          g.fill();
          g.lineWidth = 1.2;
          g.strokeStyle = paper;
          g.stroke();
        }
      }
      if (m.label && (v.k > 26000 || m.selected)) {
        g.font = '500 12px system-ui, "Noto Sans", sans-serif';
        // To the right of its mark, to the left where the map ends, beneath it where neither has room.
        const wide = g.measureText(m.label).width, right = px + s + 9 + wide < this.w, left = px - s - 9 - wide > 0;
        const lx = right ? px + s + 5 : left ? px - s - 5 - wide : Math.max(4, Math.min(this.w - wide - 4, px - wide / 2)), ly = right || left ? py : py + s + 10;
        g.textAlign = 'left';
        g.textBaseline = 'middle';
        g.lineWidth = 3;
        g.strokeStyle = css('--land');
        g.strokeText(m.label, lx, ly);
        g.fillStyle = css('--ink');
        g.fillText(m.label, lx, ly);
      }
      g.globalAlpha = 1;
    }
  }
}

export function trace(g: CanvasRenderingContext2D | Path2D, shape: NonNullable<Mark['shape']>, x: number, y: number, s: number): void {
  if (shape === 'disc') { g.moveTo(x + s, y); g.arc(x, y, s, 0, 7); return; }
  const corners: Record<string, [number, number][]> = {
    square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
    diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
    triangle: [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
    hex: [[-0.5, -0.95], [0.5, -0.95], [1.05, 0], [0.5, 0.95], [-0.5, 0.95], [-1.05, 0]],
    cross: [[-0.35, -1.05], [0.35, -1.05], [0.35, -0.35], [1.05, -0.35], [1.05, 0.35], [0.35, 0.35], [0.35, 1.05], [-0.35, 1.05], [-0.35, 0.35], [-1.05, 0.35], [-1.05, -0.35], [-0.35, -0.35]],
  };
  corners[shape]!.forEach(([dx, dy], i) => (i ? g.lineTo(x + dx * s, y + dy * s) : g.moveTo(x + dx * s, y + dy * s)));
  g.closePath();
}
