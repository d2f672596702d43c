// The frame: header, which view is shown, keys, theme. docs/guide/desk.md describes the page for those who use it.
import './style.css';
import { h, fill, toast } from './dom';
import { get, setKey, ApiError } from './api';
import { state, go, listen, link, View, parse } from './state';
import type { Codebook, Stats } from './types';
import { setCountries } from './words';
import { EventsView } from './events';
import { EventView, forgetReports } from './event';
import { ControlView } from './control';
import { ActorView, StoriesView, TrendView, ImportView, MethodView } from './pages';
import { ReviewView } from './review';
import { setStats } from './decide';
import { columns, forget } from './columns';
import { loadWorld } from './basemap';

let stats: Stats | null = null;
const theStats = (): Stats | null => stats;

const theme = localStorage.getItem('annalist-theme');
if (theme) document.documentElement.dataset.theme = theme;

const TABS: [View, string, string][] = [['events', 'Events', 'e'], ['control', 'Control', 'c'], ['actor', 'Actors', 'a'], ['stories', 'Stories', 's'], ['trend', 'Trends', 't'], ['review', 'Review', 'r'], ['import', 'Import', 'i'], ['method', 'Method', 'm']];

const search = h('input', { type: 'search', id: 'search', placeholder: 'Search words, names, places …', 'aria-label': 'Search events', autocomplete: 'off', spellcheck: 'false' });
let typing = 0;
search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = window.setTimeout(() => go({ q: search.value.trim(), view: 'events', id: '' }, state().view === 'events'), 220);
});
search.addEventListener('keydown', (e) => {
  if (e.key === 'Enter') { clearTimeout(typing); go({ q: search.value.trim(), view: 'events', id: '' }); views.events.step(1); }
  if (e.key === 'Escape') { e.preventDefault(); search.blur(); } // the browser would empty it
});

const nav = h('nav.tabs', { 'aria-label': 'Views' });
const place = h('div.view');
const desk = document.getElementById('desk')!;
fill(desk,
  h('a.skip', { href: '#main', onclick: (e: Event) => { e.preventDefault(); (document.querySelector('main h1, main a, main button') as HTMLElement | null)?.focus(); } }, 'Skip to the content'),
  h('header.top', null,
    h('a.brand', { href: '/', 'data-go': '' }, 'Annalist'), nav, h('form.search', { role: 'search', onsubmit: (e: Event) => e.preventDefault() }, search),
    h('button.icon', { type: 'button', 'aria-label': 'Light or dark', title: 'Light or dark', onclick: swapTheme }, '◐'),
    h('button.icon', { type: 'button', 'aria-label': 'Keys', title: 'Keys (?)', onclick: help }, '?')),
  place);

const views = {
  events: new EventsView(), event: new EventView(), control: new ControlView(), actor: new ActorView(), story: new StoriesView(), stories: new StoriesView(),
  trend: new TrendView(), review: new ReviewView(), import: new ImportView(theStats), method: new MethodView(theStats),
};

function swapTheme(): void {
  const dark = document.documentElement.dataset.theme === 'dark' || (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('annalist-theme', dark ? 'light' : 'dark');
  void show(true);
}

function tabs(): void {
  const now = state().view;
  fill(nav, TABS.map(([view, label]) => {
    const on = now === view || (view === 'events' && now === 'event') || (view === 'stories' && now === 'story');
    return h('a', { 'data-on': on ? '' : false, href: link({ view, id: '', doc: '', map: view === 'control' || view === 'events' ? '' : state().map }), 'data-go': '', 'aria-current': on ? 'page' : false }, label);
  }));
  nav.querySelector('[data-on]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

let shown: View | null = null;
async function show(focus = false): Promise<void> {
  const v = state().view;
  tabs();
  if (document.activeElement !== search) search.value = state().q;
  if (shown !== v) {
    if (shown === 'events') views.events.close();
    fill(place, views[v].root);
    shown = v;
  }
  document.title = 'Annalist';
  try {
    await views[v].open();
  } catch (err) {
    if (err instanceof ApiError && err.status === 401) return askKey();
    toast((err as Error).message);
  }
  if (focus && v !== 'events') (views[v].root.querySelector('h1') as HTMLElement | null)?.focus({ preventScroll: true });
}

listen((now, before) => {
  if (now.view !== before.view || now.id !== before.id) void show(true);
  else { tabs(); if (document.activeElement !== search) search.value = now.q; }
});

// Links inside the page change the state without loading anything.
document.addEventListener('click', (e) => {
  const a = (e.target as Element).closest?.('a[data-go]');
  if (!(a instanceof HTMLAnchorElement) || e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0) return;
  e.preventDefault();
  const next = parse(new URL(a.href).search);
  go(next);
});

addEventListener('annalist-changed', () => {
  forget();
  forgetReports();
  views.control.forget();
  void refreshStats().then(() => views.events.reload());
});

async function refreshStats(): Promise<void> {
  stats = await get<Stats>('/v1/stats');
  setStats(stats);
}

function askKey(): void {
  const input = h('input', { type: 'password', 'aria-label': 'Key', autocomplete: 'off' });
  const box = h('form.keybox', { onsubmit: (e: Event) => { e.preventDefault(); setKey(input.value.trim()); location.reload(); } }, h('h1', null, 'A key is needed'), h('p', null, 'This desk is served with keys. Paste yours; it stays in this tab.'), input, h('button.primary', { type: 'submit' }, 'Open'));
  fill(place, h('main.page', null, box));
  input.focus();
}

function help(): void {
  const row = (k: string, t: string): HTMLElement => h('tr', null, h('td', null, k.split(' ').map((x) => h('kbd', null, x))), h('td', null, t));
  const d = h('dialog', { 'aria-label': 'Keys' }, h('h2', null, 'Keys'), h('table', null,
    row('/', 'search'), row('j k', 'next and previous event'), row('Enter', 'open it'), row('Esc', 'back to the list'), row('g e', 'events; c control, a actors, s stories, t trends, r review, i import, m method'),
    row('a x e u', 'on an event and in the queue: accept, reject, correct, undo'), row('s 1–9', 'in the queue: skip, change the type'), row('← → ↑ ↓ + −', 'on the map: move and zoom'), row('← → Space', 'on the timeline: move the window, play'), row('?', 'this page')),
    h('form', { method: 'dialog' }, h('button.primary', null, 'Close')));
  d.addEventListener('close', () => d.remove());
  document.body.append(d);
  d.showModal();
}

let leader = 0;
document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
  const t = e.target as HTMLElement;
  if (t.matches?.('input:not([type=checkbox]):not([type=range]), textarea, select')) return;
  const v = state().view;
  const take = (run: () => void): void => { e.preventDefault(); run(); };
  if (leader && Date.now() - leader < 1200) {
    leader = 0;
    const tab = TABS.find(([, , k]) => k === e.key);
    if (tab) return take(() => go({ view: tab[0], id: '', doc: '' }));
  }
  if (e.key === '/') return take(() => { search.focus(); search.select(); });
  if (e.key === '?') return take(help);
  if (e.key === 'g') { leader = Date.now(); return; }
  if (v === 'review' && views.review.press(e.key)) return e.preventDefault();
  if (v === 'event') {
    if (e.key === 'a') return take(() => void views.event.decide('accepted'));
    if (e.key === 'x') return take(() => void views.event.decide('rejected'));
    if (e.key === 'u') return take(() => void views.event.decide('undone'));
    if (e.key === 'e') return take(() => views.event.edit());
    if (e.key === 'Escape') return take(() => go({ view: 'events', id: '', doc: '' }));
  }
  if (v === 'events') {
    if (e.key === 'j') return take(() => views.events.step(1));
    if (e.key === 'k') return take(() => views.events.step(-1));
  }
});

// Reports may be dropped anywhere.
addEventListener('dragover', (e) => e.preventDefault());
addEventListener('drop', (e) => {
  e.preventDefault();
  const files = [...(e.dataTransfer?.files ?? [])];
  if (!files.length || (e.target as Element).closest?.('.drop')) return;
  go({ view: 'import', id: '' });
  if (stats?.import) void views.import.take(files);
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => void show());
(window as unknown as { annalist: unknown }).annalist = { frames: () => views.events.frames };

void (async () => {
  performance.mark('desk-start');
  try {
    const counted = refreshStats();
    if (['events', 'trend'].includes(state().view)) columns().catch(() => {}); // whoever shows them tells of the error
    const named = get<Codebook>('/v1/codebook').then((c) => setCountries(c.countries));
    await Promise.all([loadWorld(), named, ['events', 'control'].includes(state().view) ? null : counted]);
    await show();
    counted.catch((err: Error) => (err instanceof ApiError && err.status === 401 ? askKey() : toast(err.message)));
    performance.mark('desk-ready');
    document.documentElement.dataset.ready = 'yes';
  } catch (err) {
    if (err instanceof ApiError && err.status === 401) return askKey();
    fill(place, h('main.page', null, h('p.note.bad', null, `The server does not answer: ${(err as Error).message}`)));
  }
})();
