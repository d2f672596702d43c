// A report's text with the words that records rest on marked in it. Offsets count code points, as in the documents.
import { h, Child } from './dom';
import type { AnnotatedDocument, Span } from './types';
import { day, human } from './words';

export interface Mark { span: Span; kind: 'event' | 'actor' | 'target' | 'place' | 'time' | 'claim' | 'cue' | 'source'; tip: string; on?: boolean; key?: string }

export function marksOf(doc: AnnotatedDocument, event: string, chosen: Set<string>): Mark[] {
  const out: Mark[] = [];
  const e = doc.events?.find((x) => x.id === event);
  if (e) {
    out.push({ span: e.trigger, kind: 'event', tip: `${human(e.type)}: the words that name it`, on: true });
    for (const m of e.mentions ?? []) if (m.start !== e.trigger.start) out.push({ span: m, kind: 'event', tip: `${human(e.type)}: named again` });
    for (const a of e.actors ?? []) if (a.end > a.start) out.push({ span: a, kind: a.role === 'target' ? 'target' : 'actor', tip: a.role });
    const p = doc.places?.find((x) => x.id === e.place);
    if (p) out.push({ span: p, kind: 'place', tip: `place: ${p.name ?? p.text}` });
    const t = doc.times?.find((x) => x.id === (e.time as { time?: string }).time);
    if (t) out.push({ span: t, kind: 'time', tip: `time: ${t.value}` });
  }
  for (const c of doc.claims ?? []) {
    if (!c.events?.includes(event)) continue;
    const on = chosen.has(c.id);
    for (const s of c.content ?? []) if (c.form !== 'narrator') out.push({ span: s, kind: 'claim', tip: `${c.source.name || c.source.kind} ${c.stance}`, on, key: c.id });
    if (c.cue) out.push({ span: c.cue, kind: 'cue', tip: `${c.stance}`, on, key: c.id });
    if (c.source.start !== undefined && c.source.end !== undefined && c.form !== 'narrator') out.push({ span: { start: c.source.start, end: c.source.end }, kind: 'source', tip: `source: ${c.source.name}`, on, key: c.id });
  }
  return out.filter((m) => m.span && m.span.end > m.span.start);
}

function piece(points: string[], from: number, to: number, marks: Mark[]): Child[] {
  const cuts = new Set([from, to]);
  for (const m of marks) {
    if (m.span.end <= from || m.span.start >= to) continue;
    cuts.add(Math.max(from, m.span.start));
    cuts.add(Math.min(to, m.span.end));
  }
  const at = [...cuts].sort((a, b) => a - b);
  const out: Child[] = [];
  for (let i = 0; i + 1 < at.length; ++i) {
    const a = at[i]!, b = at[i + 1]!;
    const text = points.slice(a, b).join('');
    const here = marks.filter((m) => m.span.start <= a && m.span.end >= b);
    if (!here.length) { out.push(text); continue; }
    const kinds = [...new Set(here.map((m) => m.kind))];
    out.push(h(`mark.${kinds.join('.')}${here.some((m) => m.on) ? '.on' : ''}`, { title: [...new Set(here.map((m) => m.tip))].join('; '), 'data-claim': here.find((m) => m.key)?.key }, text));
  }
  return out;
}

/** The report's text as elements, block by block. */
export function reportText(doc: AnnotatedDocument, marks: Mark[]): HTMLElement {
  const points = Array.from(doc.text);
  const blocks = doc.blocks?.length ? doc.blocks : [{ start: 0, end: points.length, kind: 'paragraph' }];
  const box = h('div.text', { lang: 'en', dir: 'auto' });
  for (const b of blocks) {
    const kids = piece(points, b.start, b.end, marks);
    box.append(b.kind === 'headline' ? h('h3', null, kids) : b.kind === 'paragraph' ? h('p', null, kids) : h('p.aside', { 'data-kind': b.kind }, kids));
  }
  return box;
}

export function provenance(doc: AnnotatedDocument): HTMLElement {
  const p = doc.page;
  const parts = [p.site, p.agency && p.agency !== p.site ? `agency ${p.agency}` : '', p.authors?.length ? `by ${p.authors.join(', ')}` : '',
    p.published ? `published ${day(p.published.value)}${p.published.value.length > 11 ? `, ${p.published.value.slice(11, 16)}` : ''} (from ${p.published.source})` : 'publication date not known'].filter(Boolean);
  const url = p.url && /^https?:\/\//.test(p.url) ? p.url : '';
  return h('p.meta', null, parts.join(' · '), url ? [' · ', h('a', { href: url, rel: 'noreferrer noopener external', target: '_blank' }, 'open the page')] : null);
}
