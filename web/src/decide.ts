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

export async function decide(e: EventRow, decision: string, fields?: Record<string, string>, note = ''): Promise<boolean> {
  if (stats && !stats.writable) {
    toast('This desk is read-only: the server was started without --write.');
    return false;
  }
  try {
    const body: Record<string, unknown> = { target: e.id, decision };
    if (reviewer()) body.reviewer = reviewer();
    if (note) body.note = note;
    if (fields) body.fields = fields;
    await send('POST', '/v1/reviews', body);
    dispatchEvent(new CustomEvent('annalist-changed'));
    return true;
  } catch (err) {
    toast((err as Error).message);
    return false;
  }
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
