// Actor, stories, trend, import and method: the quieter pages.
import { h, fill, svg, Child, toast } from './dom';
import { get, upload } from './api';
import { columns, Columns, isoOf, NO_DAY } from './columns';
import { state, go, link, listen } from './state';
import type { EventRow, Stats } from './types';
import { actorName, badge, countryOf, day, human, plural } from './words';
import { countryName } from './basemap';
import { eventCard } from './events';
import { report } from './event';
import { provenance, reportText } from './report';

const back = (): HTMLElement => h('nav.crumbs', { 'aria-label': 'Way back' }, h('a', { href: link({ view: 'events', id: '' }), 'data-go': '' }, '← events'));

/** Counts by month as a small chart. Its numbers are also in a table for those who cannot see it. */
function bars(months: { month: string; events: number; contested?: number }[], label: string): HTMLElement {
  if (!months.length) return h('p.note', null, 'No dated events.');
  const index = (m: string): number => Number(m.slice(0, 4)) * 12 + Number(m.slice(5, 7)) - 1;
  const last = index(months[months.length - 1]!.month);
  const first = Math.max(index(months[0]!.month), last - 143);
  const wide = Math.max(1, last - first + 1), most = Math.max(...months.map((m) => m.events));
  const g = svg('svg', { viewBox: `0 0 ${Math.max(24, wide) * 8} 70`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${label}, from ${months[0]!.month} to ${months[months.length - 1]!.month}, at most ${most} a month` });
  for (const m of months) {
    const x = (index(m.month) - first) * 8;
    if (x < 0) continue;
    const hh = (m.events / most) * 62;
    g.append(svg('rect', { x, y: 68 - hh, width: 7, height: hh, class: 'bar' }, svg('title', null, `${m.month}: ${m.events}`)));
    if (m.contested) { const c = (m.contested / most) * 62; g.append(svg('rect', { x, y: 68 - c, width: 7, height: c, class: 'barbad' }, svg('title', null, `${m.month}: ${m.contested} contested`))); }
  }
  return h('div.bars', null, h('div.ends', { 'aria-hidden': 'true' }, h('span', null, `tallest ${most} a month`), h('span')), g, h('div.ends', { 'aria-hidden': 'true' }, h('span', null, `${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, '0')}`), h('span', null, months[months.length - 1]!.month)));
}

interface ActorPage {
  actor: { id: string; name: string; kind: string; country: string; cameo: string; ucdp: string; wikidata: string; listed: boolean }[];
  months: { month: string; events: number; contested: number }[];
  types: { id: string; name: string; events: number }[]; places: { id: string; name: string; events: number }[];
  partners: { id: string; name: string; events: number; groups: Record<string, number>; months: Record<string, number> }[];
  relations: { kind: string; a: string; a_id: string; b: string; b_id: string; date: string; words: string; document: string; site: string }[];
  states: { id: string; attribute: string; a: string; a_id: string; b: string; b_id: string; place: string; place_id: string; date_from: string; date_to: string; status: string; contested: boolean }[];
}

const GROUPS = ['fight', 'harm', 'coerce', 'territory', 'alignment', 'accord', 'speech', 'posture', 'protest', 'people', 'other'];

export class ActorView {
  readonly root = h('main.page', { id: 'main' });
  async open(): Promise<void> {
    const id = state().id;
    if (!id) return this.all();
    fill(this.root, back(), h('p.note', null, 'Loading …'));
    try {
      const p = await get<ActorPage>(`/v1/actors/${encodeURIComponent(id)}`);
      const a = p.actor[0]!;
      document.title = `${a.name} · Annalist`;
      const most = Math.max(1, ...p.partners.map((x) => x.events));
      const years = [...new Set(p.partners.flatMap((x) => Object.keys(x.months).map((m) => m.slice(0, 4))))].sort().slice(-12);
      const relations = p.states.filter((s) => s.attribute !== 'control');
      fill(this.root, back(),
        h('h1', { tabIndex: -1 }, actorName(a.name)),
        h('p.lede', null, [human(a.kind), countryOf(a.country), a.listed ? '' : 'known from its description only'].filter(Boolean).join(' · '), h('span.soft', null, [a.cameo && ` CAMEO ${a.cameo}`, a.ucdp && ` UCDP ${a.ucdp}`, a.wikidata && ` Wikidata ${a.wikidata}`].filter(Boolean).join(' ·'))),
        h('p', null, h('a', { href: link({ view: 'events', id: '', filters: { actor: [a.id] }, q: '', bbox: '', from: '', to: '' }), 'data-go': '' }, 'All its events on the map and timeline')),
        h('section', null, h('h2', null, 'Events by month'), bars(p.months, `Events of ${a.name}`)),
        h('div.columns', null,
          h('section', null, h('h2', null, 'What'), h('ol.counts', null, p.types.map((t) => h('li', null, h('a', { href: link({ view: 'events', id: '', filters: { actor: [a.id], type: [t.id] } }), 'data-go': '' }, human(t.id)), h('span.n', null, String(t.events)))))),
          h('section', null, h('h2', null, 'Where'), h('ol.counts', null, p.places.map((t) => h('li', null, h('a', { href: link({ view: 'control', id: '', place: t.id }), 'data-go': '' }, t.name), h('span.n', null, String(t.events))))))),
        h('section', null, h('h2', null, 'With and against whom, over time'),
          p.partners.length ? h('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': 'Relations by year' }, h('table.relations', null,
            h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'actor'), h('th', { scope: 'col' }, 'events'), h('th', { scope: 'col' }, 'of which'), years.map((y) => h('th', { scope: 'col' }, y)), h('th', { scope: 'col' }, 'no date'))),
            h('tbody', null, p.partners.slice(0, 25).map((x) => h('tr', null, h('th', { scope: 'row' }, h('a', { href: link({ view: 'actor', id: x.id }), 'data-go': '' }, actorName(x.name))),
              h('td', null, h('a', { href: link({ view: 'events', id: '', filters: { actor: [a.id] }, q: '' }), 'data-go': '' }, String(x.events)), h('span.share', { style: { '--share': (x.events / most).toFixed(3) }, 'aria-hidden': 'true' })),
              h('td', null, GROUPS.filter((g) => x.groups[g]).sort((g, k) => x.groups[k]! - x.groups[g]!).slice(0, 3).map((g, i) => [i ? ', ' : '', `${g} ${x.groups[g]}`])),
              years.map((y) => { const n = Object.entries(x.months).filter(([m]) => m.startsWith(y)).reduce((s, [, v]) => s + v, 0); return h('td.heat', { style: { '--heat': Math.min(1, Math.log1p(n) / Math.log1p(most)).toFixed(2) } }, n || ''); }), h('td.num', null, x.events - Object.values(x.months).reduce((s, v) => s + v, 0) || '')))))) : h('p.note', null, 'Named alone so far.')),
        relations.length ? h('section', null, h('h2', null, 'What reports together say of its relations'), h('ul.docs', null, relations.map((s) => h('li', null, h('span.date', null, `${s.date_from ? day(s.date_from) : 'since before'} – ${s.date_to ? day(s.date_to) : 'now'}`), ` ${s.a} `, h('strong', null, human(s.attribute)), ` ${s.b}`, s.contested ? [' ', badge('◆ contested', 'bad')] : null)))) : null,
        p.relations.length ? h('section', null, h('h2', null, 'Relations as reports put them'), h('ul.docs', null, p.relations.slice(0, 60).map((r) => h('li', null, h('span.date', null, r.date ? day(r.date) : ''), ' ', r.a, ' ', h('strong', null, human(r.kind)), ' ', r.b, r.words ? h('q', null, r.words) : null, h('span.soft', null, ` ${r.site}`))))) : null);
    } catch (err) {
      fill(this.root, back(), h('p.note.bad', null, (err as Error).message));
    }
  }
  private async all(): Promise<void> {
    const list = h('ol.counts.wide');
    const load = async (q: string): Promise<void> => {
      const r = await get<{ items: { id: string; name: string; kind: string; country: string; events: number; listed: boolean }[] }>('/v1/actors', { q, limit: '200' });
      fill(list, r.items.length ? r.items.map((a) => h('li', null, h('span', null, h('a', { href: link({ view: 'actor', id: a.id }), 'data-go': '' }, actorName(a.name)), / \([A-Z]{3}\)$/.test(a.name) ? null : h('span.soft', null, ` ${[human(a.kind), countryOf(a.country)].filter((x) => x && x !== actorName(a.name)).join(', ')}`), a.listed ? null : h('span.soft', null, ' · described')), h('span.n', null, String(a.events)))) : h('li.note', null, 'Nobody of that name.'));
    };
    fill(this.root, h('h1', { tabIndex: -1 }, 'Actors'), h('p', null, h('input', { type: 'search', placeholder: 'find a name', 'aria-label': 'Find an actor', oninput: (e: Event) => void load((e.target as HTMLInputElement).value) })), list);
    document.title = 'Actors · Annalist';
    await load('');
  }
}

export class StoriesView {
  readonly root = h('main.page', { id: 'main' });
  async open(): Promise<void> {
    const id = state().view === 'story' ? state().id : '';
    try {
      if (!id) {
        const r = await get<{ items: { id: string; title: string; date_from: string; date_to: string; countries: string; actors: string; reports: number; sources: number }[] }>('/v1/stories');
        document.title = 'Stories · Annalist';
        fill(this.root, h('h1', { tabIndex: -1 }, 'Stories'), h('p.soft', null, 'Reports that tell of the same happenings. Near copies count as one source.'),
          r.items.length ? h('ol.cards.wide', null, r.items.map((s) => h('li.card', null, h('a', { href: link({ view: 'story', id: s.id }), 'data-go': '' }, h('span.date', null, s.date_from === s.date_to ? day(s.date_from) : `${day(s.date_from)} – ${day(s.date_to)}`), h('strong.title', null, s.title || 'Untitled'), h('span.meta', null, [plural(s.reports, 'report'), s.reports > 1 ? `${s.sources} independent` : '', s.actors].filter(Boolean).join(' · ')))))) : h('p.note', null, 'No stories: annalist connect has not run on this store, or no two reports tell of the same.'));
        return;
      }
      const r = await get<{ story: { title: string; date_from: string; date_to: string; reports: number; sources: number; why: string; actors: string }[]; reports: { kind: string; of: string; why: string; id: string; headline: string; site: string; agency: string; published: string }[]; events: EventRow[] }>(`/v1/stories/${encodeURIComponent(id)}`);
      const s = r.story[0]!;
      document.title = `${s.title} · Annalist`;
      const copies = new Map<string, typeof r.reports>();
      for (const d of r.reports) if (d.of && (d.kind === 'copy' || d.kind === 'same')) copies.set(d.of, [...(copies.get(d.of) ?? []), d]);
      const own = r.reports.filter((d) => !(d.of && (d.kind === 'copy' || d.kind === 'same')));
      fill(this.root, h('nav.crumbs', null, h('a', { href: link({ view: 'stories', id: '' }), 'data-go': '' }, '← stories')), h('h1', { tabIndex: -1 }, s.title || 'Story'),
        h('p.lede', null, [s.reports > 1 ? `${s.reports} reports, ${s.sources} independent` : '1 report', s.date_from ? (s.date_from === s.date_to ? day(s.date_from) : `${day(s.date_from)} – ${day(s.date_to)}`) : 'no dates'].join(' · ')), s.reports > 1 && s.why ? h('p.soft', null, s.why) : null,
        h('div.columns', null,
          h('section', null, h('h2', null, 'What happened, in order'), h('ol.cards', null, [...r.events].sort((a, b) => ((a.from || '9') < (b.from || '9') ? -1 : 1)).map((e) => eventCard(e)))),
          h('section', null, h('h2', null, 'Reports'), h('ol.docs', null, own.map((d) => h('li', null, [d.published ? h('span.date', null, `${day(d.published)} `) : null], h('strong', null, d.headline || d.site || 'no headline'), h('span.soft', null, ` ${[d.site, d.agency && d.agency !== d.site ? d.agency : ''].filter(Boolean).join(', ')}`), d.kind === 'update' ? badge('update') : null,
            copies.get(d.id) ? h('details', null, h('summary', null, plural(copies.get(d.id)!.length, 'near copy', 'near copies')), h('ul', null, copies.get(d.id)!.map((c) => h('li', null, [c.site, day(c.published)].filter(Boolean).join(', '))))) : null, fullText(d.id)))))));
    } catch (err) {
      fill(this.root, back(), h('p.note.bad', null, (err as Error).message));
    }
  }
}

/** A report's text, fetched when it is opened. */
function fullText(id: string): HTMLElement {
  const box = h('div');
  const d = h('details', { ontoggle: () => {
    if (!d.open || box.firstChild) return;
    fill(box, h('p.note', null, 'Loading …'));
    void report(id).then((r) => fill(box, provenance(r.coded), reportText(r.coded, [])), (err: Error) => fill(box, h('p.note.bad', null, err.message)));
  } }, h('summary', null, 'the report'), box);
  return d;
}

/** The last week against the weeks before it. A change of a few events is never called large. */
export class TrendView {
  readonly root = h('main.page', { id: 'main' });
  private data: Columns | null = null;
  constructor() { listen((now, before) => { if (now.view === 'trend' && this.data && (now.by !== before.by || now.unit !== before.unit || now.to !== before.to)) void this.open(); }); }
  async open(): Promise<void> {
    const d = (this.data = await columns());
    await d.select({ ...state(), from: '', to: '', bbox: '' });
    document.title = 'Trends · Annalist';
    const by = (state().by || 'country') as 'country' | 'admin1' | 'actor' | 'type';
    const weeks = state().unit === '52' ? 52 : 4;
    const end = state().to ? Math.round(Date.parse(state().to) / 864e5) : d.lastDay;
    const dict = d.dict[by]!;
    const now = new Float64Array(dict.length), past = new Float64Array(dict.length), spark = Array.from({ length: 13 }, () => new Float64Array(dict.length));
    for (let i = 0; i < d.count; ++i) {
      if (d.mask[i] !== 0 || d.from[i] === NO_DAY) continue;
      const w = Math.floor((end - d.from[i]!) / 7);
      if (w < 0 || w > weeks || w > 60) continue;
      const add = (k: number): void => { if (w === 0) now[k]!++; else past[k]!++; if (w < 13) spark[w]![k]!++; };
      if (by === 'actor') for (let a = d.actorStart[i]!; a < d.actorStart[i + 1]!; ++a) add(d.actors[a]!);
      else add(d[by][i]!);
    }
    const rows = dict.map((x, k) => ({ id: x.id, name: by === 'country' ? countryName(x.id) : by === 'type' ? human(x.id) : by === 'actor' ? actorName(x.name) : x.name, now: now[k]!, mean: past[k]! / weeks, k })).filter((r) => r.id && (r.now || r.mean >= 0.5));
    const judge = (r: (typeof rows)[number]): [string, number] => {
      const change = r.mean ? (r.now - r.mean) / r.mean : r.now ? Infinity : 0;
      if (r.now <= 5 && r.mean <= 2) return ['few events', 0];
      return [change > 0.25 ? '▲ large rise' : change > 0.1 ? '△ rise' : change >= -0.25 ? '– little change' : '▼ large fall', change];
    };
    rows.sort((a, b) => b.now - b.mean - (a.now - a.mean));
    const option = (name: 'by' | 'unit', v: string, t: string, on: boolean): HTMLElement => h('button', { type: 'button', 'aria-pressed': String(on), onclick: () => go({ [name]: v }) }, t);
    fill(this.root, h('h1', { tabIndex: -1 }, 'Trends'),
      h('p.soft', null, `Events of the seven days to ${day(isoOf(end))} against the mean of the ${weeks} weeks before, in the present selection. ▲ more than a quarter above it, ▼ more than a quarter below; below six events against a mean of two or less nothing is said. The number of events follows the number of reports, too: look at the sources before calling it an escalation.`),
      h('div.row', null, h('label', null, 'week to ', h('input', { type: 'date', value: isoOf(end), onchange: (e: Event) => go({ to: (e.target as HTMLInputElement).value }) })),
        h('span.group', { role: 'group', 'aria-label': 'By' }, option('by', 'country', 'country', by === 'country'), option('by', 'admin1', 'region', by === 'admin1'), option('by', 'actor', 'actor', by === 'actor'), option('by', 'type', 'type', by === 'type')),
        h('span.group', { role: 'group', 'aria-label': 'Baseline' }, option('unit', '4', '4 weeks', weeks === 4), option('unit', '52', '52 weeks', weeks === 52))),
      rows.length ? h('div.scroll', { tabIndex: 0, role: 'region', 'aria-label': 'Trends' }, h('table.trend', null, h('thead', null, h('tr', null, ['', 'this week', `mean of ${weeks} weeks`, 'change', 'verdict', '13 weeks'].map((t, i) => h(i > 0 && i < 4 ? 'th.num' : 'th', { scope: 'col' }, t)))),
        h('tbody', null, rows.slice(0, 80).map((r) => {
          const [verdict, change] = judge(r);
          const filter = { [by]: [r.id] };
          return h('tr', null, h('th', { scope: 'row' }, h('a', { href: link({ view: 'events', filters: { ...state().filters, ...filter }, from: isoOf(end - 6), to: isoOf(end) }), 'data-go': '' }, r.name || r.id)), h('td.num', null, String(r.now)), h('td.num', null, r.mean.toFixed(1)), h('td.num', null, r.mean ? `${change >= 0 ? '+' : ''}${Math.round(change * 100)} %` : r.now ? 'new' : ''), h('td', null, verdict), h('td', null, sparkline(spark.map((s) => s[r.k]!).reverse())));
        })))) : h('p.note', null, 'No events in these weeks. Choose another week.'));
  }
}
function sparkline(v: number[]): SVGElement {
  const most = Math.max(1, ...v);
  return svg('svg', { viewBox: '0 0 104 24', class: 'spark', role: 'img', 'aria-label': `weekly: ${v.join(', ')}` }, ...v.map((n, i) => svg('rect', { x: i * 8, y: 23 - (n / most) * 22, width: 7, height: Math.max(n ? 1 : 0, (n / most) * 22), class: i === v.length - 1 ? 'bar now' : 'bar' })));
}

interface Job { id: string; name: string; state: string; error: string; documents: number; added: number; same: number; recoded: number; events: number; failed: number; notes: string[] }

export class ImportView {
  readonly root = h('main.page', { id: 'main' });
  private list = h('ul.jobs', { 'aria-live': 'polite' });
  constructor(private stats: () => Stats | null) {}
  async open(): Promise<void> {
    document.title = 'Import · Annalist';
    const ready = this.stats()?.import;
    const input = h('input', { type: 'file', multiple: true, id: 'files', onchange: () => void this.take([...(input.files ?? [])]) });
    const zone = h('div.drop', {
      ondragover: (e: DragEvent) => { e.preventDefault(); zone.classList.add('over'); }, ondragleave: () => zone.classList.remove('over'),
      ondrop: (e: DragEvent) => { e.preventDefault(); zone.classList.remove('over'); void this.take([...(e.dataTransfer?.files ?? [])]); },
    }, h('p', null, 'Drop reports here, or ', h('label', { htmlFor: 'files' }, 'choose files'), input), h('p.soft', null, 'HTML pages, plain text, JSONL, WARC, feeds, CSV, MHTML, exports of Nexis and Factiva, also gzipped; 64 MiB each. They are coded on this machine and go nowhere else. The same report twice changes nothing.'));
    fill(this.root, h('h1', { tabIndex: -1 }, 'Import'), ready ? zone : h('p.note', null, 'This desk is read-only. Start it with annalist serve STORE --write to import reports here, or run annalist ingest.'), this.list);
  }
  async take(files: File[]): Promise<void> {
    for (const file of files) {
      const bar = h('progress', { max: 1, 'aria-label': `Progress of ${file.name}` });
      const text = h('span', null, 'sending');
      this.list.prepend(h('li', null, h('strong', null, file.name), ' ', bar, ' ', text));
      try {
        let job = await upload<Job>('/v1/import', file, file.name, (share) => { bar.value = share * 0.5; });
        while (job.state === 'waiting' || job.state === 'coding') {
          await new Promise((r) => setTimeout(r, 400));
          job = await get<Job>(`/v1/import/${job.id}`);
          bar.removeAttribute('value');
          text.textContent = `${plural(job.documents, 'report')} coded, ${plural(job.events, 'event')}`;
        }
        bar.value = 1;
        fill(text, job.state === 'failed' ? job.error : `${plural(job.added, 'new report')}, ${plural(job.events, 'event')}${job.same ? `, ${job.same} already there` : ''}${job.recoded ? `, ${job.recoded} coded anew` : ''}${job.failed ? `, ${job.failed} failed` : ''}`, job.notes.length ? h('ul', null, job.notes.map((n) => h('li', null, n))) : null);
        if (job.added || job.recoded) dispatchEvent(new CustomEvent('annalist-changed'));
      } catch (err) {
        text.textContent = (err as Error).message;
        toast(`${file.name}: ${(err as Error).message}`);
      }
    }
  }
}

export class MethodView {
  readonly root = h('main.page.prose', { id: 'main' });
  constructor(private stats: () => Stats | null) {}
  async open(): Promise<void> {
    document.title = 'Method · Annalist';
    const s = this.stats();
    const book = await get<{ types: { type: string; group: string; what: string }[] }>('/v1/codebook');
    const groups = [...new Set(book.types.map((t) => t.group))];
    const p = (...t: Child[]): HTMLElement => h('p', null, ...t);
    fill(this.root, h('h1', { tabIndex: -1 }, 'How to read this desk'),
      s ? p(`This store holds ${plural(s.events, 'event')} from ${plural(s.documents, 'report')}, ${s.first ? `${day(s.first)} to ${day(s.last)}` : 'without dates'}. Annalist ${s.annalist}, revision ${s.revision}.`) : null,
      h('h2', null, 'What an event is'), p('An event is what reports say happened: a type of the codebook, who did it to whom, where and when. It is read from the words of a report by a parser and a codebook of frames; nothing is guessed where the words do not say it. Every event names the words and the rule that made it, on its page under “Why this record”. It is not a finding that the thing happened.'),
      h('h2', null, 'Claims and contested events'), p('A claim is who says so: the source, in which words, asserting or denying. An event is contested, marked ◆, when one source says that it did not happen, or when accounts differ in who, where, when or how many. Both sides stay; a denial never removes an event. The report’s own voice is a claim of the outlet.'),
      h('h2', null, 'Sources are counted once'), p('Ten papers that print one agency’s story are one source. “Independent sources” counts different sources that are not near copies of each other and not the same agency. It is a count of voices, not of truth: two parties to a conflict can be two sources.'),
      h('h2', null, 'Places and their precision'), p('A disc on the map is a place that is known. A dashed square is a region or a country within which it happened; it is drawn at a middle point that means nothing in itself. A dashed ring shows how far off a “near” may be. Events without a place are only in the list. Coordinates come from GeoNames; they are never moved apart to look tidy.'),
      p('Borders and regions are Natural Earth’s, simplified; a region belongs to the country of its ISO 3166-2 code. The map takes no side about who ought to hold it. Who does hold it is on the page Control, from what reports say.'),
      h('h2', null, 'Dates'), p('An event’s date is the day it happened as the words tell it against the day of the report, not the day of publication. Where the words give only a month or a year, the event has a range.'),
      h('h2', null, 'Told as'), p('Lists show what is told as actual or ongoing. What was planned, threatened, demanded, denied or told of the past is there, too: choose it under “Told as”.'),
      h('h2', null, 'Numbers killed'), p('Low, best and high come from the numbers that claims give. Without more than one number all three are the same.'),
      h('h2', null, 'Trends'), p('More events can mean more fighting, or more reporting. A trend compares the last week with the mean of the four or fifty-two weeks before and says nothing about few events.'),
      h('h2', null, 'Verdicts of reviewers'), p('Accepting, rejecting and correcting adds a row with the reviewer’s name and time, and never overwrites what was there. Corrections are kept when reports are coded anew. Rejected events are left out of every list unless asked for.'),
      h('h2', null, 'What goes wrong'), p('The coder misses events told in unusual words, takes one of two places of a name, and joins or fails to join two reports of one event. How often, on texts with known answers, is measured in docs/scoreboard.md of the program. For anything that matters, read the words.'),
      h('h2', null, 'Types'), groups.map((g) => [h('h3', null, g), h('dl.types', null, book.types.filter((t) => t.group === g).map((t) => [h('dt', null, human(t.type)), h('dd', null, t.what)]))]),
      h('h2', null, 'For programs'), p('Everything on this desk is in the API: ', h('a', { href: '/v1' }, '/v1'), ', described in ', h('a', { href: '/v1/openapi.yaml' }, 'OpenAPI'), '; QGIS opens ', h('a', { href: '/ogc' }, '/ogc'), ' as OGC API – Features.'));
  }
}
