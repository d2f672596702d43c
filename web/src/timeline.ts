// Events over time: bars of the selection before all events in grey, contested ones hatched on top; a strip below
// shows the whole span and the window. Drag to choose a window, drag the window to move it; arrow keys do the same.
import { h } from './dom';
import { scaleUtc, scaleLinear } from 'd3-scale';
import { Columns, dayOf, isoOf } from './columns';
import { state, go } from './state';

const SIZES = [1, 2, 7, 14, 30, 91, 182, 365];

export class Timeline {
  readonly root: HTMLElement;
  private canvas = h('canvas', { 'aria-hidden': 'true' });
  private w = 0;
  private h = 0;
  private data: Columns | null = null;
  private drag: { from: number; to: number; kind: 'new' | 'move' | 'left' | 'right'; start: number } | null = null;
  private playing = 0;
  private play = h('button.play', { type: 'button', 'aria-label': 'Play the window through time', onclick: () => this.toggle() }, '▶');
  private label = h('output', { 'aria-live': 'off' });
  private first = 0;
  private last = 1;
  frames = { count: 0, total: 0, worst: 0 };

  constructor(private changed: () => void) {
    const box = h('div.timebox', { tabIndex: 0, role: 'slider', 'aria-label': 'Time window. Arrow keys move it, Shift and arrow keys change its end, Escape clears it.', 'aria-valuetext': 'all dates' }, this.canvas);
    this.root = h('div.timeline', null, h('div.timehead', null, this.play, this.label,
      h('button.link.cleartime', { type: 'button', onclick: () => go({ from: '', to: '' }) }, 'all dates')), box);
    new ResizeObserver(() => this.resize()).observe(box);
    this.listen(box);
  }

  set(data: Columns): void {
    this.data = data;
    this.first = data.firstDay;
    this.last = Math.max(data.lastDay, data.firstDay + 1);
    this.draw();
  }
  private resize(): void {
    const b = this.canvas.parentElement!.getBoundingClientRect();
    this.w = b.width; this.h = b.height;
    const r = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.round(this.w * r);
    this.canvas.height = Math.round(this.h * r);
    this.draw();
  }

  private window(): [number, number] | null {
    if (this.drag && this.drag.kind === 'new') {
      const a = Math.min(this.drag.from, this.drag.to), b = Math.max(this.drag.from, this.drag.to);
      return [a, b];
    }
    const s = state();
    if (!s.from && !s.to) return null;
    return [s.from ? dayOf(s.from) : this.first, s.to ? dayOf(s.to) : this.last];
  }
  // Room for the strip: it holds everything, the bars above hold it, too.
  private day(px: number): number { return Math.round(this.first + (px / this.w) * (this.last + 1 - this.first) - 0.5); }
  private px(day: number): number { return ((day - this.first) / (this.last + 1 - this.first)) * this.w; }

  private listen(box: HTMLElement): void {
    const at = (e: PointerEvent): number => e.clientX - this.canvas.getBoundingClientRect().left;
    box.addEventListener('pointerdown', (e) => {
      if (e.button !== 0 || !this.data) return;
      box.setPointerCapture(e.pointerId);
      const x = at(e), d = this.clamp(this.day(x)), win = this.window();
      let kind: 'new' | 'move' | 'left' | 'right' = 'new';
      if (win) {
        const a = this.px(win[0]), b = this.px(win[1] + 1);
        if (Math.abs(x - a) < 7) kind = 'left';
        else if (Math.abs(x - b) < 7) kind = 'right';
        else if (x > a && x < b && !e.shiftKey) kind = 'move';
      }
      this.drag = { kind, start: d, from: kind === 'new' ? d : win![0], to: kind === 'new' ? d : win![1] };
    });
    box.addEventListener('pointermove', (e) => {
      const x = at(e);
      if (!this.drag) {
        const win = this.window();
        const a = win ? this.px(win[0]) : -99, b = win ? this.px(win[1] + 1) : -99;
        box.style.cursor = Math.abs(x - a) < 7 || Math.abs(x - b) < 7 ? 'ew-resize' : win && x > a && x < b ? 'grab' : 'crosshair';
        return;
      }
      const d = this.clamp(this.day(x)), g = this.drag;
      if (g.kind === 'new') g.to = d;
      else if (g.kind === 'left') this.put(Math.min(d, g.to), g.to, true);
      else if (g.kind === 'right') this.put(g.from, Math.max(d, g.from), true);
      else this.put(g.from + d - g.start, g.to + d - g.start, true);
      if (g.kind === 'new' && g.from !== g.to) this.put(Math.min(g.from, g.to), Math.max(g.from, g.to), true);
      this.draw();
    });
    const up = (): void => {
      const g = this.drag;
      this.drag = null;
      if (g && g.kind === 'new' && g.from === g.to && this.window()) go({ from: '', to: '' });
      this.draw();
    };
    box.addEventListener('pointerup', up);
    box.addEventListener('pointercancel', up);
    box.addEventListener('keydown', (e) => {
      const win = this.window() ?? [Math.max(this.first, this.last - 29), this.last];
      const wide = win[1] - win[0] + 1;
      const step = e.altKey ? 1 : Math.max(1, Math.round(wide / 4));
      const keys: Record<string, () => void> = {
        ArrowLeft: () => (e.shiftKey ? this.put(win[0], Math.max(win[0], win[1] - step)) : this.put(win[0] - step, win[1] - step)),
        ArrowRight: () => (e.shiftKey ? this.put(win[0], win[1] + step) : this.put(win[0] + step, win[1] + step)),
        Home: () => this.put(this.first, this.first + wide - 1), End: () => this.put(this.last - wide + 1, this.last),
        Escape: () => go({ from: '', to: '' }), ' ': () => this.toggle(),
      };
      const run = keys[e.key];
      if (!run) return;
      e.preventDefault();
      e.stopPropagation();
      run();
    });
  }
  private clamp(d: number): number { return Math.max(this.first, Math.min(this.last, d)); }
  private put(a: number, b: number, dragging = false): void {
    const wide = b - a;
    if (a < this.first) { a = this.first; b = a + wide; }
    if (b > this.last) { b = this.last; a = Math.max(this.first, b - wide); }
    go({ from: isoOf(a), to: isoOf(b) }, dragging || this.playing > 0);
  }

  toggle(): void {
    if (this.playing) { clearInterval(this.playing); this.playing = 0; this.play.textContent = '▶'; return; }
    if (!this.window()) this.put(this.first, this.first + Math.max(6, Math.round((this.last - this.first) / 20)));
    this.play.textContent = '❚❚';
    this.playing = window.setInterval(() => {
      const win = this.window();
      if (!win || win[1] >= this.last) return this.toggle();
      const step = Math.max(1, Math.round((win[1] - win[0] + 1) / 7));
      this.put(win[0] + step, win[1] + step);
    }, matchMedia('(prefers-reduced-motion: reduce)').matches ? 1200 : 350);
  }
  stop(): void { if (this.playing) this.toggle(); }

  draw(): void {
    if (!this.w || !this.data) return;
    const t0 = performance.now();
    const g = this.canvas.getContext('2d')!;
    const r = Math.min(2, devicePixelRatio || 1);
    const style = getComputedStyle(document.documentElement);
    const css = (n: string): string => style.getPropertyValue(n).trim();
    g.setTransform(r, 0, 0, r, 0, 0);
    g.clearRect(0, 0, this.w, this.h);
    const span = this.last + 1 - this.first;
    const size = SIZES.find((s) => span / s <= this.w / 3.5) ?? 365;
    const bins = Math.ceil(span / size);
    const { all, contested, back } = this.data.histogram(this.first, size, bins);
    const high = this.h - 18;
    let most = 1, mostBack = 1;
    for (let i = 0; i < bins; ++i) { most = Math.max(most, all[i]!); mostBack = Math.max(mostBack, back[i]!); }
    const y = scaleLinear([0, most], [0, high - 6]);
    const yBack = scaleLinear([0, mostBack], [0, high - 6]);
    const win = this.window();
    if (win) {
      g.fillStyle = css('--window');
      g.fillRect(this.px(win[0]), 0, Math.max(2, this.px(win[1] + 1) - this.px(win[0])), high);
    }
    const wide = (size / span) * this.w;
    const hatch = hatching(css('--contested'), css('--paper'));
    for (let i = 0; i < bins; ++i) {
      const x = i * wide, bw = Math.max(1, wide - (wide > 3 ? 1 : 0));
      const day = this.first + i * size;
      if (back[i]) { g.fillStyle = css('--bar-back'); const b = yBack(back[i]!); g.fillRect(x, high - b, bw, b); }
      if (!all[i]) continue;
      const inside = !win || (day + size > win[0] && day <= win[1]);
      g.globalAlpha = inside ? 1 : 0.35;
      const b = Math.max(1.5, y(all[i]!));
      g.fillStyle = css('--mark');
      g.fillRect(x, high - b, bw, b);
      if (contested[i]) { g.fillStyle = hatch; g.fillRect(x, high - b, bw, Math.max(2, y(contested[i]!))); }
      g.globalAlpha = 1;
    }
    g.fillStyle = css('--line');
    g.fillRect(0, high, this.w, 1);
    if (win) {
      g.fillStyle = css('--accent');
      g.fillRect(this.px(win[0]) - 1, 0, 2, high);
      g.fillRect(this.px(win[1] + 1) - 1, 0, 2, high);
    }
    const time = scaleUtc([new Date(this.first * 864e5), new Date((this.last + 1) * 864e5)], [0, this.w]);
    const ticks = time.ticks(Math.max(2, Math.floor(this.w / 110)));
    const format = time.tickFormat(Math.max(2, Math.floor(this.w / 110)));
    g.fillStyle = css('--soft');
    g.font = '11px system-ui, sans-serif';
    g.textBaseline = 'top';
    for (const t of ticks) {
      const x = time(t);
      g.textAlign = x < 24 ? 'left' : x > this.w - 24 ? 'right' : 'center';
      g.fillRect(x, high, 1, 4);
      g.fillText(format(t), x, high + 5);
    }
    const unit = size === 1 ? 'day' : size === 7 ? 'week' : `${size} days`;
    const text = win ? `${isoOf(win[0])} to ${isoOf(win[1])}` : `${isoOf(this.first)} to ${isoOf(this.last)}`;
    this.label.textContent = `${text} · a bar is ${size === 1 || size === 7 ? 'a ' : ''}${unit}, tallest ${most}`;
    const box = this.canvas.parentElement!;
    box.setAttribute('aria-valuetext', win ? text : 'all dates');
    box.setAttribute('aria-valuemin', String(this.first));
    box.setAttribute('aria-valuemax', String(this.last));
    box.setAttribute('aria-valuenow', String(win ? win[0] : this.first));
    this.root.classList.toggle('windowed', !!win);
    const took = performance.now() - t0;
    this.frames.count++;
    this.frames.total += took;
    this.frames.worst = Math.max(this.frames.worst, took);
    this.changed();
  }
}

const patterns = new Map<string, CanvasPattern>();
export function hatching(ink: string, paper: string): CanvasPattern {
  const key = ink + paper;
  let p = patterns.get(key);
  if (!p) {
    const c = document.createElement('canvas');
    c.width = c.height = 6;
    const g = c.getContext('2d')!;
    g.fillStyle = paper;
    g.fillRect(0, 0, 6, 6);
    g.strokeStyle = ink;
    g.lineWidth = 2.2;
    for (const o of [-6, 0, 6]) { g.beginPath(); g.moveTo(o - 1, 7); g.lineTo(o + 7, -1); g.stroke(); }
    p = g.createPattern(c, 'repeat')!;
    patterns.set(key, p);
  }
  return p;
}
