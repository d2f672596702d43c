// Verdicts on events: accept, reject, correct, undo. Each is a row in the store that nothing overwrites.
import { h, fill, toast } from './dom';
import { get, send } from './api';
import type { EventFull, EventRow, Stats } from './types';
import { human } from './words';

export const DECISIONS: [string, string, string][] = [['accepted', 'Accept', 'a'], ['rejected', 'Reject', 'x']];

export const reviewer = (): string => localStorage.getItem('annalist-reviewer') ?? '';
export function setReviewer(name: string): void { localStorage.setItem('annalist-reviewer', name.trim()); }

let stats: Stats | null = null;
export function setStats(s: Stats): void { stats = s; }

/** A verdict on an event, by its id, or with `more.other` on two. */
async function post(target: string, decision: string, more: Record<string, unknown>): Promise<{ connected?: boolean } | null> {
  if (stats && !stats.writable) {
    toast('This desk is read-only: the server was started without --write.');
    return null;
  }
  try {
    const body: Record<string, unknown> = { target, decision, ...more };
    if (reviewer()) body.reviewer = reviewer();
    const answer = await send<{ connected?: boolean }>('POST', '/v1/reviews', body);
    dispatchEvent(new CustomEvent('annalist-changed'));
    return answer;
  } catch (err) {
    toast((err as Error).message);
    return null;
  }
}

export async function decide(e: EventRow, decision: string, fields?: Record<string, string>, note = ''): Promise<boolean> {
  return (await post(e.id, decision, { ...(note ? { note } : {}), ...(fields ? { fields } : {}) })) !== null;
}

const PAIR_SAYS: Record<string, string> = { apart: 'Kept apart', same: 'Joined', undone: 'Undone' };
/** A verdict on two events: `apart`, `same` or `undone`. */
export async function decidePair(a: string, b: string, decision: string, note = ''): Promise<boolean> {
  const answer = await post(a, decision, { other: b, ...(note ? { note } : {}) });
  if (answer) toast(answer.connected ? PAIR_SAYS[decision]! : 'Kept. Events are being joined anew; this takes a while.');
  return answer !== null;
}

/** Asks why, then keeps two events apart or joins them. Without `b` the other event is asked for too: its id, or the address of its page. */
export function pairForm(a: string, b: string, decision: 'apart' | 'same', done: (changed: boolean) => void): HTMLElement {
  const other = h('input', { name: 'other', required: true, maxlength: 200, autocomplete: 'off', placeholder: 'its id, or the address of its page' });
  const note = h('input', { name: 'note', maxlength: 500, placeholder: 'optional' });
  return h('form.edit.pair', {
    'aria-label': decision === 'apart' ? 'Keep apart' : 'Join with another event',
    onsubmit: async (ev: Event) => {
      ev.preventDefault();
      const id = b || (/\b[em][0-9a-f]{20}\b/.exec(other.value)?.[0] ?? other.value.trim());
      if (await decidePair(a, id, decision, note.value)) done(true);
    },
    onkeydown: (ev: KeyboardEvent) => { if (ev.key === 'Escape') { ev.stopPropagation(); done(false); } },
  },
  b ? null : h('label', null, h('span', null, 'the same as'), other),
  h('label', null, h('span', null, 'why'), note),
  h('div.row', null, h('button.primary', { type: 'submit' }, decision === 'apart' ? 'Keep apart' : 'Join'), h('button', { type: 'button', onclick: () => done(false) }, 'Cancel', h('kbd', null, 'Esc'))));
}

let types: string[] | null = null;
async function typeList(): Promise<string[]> {
  return (types ??= (await get<{ types: { type: string }[] }>('/v1/codebook')).types.map((t) => t.type));
}

/** Type, actors, targets, place, dates, count: what can be corrected. Names and places are completed from the store. */
export function editForm(e: EventRow | EventFull, done: (changed: boolean) => void): HTMLElement {
  const was: Record<string, string> = {
    type: e.type, actors: e.actors.filter((a) => a.role === 'actor').map((a) => a.name).join('; '), targets: e.actors.filter((a) => a.role === 'target').map((a) => a.name).join('; '),
    place_name: e.place?.name ?? '', date_from: e.from, date_to: e.to, status: e.status, deaths_best: e.deaths?.best?.toString() ?? '',
  };
  const actorNames = h('datalist', { id: 'actor-names' });
  const typeNames = h('datalist', { id: 'type-names' });
  const message = h('p.note.bad', { role: 'alert', hidden: true });
  const note = h('input', { name: 'note', maxlength: 500, placeholder: 'optional' });
  const field = (name: string, label: string, props: Record<string, unknown> = {}): HTMLElement =>
    h('label', null, h('span', null, label), h('input', { name, value: was[name] ?? '', autocomplete: 'off', ...props }));
  const suggest = async (input: HTMLInputElement): Promise<void> => {
    const last = input.value.split(';').pop()!.trim();
    if (last.length < 2) return;
    const before = input.value.slice(0, input.value.length - last.length);
    const found = await get<{ items: { name: string }[] }>('/v1/actors', { q: last, limit: '12' });
    fill(actorNames, found.items.map((a) => h('option', { value: before + a.name })));
  };
  const actorProps = { list: 'actor-names', oninput: (ev: Event) => void suggest(ev.target as HTMLInputElement) };
  const form = h('form.edit', {
    'aria-label': 'Correct this event',
    onsubmit: async (ev: Event) => {
      ev.preventDefault();
      const changed: Record<string, string> = {};
      for (const input of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')) {
        if (input.name === 'note') continue;
        if (input.value.trim() !== (was[input.name] ?? '')) changed[input.name] = input.value.trim();
      }
      if (!Object.keys(changed).length) return done(false);
      if (changed.type && types && !types.includes(changed.type)) { message.hidden = false; message.textContent = `“${changed.type}” is no type of the codebook.`; return; }
      if (await decide(e, 'edited', changed, note.value)) done(true);
    },
    onkeydown: (ev: KeyboardEvent) => { if (ev.key === 'Escape') { ev.stopPropagation(); done(false); } },
  },
  h('h2', null, 'Correct'),
  field('type', 'what', { list: 'type-names' }), field('actors', 'who (; between)', actorProps), field('targets', 'whom (; between)', actorProps),
  field('place_name', 'where'), field('date_from', 'from', { type: 'date' }), field('date_to', 'to', { type: 'date' }),
  h('label', null, h('span', null, 'told as'), h('select', { name: 'status' }, ['actual', 'ongoing', 'planned', 'threatened', 'demanded', 'hypothetical', 'denied', 'historical', 'generic'].map((s) => h('option', { value: s, selected: s === e.status }, s)))),
  field('deaths_best', 'killed', { inputmode: 'numeric' }),
  h('label', null, h('span', null, 'note'), note), message, actorNames, typeNames,
  h('div.row', null, h('button.primary', { type: 'submit' }, 'Save'), h('button', { type: 'button', onclick: () => done(false) }, 'Cancel', h('kbd', null, 'Esc'))));
  void typeList().then((list) => fill(typeNames, list.map((t) => h('option', { value: t }, human(t)))));
  return form;
}
