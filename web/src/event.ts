// One event: what is said to have happened, who says so and who denies it, in which words; the report with those words
// lit; why the record was made, what else it could mean, and what reviewers did to it.
import { h, fill, add, Child, toast } from './dom';
import { get } from './api';
import { state, go, link } from './state';
import type { Alternatives, AnnotatedDocument, ClaimRow, EventFull, Revision } from './types';
import { actorName, badge, badges, count, countryOf, day, human, plural, precisely, title, toll, when, where } from './words';
import { marksOf, provenance, reportText } from './report';
import { decide, decidePair, DECISIONS, editForm, pairForm } from './decide';
import { countryName } from './basemap';

interface Report { id: string; retracted: boolean; events: { local: string; id: string; event: string }[]; copies: { id: string; kind: string; site: string; headline: string; published: string }[]; coded: AnnotatedDocument }

const cache = new Map<string, Promise<Report>>();
export function report(id: string): Promise<Report> {
  let r = cache.get(id);
  if (!r) {
    r = get<Report>(`/v1/documents/${encodeURIComponent(id)}`);
    cache.set(id, r);
    if (cache.size > 60) cache.delete(cache.keys().next().value!);
  }
  return r;
}
export function forgetReports(): void { cache.clear(); }

const AGAINST = new Set(['denies', 'doubts']);
export const against = (c: ClaimRow): boolean => AGAINST.has(c.stance) || (c.polarity === '-' && c.stance !== 'denies');

const KIND: Record<string, string> = {
  party: 'party to it', official: 'official', monitor: 'monitor', medic: 'medic', witness: 'witness', journalist: 'journalist', document: 'document', anonymous: 'unnamed', narrator: 'the report itself',
};

/** Claims of one side; those of one source with the same words are one, with the outlets that carry it behind it. */
function side(list: ClaimRow[], local: Set<string>, pick: (c: ClaimRow) => void): Child[] {
  const groups = new Map<string, ClaimRow[]>();
  for (const c of list) {
    const key = `${c.source.actor || c.source.name || c.source.kind}\u0000${c.stance}\u0000${c.words.slice(0, 80).toLowerCase()}`;
    groups.set(key, [...(groups.get(key) ?? []), c]);
  }
  return [...groups.values()].map((g) => {
    const c = g[0]!;
    const narrator = c.form === 'narrator' || c.source.kind === 'narrator';
    const name = narrator ? c.outlet || 'The report' : c.source.name || c.source.kind;
    const sure = c.certainty && c.certainty !== 'certain' && c.certainty !== 'unknown' ? c.certainty : '';
    return h(`li.claim${local.has(c.id) ? '.lit' : ''}`, null,
      h('div.who', null, h('strong', null, name), ' ', badge(KIND[c.source.kind] ?? c.source.kind), ' ', badge(c.stance, AGAINST.has(c.stance) ? 'bad' : ''), sure ? badge(sure, 'mood') : null, c.via ? badge('relayed') : null),
      h('blockquote', null, c.words || '(no words of its own)'),
      h('div.meta', null, [narrator ? '' : c.outlet, c.published ? day(c.published) : ''].filter(Boolean).join(' · '), ' ',
        h('button.link', { type: 'button', onclick: () => pick(c) }, 'see it in the report')),
      g.length > 1 ? h('details.meta', null, h('summary', null, `${plural(g.length - 1, 'further report')} with the same words`), h('ul', null, g.slice(1).map((o) => h('li', null,
        [o.outlet || o.headline, o.published ? day(o.published) : ''].filter(Boolean).join(', '), ' ', h('button.link', { type: 'button', onclick: () => pick(o) }, 'see it'))))) : null);
  });
}

export class EventView {
  readonly root = h('main.event', { id: 'main' });
  private e: EventFull | null = null;
  private chosen = new Set<string>();
  private textBox = h('div.reportbox');
  private places = h('div');
  private others = h('div');
  private tools = h('div.verdicts');
  private editBox = h('div');

  async open(): Promise<void> {
    const id = state().id;
    if (this.e?.id !== id) fill(this.root, h('p.note', null, 'Loading …'));
    try {
      this.e = await get<EventFull>(`/v1/events/${encodeURIComponent(id)}`);
    } catch (err) {
      fill(this.root, h('p.note.bad', null, (err as Error).message), h('p', null, h('a', { href: link({ view: 'events' }), 'data-go': '' }, 'Back to the events')));
      return;
    }
    if (state().id !== this.e.id) { go({ id: this.e.id }, true); }
    this.chosen.clear();
    this.draw();
  }

  private draw(): void {
    const e = this.e!;
    document.title = `${title(e)} · Annalist`;
    const told = e.statements.filter((c) => c.form !== 'narrator' && c.source.kind !== 'narrator');
    const narrated = e.statements.filter((c) => c.form === 'narrator' || c.source.kind === 'narrator');
    const yes = [...told.filter((c) => !against(c)), ...narrated.filter((c) => !against(c))];
    const no = [...told, ...narrated].filter(against);
    const local = new Set([...this.chosen]);
    const pick = (c: ClaimRow): void => {
      this.chosen = new Set([c.id]);
      if (state().doc !== c.doc) go({ doc: c.doc }, true);
      void this.showText(true);
      for (const li of this.root.querySelectorAll('.claim.lit')) li.classList.remove('lit');
    };
    const fact = (label: string, ...value: Child[]): Child => (value.some((v) => v) ? [h('dt', null, label), h('dd', null, value)] : null);
    const people = (role: (r: string) => boolean): Child[] => e.actors.filter((a) => role(a.role)).map((a, i) => [i ? ', ' : '',
      a.id && !a.id.startsWith('~') ? h('a', { href: link({ view: 'actor', id: a.id }), 'data-go': '' }, a.name) : a.name, a.kind ? h('span.soft', null, ` (${human(a.kind)}${a.country ? `, ${countryOf(a.country)}` : ''})`) : '']);
    const differ = e.conflicts.map((c) => c.kind).filter((k) => k !== 'polarity');
    fill(this.root,
      h('nav.crumbs', { 'aria-label': 'Way back' }, h('a', { href: link({ view: 'events', id: '', doc: '' }), 'data-go': '' }, '← events'), e.story ? [' · ', h('a', { href: link({ view: 'story', id: e.story }), 'data-go': '' }, 'the whole story')] : null),
      h('header.eventhead', null,
        h('h1', { tabIndex: -1 }, title(e)),
        h('p.lede', null, when(e), ' · ', e.place?.id ? h('a', { href: link({ view: 'control', place: e.place.id, at: e.from }), 'data-go': '' }, where(e)) : where(e),
          precisely(e.place?.precision ?? '') ? ` (${precisely(e.place!.precision)})` : '', toll(e) ? ` · ${toll(e)}` : ''),
        h('p.badges', null, badges(e), badge(`${plural(e.reports, 'report')}`), badge(`confidence ${Math.round(e.confidence * 100)} %`, '', 'how sure the coder is of its reading, not how likely the event is'))),
      h('div.eventgrid', null,
        h('div.main', null,
          h('section.sides', { 'aria-label': 'Who says what' },
            h(`div.side.yes${no.length ? '' : '.only'}`, null, h('h2', null, no.length ? 'Says that it happened' : 'Who says so', h('span.n', null, String(yes.length))), yes.length ? h('ul', null, side(yes, local, pick)) : h('p.note', null, 'Nobody, in the reports read so far.')),
            no.length ? h('div.side.no', null, h('h2', null, '◆ Denies or doubts it', h('span.n', null, String(no.length))), h('ul', null, side(no, local, pick))) : null,
            differ.length ? h('p.differ', null, `Accounts also differ in: ${[...new Set(differ)].join(', ')}.`) : null),
          h('section.standing', { 'aria-label': 'How it stands' }),
          this.textBox),
        h('aside.facts', null,
          this.tools, this.editBox,
          h('section', null, h('h2', null, 'As coded'), h('dl', null,
            fact('what', h('span', null, human(e.type)), h('span.soft', null, ` (${e.group || 'no group'})`)),
            fact('who', ...people((r) => r === 'actor')),
            fact('whom', ...people((r) => r === 'target')),
            fact('with', ...people((r) => r === 'instrument' || r === 'beneficiary')),
            fact('where', where(e)),
            fact('when', when(e), h('span.soft', null, e.precision && !['day', 'unknown'].includes(e.precision) ? ` (known to the ${e.precision})` : '')),
            fact('told as', e.status),
            fact('killed', count(e.deaths)), fact('injured', count(e.injured)), fact('abducted', count(e.abducted)),
            fact('sources', `${e.sources} independent, in ${plural(e.reports, 'report')}`),
            fact('codes', [e.plover && `PLOVER ${e.plover}`, e.acled && `ACLED ${e.acled}`, e.cameo && `CAMEO ${e.cameo}`].filter(Boolean).join(' · ')))),
          h('section.alternatives', { 'aria-live': 'polite' }, this.places, this.others),
          this.why(),
          e.revisions.length ? h('section.history', null, h('h2', null, 'What reviewers did'), h('ol', null, this.verdictsGiven())) : null,
          h('section', null, h('h2', null, plural(e.documents.length, 'report')), h('ul.docs', null, e.documents.map((d) => h('li', null,
            h('button.link', { type: 'button', onclick: () => { this.chosen.clear(); go({ doc: d.id }, true); void this.showText(true); } }, d.headline || d.site || d.id),
            h('span.soft', null, ` ${[d.site, d.agency && d.agency !== d.site ? d.agency : '', day(d.published)].filter(Boolean).join(', ')}${d.copy_of ? ' · copy' : ''}`))))))));
    this.verdicts();
    void this.showText(false);
    void this.whoElse();
  }

  /** The mentions that make up the event; one that is of another event can be taken out, another event joined. */
  private why(): Child {
    const e = this.e!;
    const ask = (box: HTMLElement, button: HTMLElement, a: string, b: string, decision: 'apart' | 'same'): void => {
      fill(box, pairForm(a, b, decision, (done) => { fill(box); if (done) void this.open(); else button.focus(); }));
      box.querySelector<HTMLElement>('input')?.focus();
    };
    const asker = (label: string, a: string, b: string, decision: 'apart' | 'same'): Child => {
      const box = h('div');
      const button: HTMLElement = h('button.link', { type: 'button', onclick: () => ask(box, button, a, b, decision) }, label);
      return [button, box];
    };
    return h('section.why', null, h('h2', null, 'Why this record'), h('ul', null, e.mentions.map((m) => h('li', null, h('q', null, m.quote), ' ', h('span.soft', null, m.rules.length ? `rules ${[...new Set(m.rules)].join(', ')}` : 'no rule named', m.merged_because ? ` · joined because ${m.merged_because}` : ''),
      e.mentions.length > 1 ? [' ', asker('not the same event', m.event, e.id, 'apart')] : null))),
    h('p', null, asker('the same as another event …', e.id, '', 'same')));
  }

  /** Verdicts, those on pairs of events once each however many pairs they are kept as. */
  private verdictsGiven(): Child[] {
    const e = this.e!;
    const own = new Set(e.mentions.map((m) => m.event));
    const first = new Map<number, Revision>();
    for (const r of e.revisions) if (!r.other || !first.has(r.id)) first.set(r.id, r);
    return e.revisions.filter((r) => !r.other || first.get(r.id) === r).map((r) => {
      const pairs = e.revisions.filter((x) => x.other && x.id === r.id);
      const others = [...new Set(pairs.flatMap((x) => [x.target, x.other]))].filter((x) => !own.has(x));
      const stands = pairs.find((x) => x.stands);
      return h('li', null, h('strong', null, r.decision), pairs.length && others.length ? [': ', others.map((x, i) => [i ? ', ' : '', h('a', { href: link({ view: 'event', id: x, doc: '' }), 'data-go': '' }, others.length > 1 ? `another event (${i + 1})` : 'another event')])] : null,
        pairs.length && !others.length ? ': two of these mentions' : null, ` by ${r.by || 'somebody'}, ${r.at.slice(0, 16).replace('T', ' ')}`, r.after ? h('span.change', null, changes(r.before, r.after)) : null, r.note ? h('span.soft', null, ` — ${r.note}`) : null,
        stands ? [' ', h('button.link', { type: 'button', onclick: () => void decidePair(stands.target, stands.other, 'undone').then((done) => { if (done) void this.open(); }) }, 'undo')] : null);
    });
  }

  // Asked for apart: an event's page does not wait for it.
  private async whoElse(): Promise<void> {
    const e = this.e!;
    fill(this.others);
    const found = await get<Alternatives>(`/v1/events/${encodeURIComponent(e.id)}/alternatives`).catch(() => null);
    if (this.e !== e || !found?.actors.length) return;
    fill(this.others, h('h2', null, 'Which actor'), found.actors.map((a) => h('div.which', null,
      h('p', null, h('q', null, a.name), ' was read as ', h('strong', null, a.id.startsWith('~') || !a.id ? `${actorName(a.read_as)}, known by description only` : a.read_as)),
      a.others.length ? h('ul', null, a.others.map((o) => h('li', null, h('a', { href: link({ view: 'actor', id: o.id }), 'data-go': '' }, o.name), h('span.soft', null, ` ${Math.round(o.score * 100)} % · ${o.why.join(', ')}`)))) : h('p.soft', null, 'Nobody else on the actor list fits.'))));
  }

  private verdicts(): void {
    const e = this.e!;
    fill(this.tools, h('h2', null, 'Your verdict'), h('div.row', null,
      DECISIONS.map(([decision, label, key]) => h('button', { type: 'button', 'aria-pressed': String(e.review === decision), onclick: () => void this.decide(decision) }, label, h('kbd', null, key))),
      h('button', { type: 'button', onclick: () => this.edit() }, 'Correct', h('kbd', null, 'e')),
      h('button', { type: 'button', disabled: !e.revisions.some((r) => r.stands && !r.other), onclick: () => void this.decide('undone') }, 'Undo', h('kbd', null, 'u'))));
  }
  async decide(decision: string): Promise<void> {
    const e = this.e!;
    if (await decide(e, decision)) {
      toast(decision === 'undone' ? 'Undone' : `${decision}: ${title(e)}`, decision === 'undone' ? undefined : { label: 'Undo', run: () => void this.decide('undone') });
      await this.open();
    }
  }
  edit(): void {
    const e = this.e!;
    fill(this.editBox, editForm(e, (done) => { fill(this.editBox); if (done) { toast('Corrected', { label: 'Undo', run: () => void this.decide('undone') }); void this.open(); } else (this.root.querySelector('h1') as HTMLElement).focus(); }));
    this.editBox.querySelector<HTMLElement>('input, select')?.focus();
  }

  private async showText(scroll: boolean): Promise<void> {
    const e = this.e!;
    const id = state().doc && e.documents.some((d) => d.id === state().doc) ? state().doc : e.documents[0]?.id;
    if (!id) { fill(this.textBox, h('p.note', null, 'The report is not kept.')); return; }
    try {
      const r = await report(id);
      const mention = e.mentions.find((m) => m.doc === id);
      const localClaims = new Set(e.statements.filter((c) => this.chosen.has(c.id)).map((c) => c.local));
      const local = mention?.local ?? '';
      const others = r.events.filter((x) => x.event !== e.id && x.id !== e.id);
      fill(this.textBox, h('section.report', { 'aria-label': 'The report' },
        h('header', null, h('h2', null, e.documents.length > 1 ? `Report ${e.documents.findIndex((d) => d.id === id) + 1} of ${e.documents.length}` : 'The report'),
          e.documents.length > 1 ? h('span', null, h('button.link', { type: 'button', onclick: () => this.turn(-1) }, '← previous'), ' ', h('button.link', { type: 'button', onclick: () => this.turn(1) }, 'next →')) : null),
        provenance(r.coded),
        r.copies.length ? h('details', null, h('summary', null, `${plural(r.copies.length, 'near copy', 'near copies')} of this report, counted as one source`), h('ul', null, r.copies.map((c) => h('li', null, `${c.site}: ${c.headline} (${c.kind}, ${day(c.published)})`)))) : null,
        reportText(r.coded, marksOf(r.coded, local, localClaims)),
        h('p.legend', null, h('mark.event.on', null, 'what happened'), h('mark.actor', null, 'who'), h('mark.target', null, 'whom'), h('mark.place', null, 'where'), h('mark.time', null, 'when'), h('mark.claim', null, 'claimed'), h('mark.source', null, 'source'), h('mark.cue', null, 'how it is said')),
        others.length ? h('p.meta', null, 'Also in this report: ', others.slice(0, 12).map((x, i) => [i ? ', ' : '', h('a', { href: link({ view: 'event', id: x.event, doc: id }), 'data-go': '' }, human(r.coded.events?.find((y) => y.id === x.local)?.type ?? x.local))])) : null));
      this.alternatives(r.coded, local);
      this.standing(r.coded, local);
      const at = this.textBox.querySelector(this.chosen.size ? 'mark.claim.on, mark.cue.on' : 'mark.event.on');
      if (scroll) at?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    } catch (err) {
      fill(this.textBox, h('p.note.bad', null, (err as Error).message));
    }
  }
  turn(by: number): void {
    const list = this.e!.documents;
    const i = Math.max(0, list.findIndex((d) => d.id === state().doc));
    go({ doc: list[(i + by + list.length) % list.length]!.id }, true);
    this.chosen.clear();
    void this.showText(true);
  }

  /** How the claims of the shown report weigh against each other, with every step. */
  private standing(doc: AnnotatedDocument, local: string): void {
    const box = this.root.querySelector('.standing');
    const a = doc.events?.find((x) => x.id === local)?.assessment;
    if (!box) return;
    fill(box);
    if (!a) return;
    const votes = [`${plural(a.sources_for, 'source')} for it${a.parties_for ? ` (${a.parties_for} party to it)` : ''}`, a.sources_against ? `${a.sources_against} against${a.parties_against ? ` (${a.parties_against} party to it)` : ''}` : 'none against',
      `${a.independent} independent`, a.admissions ? `${a.admissions} against own interest` : ''].filter(Boolean).join(', ');
    const steps = a.trace.map((t) => ({ rule: t.rule, who: verbatim(doc, t.claim) })).filter((t, i, all) => i === all.findIndex((o) => o.rule === t.rule && o.who === t.who));
    add(box, [h('details', null, h('summary', null, h('strong', null, `In this report: ${human(a.status)}`), h('span.soft', null, ` · ${votes}`)),
      h('ol', null, steps.map((t) => h('li', null, t.who ? [h('strong', null, t.who), ': '] : null, t.rule))))]);
  }

  private alternatives(doc: AnnotatedDocument, local: string): void {
    const ev = doc.events?.find((x) => x.id === local);
    const p = doc.places?.find((x) => x.id === ev?.place);
    fill(this.places);
    if (!p) return;
    const rest = (p.alternatives ?? []).filter((a) => a.gazetteer !== p.gazetteer);
    add(this.places, [h('h2', null, 'Which place'), h('p', null, h('q', null, p.text), ' was read as ', h('strong', null, p.name ?? p.text), p.country ? `, ${countryName(p.country)}` : '', p.score ? ` (${Math.round(p.score * 100)} %)` : '', ev?.basis?.place && ev.basis.place !== 'words' ? '; the words about the event do not name it, the story around them does' : ''),
      rest.length ? h('ul', null, rest.map((a) => h('li', null, `${a.name}, ${a.lat.toFixed(2)} ${a.lon.toFixed(2)} `, h('span.soft', null, `${Math.round(a.score * 100)} %`)))) : h('p.soft', null, 'No other place of that name was considered.')]);
  }
}

const verbatim = (doc: AnnotatedDocument, id: string | null): string => {
  const c = doc.claims?.find((x) => x.id === id);
  return c ? c.source.name || (c.form === 'narrator' ? 'the report itself' : c.source.kind) : '';
};

function changes(before: string, after: string): string {
  try {
    const a = JSON.parse(before || '{}') as Record<string, string | null>, b = JSON.parse(after) as Record<string, string | null>;
    return ` ${Object.keys(b).map((k) => `${human(k)}: “${a[k] ?? ''}” → “${b[k] ?? ''}”`).join('; ')}`;
  } catch { return ''; }
}
