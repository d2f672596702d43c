// How records are put into words: one place, so that list, map, event page and screen reader say the same.
import { h, Child } from './dom';
import type { ActorRef, Count, EventRow } from './types';
import { countryName } from './basemap';

const PLAIN: Record<string, string> = { igo: 'intergovernmental body', ngo: 'aid or civil organization', unarmed_group: 'movement', media: 'news medium' };
export const human = (s: string): string => PLAIN[s] ?? s.replaceAll('_', ' ');

let countries = new Map<string, string>();
export function setCountries(list: { iso3: string; name: string }[]): void { countries = new Map(list.map((c) => [c.iso3, c.name])); }
export const countryOf = (iso3: string): string => countries.get(iso3) ?? iso3;
/** A sentence of the store's with codes of countries in it. */
export const inFull = (text: string): string => text.replace(/ \(([A-Z]{3})\)/g, (_, c: string) => ` of ${countryOf(c)}`);
/** Who is known by description only bears kind and code, "military (COD)": said in full. */
export function actorName(name: string): string {
  const m = /^(.+) \(([A-Z]{3})\)$/.exec(name);
  return m ? `${human(m[1]!)} of ${countryOf(m[2]!)}` : human(name);
}

// Types whose plain name does not make a sentence between actor and target.
const VERBS: Record<string, [string, string]> = {
  // active with an object, without
  attack: ['attacked', 'attacked'], air_strike: ['struck from the air', 'carried out an air strike'], shelling: ['shelled', 'shelled'],
  bombing: ['bombed', 'set off a bomb'], suicide_bombing: ['hit with a suicide bomb', 'carried out a suicide bombing'], shooting: ['shot', 'opened fire'],
  repel: ['repelled', 'repelled an attack'], ceasefire_violation: ['broke the truce with', 'broke a truce'], killing: ['killed', 'killed people'],
  abduction: ['abducted', 'abducted people'], torture: ['tortured', 'tortured people'], arrest: ['arrested', 'made arrests'],
  convict: ['convicted', 'passed sentence'], expel: ['expelled', 'expelled people'], destroy: ['destroyed', 'destroyed property'],
  capture: ['captured', 'took control'], enter: ['entered', 'entered'], siege: ['besieged', 'laid siege'], siege_lifted: ['lifted the siege', 'lifted a siege'],
  withdraw: ['withdrew', 'withdrew'], handover: ['handed over', 'handed over'], surrender: ['surrendered to', 'surrendered'],
  defect: ['defected from', 'defected'], join: ['joined', 'joined'], split: ['split from', 'split off'], ceasefire: ['agreed a truce with', 'agreed a truce'],
  agree: ['reached an agreement with', 'reached an agreement'], consult: ['met', 'met'], concede: ['conceded to', 'gave way'], release: ['released', 'released people'],
  disarm: ['disarmed', 'disarmed'], aid: ['sent aid to', 'gave aid'], support: ['backed', 'declared support'], evacuate: ['evacuated', 'evacuated people'],
  threaten: ['threatened', 'made threats'], demand: ['demanded of', 'made demands'], appeal: ['appealed to', 'appealed'], reject: ['rejected', 'refused'],
  accuse: ['accused', 'made accusations'], deny: ['denied', 'made a denial'], mobilize: ['mobilized against', 'mobilized'], sanction: ['imposed sanctions on', 'imposed sanctions'],
  protest: ['protested against', 'protested'], riot: ['rioted against', 'rioted'], strike: ['went on strike against', 'went on strike'],
  displace: ['displaced', 'fled'], resign: ['resigned', 'resigned'], appoint: ['appointed', 'made an appointment'], investigate: ['investigated', 'opened an investigation'],
  discover: ['discovered', 'made a discovery'], clash: ['clashed with', 'clashed'], protect: ['protected', 'gave protection'],
  restrain: ['held back', 'held people back'], natural_disaster: ['struck', 'struck'], man_made_disaster: ['hit', 'had an accident'],
};

// Where only those are named to whom it was done: a noun, because "Soldiers shelled" would be read as their deed.
const NOUNS: Record<string, string> = {
  attack: 'Attack on', air_strike: 'Air strike on', shelling: 'Shelling of', bombing: 'Bombing of', suicide_bombing: 'Suicide bombing of', shooting: 'Shooting of', killing: 'Killing of',
  abduction: 'Abduction of', torture: 'Torture of', arrest: 'Arrest of', convict: 'Conviction of', expel: 'Expulsion of', destroy: 'Destruction of', capture: 'Capture of', siege: 'Siege of',
  release: 'Release of', disarm: 'Disarming of', aid: 'Aid to', support: 'Support for', evacuate: 'Evacuation of', threaten: 'Threat to', demand: 'Demand to', appeal: 'Appeal to', accuse: 'Accusation of',
  sanction: 'Sanctions on', protest: 'Protest against', riot: 'Riot against', displace: 'Displacement of', appoint: 'Appointment of', investigate: 'Investigation of', discover: 'Discovery of',
  reject: 'Rejection of', deny: 'Denial to', repel: 'Repulse of', mobilize: 'Mobilization against', protect: 'Protection of', restrain: 'Holding back of',
  natural_disaster: 'Natural disaster: harm to', man_made_disaster: 'Accident: harm to',
};

// What happens without anybody doing it.
const NOBODYS: Record<string, string> = { natural_disaster: 'Natural disaster', man_made_disaster: 'Accident' };

export function names(list: ActorRef[]): string {
  const all = [...new Set(list.map((a) => actorName(calm(a.name))))];
  if (all.length <= 1) return all[0] ?? '';
  return `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
}

const MOOD: Record<string, string> = {
  planned: 'planned', threatened: 'threatened', demanded: 'demanded', hypothetical: 'supposed', denied: 'said not to have happened', historical: 'earlier', generic: 'in general',
};
export const mood = (status: string): string => MOOD[status] ?? '';

/** "Islamic State captured Morek": who did what to whom. Territory types take the place as their object. */
export function title(e: EventRow): string {
  const t = sentence(e).replace(/\s+/g, ' ').trim();
  const short = t.length > 160 ? `${t.slice(0, 157).replace(/\s\S*$/, '')} …` : t;
  return short.charAt(0).toUpperCase() + short.slice(1);
}
// Names in capitals, as old wires wrote them, are hard to read in a row.
const calm = (s: string): string => (s.length > 4 && s === s.toUpperCase() && /[A-Z]{3}/.test(s) ? s.toLowerCase().replace(/(^|[\s-])\p{L}/gu, (c) => c.toUpperCase()) : s);
// What has not happened is not told as if it had: "Supposed: attack on the town by rebels".
const UNREAL: Record<string, string> = { planned: 'Planned', threatened: 'Threatened', demanded: 'Demanded', hypothetical: 'Supposed', generic: 'In general' };
function sentence(e: EventRow): string {
  if (e.status === 'denied') return `Denied: ${happened(e)}`;
  if (!UNREAL[e.status]) return happened(e);
  const subject = names(e.actors.filter((a) => a.role === 'actor')), object = names(e.actors.filter((a) => a.role === 'target')), place = calm(e.place?.name ?? '');
  const noun = NOUNS[e.type]?.toLowerCase();
  const what = noun ? (object || place ? `${noun} ${object || place}` : human(e.type)) : `${human(e.type)}${object ? ` ${object}` : ''}`;
  return `${UNREAL[e.status]}: ${what}${subject ? ` by ${subject}` : ''}${place && (object || !noun) && !object.includes(place) ? ` in ${place}` : ''}`;
}
function happened(e: EventRow): string {
  const doers = e.actors.filter((a) => a.role === 'actor');
  const hit = e.actors.filter((a) => a.role === 'target');
  const place = calm(e.place?.name ?? '');
  const [transitive, alone] = VERBS[e.type] ?? [human(e.type), human(e.type)];
  const territorial = e.group === 'territory' && !['surrender'].includes(e.type);
  let subject = names(doers);
  if (e.type === 'clash' && doers.length > 1) return `${subject} clashed${place ? ` in ${place}` : ''}`;
  let object = names(hit);
  if (territorial && place) {
    const joint = ({ withdraw: ' from', siege_lifted: ' of' } as Record<string, string>)[e.type] ?? '';
    if (!subject) return `${place}: ${human(e.type)}`;
    return `${subject} ${transitive}${joint} ${place}`;
  }
  if (!subject && object) return `${NOUNS[e.type] ? `${NOUNS[e.type]} ${object}` : `${object}: ${human(e.type)}`}${place && !object.includes(place) ? ` in ${place}` : ''}`;
  if (!subject && NOBODYS[e.type]) return `${NOBODYS[e.type]}${place ? ` in ${place}` : ''}`;
  if (!subject) subject = 'Unknown actor';
  if (subject === object) object = '';
  return `${subject} ${object ? `${transitive} ${object}` : alone}${place && !object.includes(place) && !subject.includes(place) ? ` in ${place}` : ''}`;
}

export function where(e: EventRow): string {
  const p = e.place;
  if (!p) return 'place not known';
  const outer = [p.admin1 && p.admin1 !== p.name ? p.admin1 : '', p.country ? countryName(p.country) : ''].filter((x) => x && x !== p.name);
  return [p.name, ...outer].join(', ');
}
const PRECISION: Record<string, string> = {
  exact: '', near: 'near here', admin2: 'somewhere in this district', admin1: 'somewhere in this region', country: 'somewhere in this country',
};
export const precisely = (p: string): string => PRECISION[p] ?? '';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
export function day(iso: string): string {
  if (!/^\d{4}-\d\d-\d\d/.test(iso)) return iso;
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
}
export function when(e: { from: string; to: string; precision: string }): string {
  if (!e.from) return 'date not known';
  if (e.precision === 'year') return e.from.slice(0, 4);
  if (e.precision === 'month' && e.from.slice(0, 7) === e.to.slice(0, 7)) return `${MONTHS[Number(e.from.slice(5, 7)) - 1]} ${e.from.slice(0, 4)}`;
  if (!e.to || e.from === e.to) return day(e.from);
  if (e.from.slice(0, 7) === e.to.slice(0, 7)) return `${Number(e.from.slice(8, 10))}–${day(e.to)}`;
  return `between ${day(e.from)} and ${day(e.to)}`;
}

export function count(c: Count | null): string {
  if (!c) return '';
  const { low, best, high } = c;
  if (low !== null && high !== null && low !== high) return best !== null && best !== low && best !== high ? `${low} to ${high}, best ${best}` : `${low} to ${high}`;
  if (low !== null && high === null) return `at least ${low}`;
  if (high !== null && low === null) return `up to ${high}`;
  return String(best ?? low ?? '');
}
export function toll(e: EventRow): string {
  const parts = [];
  if (e.deaths) parts.push(`${count(e.deaths)} killed`);
  if (e.injured) parts.push(`${count(e.injured)} injured`);
  if (e.abducted) parts.push(`${count(e.abducted)} abducted`);
  return parts.join(', ');
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

export function badge(text: string, kind = '', tip = ''): HTMLElement {
  return h(`span.badge${kind ? `.${kind}` : ''}`, tip ? { title: tip } : null, text);
}
export function badges(e: EventRow): Child[] {
  return [
    e.contested && badge('◆ contested', 'bad', 'at least one source says that it did not happen, or happened otherwise'),
    mood(e.status) && badge(mood(e.status), 'mood'),
    e.review && badge(e.review === 'accepted' ? '✓ accepted' : e.review === 'rejected' ? '✗ rejected' : e.review === 'edited' ? '✎ corrected' : e.review, 'done'),
    e.sources > 1 && badge(`${e.sources} independent sources`, 'good'),
  ];
}
