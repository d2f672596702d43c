// The review queue: one event at a time with its words, decided by single keys. First those where a mistake costs most:
// contested, deadly, territory changing hands, and read with little confidence.
import { h, fill, toast, announce } from './dom';
import { get } from './api';
import { state, selection, listen, link } from './state';
import type { EventFull, EventRow } from './types';
import { badge, badges, human, plural, title, toll, when, where } from './words';
import { decide, editForm, reviewer, setReviewer } from './decide';
import { report } from './event';
import { marksOf, reportText, provenance } from './report';

const QUICK = ['attack', 'clash', 'killing', 'capture', 'withdraw', 'abduction', 'arrest', 'protest', 'agree'];

function weight(e: EventRow): number {
  return (1 - e.confidence) * 2 + (e.contested ? 2 : 0) + Math.min(2, Math.log10(1 + (e.deaths?.best ?? 0))) + (e.group === 'territory' || e.group === 'alignment' ? 1 : 0) - (e.sources > 1 ? 0.5 : 0);
}

export class ReviewView {
  readonly root = h('main.review', { id: 'main' });
  private queue: EventRow[] = [];
  private at = 0;
  private full: EventFull | null = null;
  private done: { id: string; title: string; decision: string }[] = [];
  private second = false;
  private box = h('div.reviewbox');
  private side = h('aside.reviewside');
  private editing = false;
  private busy = false;

  constructor() {
    fill(this.root, this.box, this.side);
    listen((now, before) => { if (now.view === 'review' && selection(now).toString() !== selection(before).toString()) void this.open(); });
  }

  async open(): Promise<void> {
    document.title = 'Review · Annalist';
    fill(this.box, h('p.note', null, 'Loading …'));
    const p = selection();
    if (!state().filters.review) for (const v of this.second ? ['accepted', 'rejected', 'edited'] : ['none', 'skipped']) p.append('review', v);
    p.set('limit', '300');
    try {
      const r = await get<{ total: number; items: EventRow[] }>('/v1/events', p);
      let items = r.items;
      if (this.second) {
        // Blind: what one's own eyes have judged is left out, and no verdict is shown.
        const all = await get<{ items: { target: string; other: string; reviewer: string }[] }>('/v1/reviews');
        const mine = new Set(all.items.filter((x) => !x.other && x.reviewer === (reviewer() || 'analyst')).map((x) => x.target));
        items = items.filter((e) => !mine.has(e.id));
      }
      this.queue = items.sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1));
      this.at = 0;
      await this.show();
    } catch (err) {
      fill(this.box, h('p.note.bad', null, (err as Error).message));
    }
    void this.sideBar();
  }

  private async show(): Promise<void> {
    this.editing = false;
    const row = this.queue[this.at];
    if (!row) {
      fill(this.box, h('h1', { tabIndex: -1 }, 'Nothing left to review'), h('p.note', null, this.done.length ? `${plural(this.done.length, 'verdict')} given.` : 'Every event of this selection has a verdict.', ' ', h('a', { href: link({ view: 'events' }), 'data-go': '' }, 'Back to the events')));
      return;
    }
    const e = (this.full = await get<EventFull>(`/v1/events/${encodeURIComponent(row.id)}`));
    const mention = e.mentions[0];
    fill(this.box,
      h('p.soft', null, `${this.at + 1} of ${this.queue.length}${this.second ? ' · second look, blind' : ''}`),
      h('h1', { tabIndex: -1 }, title(e)),
      h('p.lede', null, [when(e), where(e), toll(e)].filter(Boolean).join(' · ')),
      h('p.badges', null, this.second ? (e.contested ? badge('◆ contested', 'bad') : null) : badges(e), badge(`confidence ${Math.round(e.confidence * 100)} %`), badge(`told as ${e.status}`)),
      mention ? h('q.quote', null, mention.quote) : null,
      h('div.keys.verdict', null,
        this.key('a', 'Accept', () => void this.give('accepted')), this.key('x', 'Reject', () => void this.give('rejected')), this.key('e', 'Correct', () => this.edit()),
        this.key('s', 'Skip', () => void this.give('skipped')), this.key('u', 'Undo', () => void this.undo()), this.key('k', 'Previous', () => void this.move(-1)), this.key('j', 'Next', () => void this.move(1))),
      h('details.quick', null, h('summary', null, 'Change the type with 1 to 9'), h('div.keys', null, QUICK.map((t, i) => this.key(String(i + 1), human(t), () => void this.give('edited', { type: t }))))),
      h('div.editplace'),
      h('div.reviewtext', null, h('p.note', null, 'Loading the report …')));
    (this.box.querySelector('h1') as HTMLElement).focus({ preventScroll: true });
    announce(`${title(e)}. ${when(e)}.`);
    if (!mention) return;
    const r = await report(mention.doc);
    if (this.full !== e) return;
    const at = this.box.querySelector('.reviewtext');
    if (at) fill(at, provenance(r.coded), reportText(r.coded, marksOf(r.coded, mention.local, new Set())));
    // The words come into view where they are not, under the question, which stays on top.
    const mark = at?.querySelector('mark.event.on');
    this.root.scrollTo({ top: 0 });
    document.querySelector('.view')?.scrollTo({ top: 0 });
    if (mark && innerWidth > 900 && mark.getBoundingClientRect().top > innerHeight - 60) mark.scrollIntoView({ block: 'center' });
  }
  private key(key: string, label: string, run: () => void): HTMLElement {
    return h('button', { type: 'button', onclick: run }, h('kbd', null, key), ` ${label}`);
  }

  async give(decision: string, fields?: Record<string, string>): Promise<void> {
    const e = this.full;
    if (!e || this.busy || this.editing) return;
    this.busy = true;
    try {
      if (!(await decide(e, decision, fields))) return;
      this.done.push({ id: e.id, title: title(e), decision });
      toast(`${decision}: ${title(e)}`, { label: 'Undo', run: () => void this.undo() });
      this.queue.splice(this.at, 1);
      if (this.at >= this.queue.length) this.at = Math.max(0, this.queue.length - 1);
    } finally { this.busy = false; }
    await this.show();
    void this.sideBar();
  }
  async undo(): Promise<void> {
    const last = this.done.pop();
    if (!last) { toast('Nothing to undo in this sitting.'); return; }
    const e = await get<EventFull>(`/v1/events/${encodeURIComponent(last.id)}`);
    if (await decide(e, 'undone')) {
      this.queue.splice(this.at, 0, e);
      toast(`Undone: ${last.title}`);
      await this.show();
      void this.sideBar();
    }
  }
  async move(by: number): Promise<void> {
    if (this.editing || !this.queue.length) return;
    this.at = (this.at + by + this.queue.length) % this.queue.length;
    await this.show();
  }
  edit(): void {
    const e = this.full, place = this.box.querySelector('.editplace');
    if (!e || !place || this.editing) return;
    this.editing = true;
    fill(place, editForm(e, (changed) => {
      this.editing = false;
      fill(place);
      if (!changed) { (this.box.querySelector('h1') as HTMLElement).focus(); return; }
      this.done.push({ id: e.id, title: title(e), decision: 'edited' });
      this.queue.splice(this.at, 1);
      if (this.at >= this.queue.length) this.at = Math.max(0, this.queue.length - 1);
      toast(`Corrected: ${title(e)}`, { label: 'Undo', run: () => void this.undo() });
      void this.show();
      void this.sideBar();
    }));
    place.querySelector<HTMLInputElement>('input[name=actors]')?.focus();
  }
  /** Keys of the queue; true when taken. */
  press(key: string): boolean {
    const run: Record<string, () => void> = {
      a: () => void this.give('accepted'), x: () => void this.give('rejected'), s: () => void this.give('skipped'), e: () => this.edit(), u: () => void this.undo(),
      j: () => void this.move(1), k: () => void this.move(-1),
    };
    const n = Number(key);
    if (n >= 1 && n <= 9) { void this.give('edited', { type: QUICK[n - 1]! }); return true; }
    if (!run[key]) return false;
    run[key]!();
    return true;
  }

  private async sideBar(): Promise<void> {
    try {
      const r = await get<{ items: { target: string; decision: string; reviewer: string; at: string }[]; people: { name: string; verdicts: number }[]; agreement: { events: number; share: number | null; kappa: number | null } }>('/v1/reviews');
      fill(this.side, h('h2', null, 'You review as'),
        h('input', { value: reviewer(), placeholder: 'your name', 'aria-label': 'Your name as a reviewer', maxlength: 60, onchange: (ev: Event) => setReviewer((ev.target as HTMLInputElement).value) }),
        h('h2', null, 'Queue'),
        h('label', null, h('input', { type: 'checkbox', checked: this.second, onchange: (ev: Event) => { this.second = (ev.target as HTMLInputElement).checked; void this.open(); } }), ' second look at events others judged, blind'),
        h('p.soft', null, `${plural(this.queue.length, 'event')} of the present selection. Contested, deadly and uncertain ones come first.`),
        h('h2', null, 'Verdicts'),
        r.people.length ? h('ul.counts', null, r.people.map((p) => h('li', null, p.name || 'somebody', h('span.n', null, String(p.verdicts))))) : h('p.note', null, 'None yet.'),
        h('p.soft', null, r.agreement.events ? `Two people judged ${plural(r.agreement.events, 'event')}: they agree on ${Math.round((r.agreement.share ?? 0) * 100)} %${r.agreement.kappa === null ? '' : `, kappa ${r.agreement.kappa.toFixed(2)}`}.` : 'Agreement is shown when two people have judged the same events.'),
        h('p', null, h('a', { href: '/v1/reviews?format=gold', download: 'annalist-gold.jsonl' }, 'Export the judged events as gold data')));
    } catch { /* the queue works without it */ }
  }
}
