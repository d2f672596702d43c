// Lints docs/api/openapi.yaml and replays it: every GET with its examples, and again with each parameter wrong. Answers must
// have a documented status and fit their schema. node api.mjs http://127.0.0.1:PORT
import fs from 'node:fs';
import { parse } from 'yaml';
import { lintFromString, createConfig } from '@redocly/openapi-core';

const base = process.argv[2];
const text = fs.readFileSync(new URL('../../docs/api/openapi.yaml', import.meta.url), 'utf8');
const api = parse(text);
let failed = 0, passed = 0;
const check = (ok, what) => { if (ok) ++passed; else { ++failed; console.log(`FAILED ${what}`); } };

const config = await createConfig({ extends: ['recommended'], rules: { 'operation-4xx-response': 'error', 'no-server-example.com': 'off' } });
for (const p of await lintFromString({ source: text, absoluteRef: 'openapi.yaml', config }))
  check(p.severity !== 'error', `lint: ${p.message} at ${p.location?.[0]?.pointer}`);

const deref = (x) => (x && x.$ref ? deref(x.$ref.slice(2).split('/').reduce((o, k) => o[k], api)) : x);
/** The part of JSON Schema that the description uses. */
function fits(v, schema, at = '') {
  schema = deref(schema);
  if (!schema) return [];
  const out = [];
  if (schema.allOf) for (const s of schema.allOf) out.push(...fits(v, s, at));
  if (schema.enum && !schema.enum.includes(v)) out.push(`${at}: ${v} is not one of ${schema.enum}`);
  if (schema.type) {
    const type = v === null ? 'null' : Array.isArray(v) ? 'array' : typeof v === 'number' ? (Number.isInteger(v) ? 'integer' : 'number') : typeof v;
    const allowed = [schema.type].flat();
    if (!allowed.includes(type) && !(type === 'integer' && allowed.includes('number'))) out.push(`${at}: ${type} instead of ${allowed}`);
  }
  if (v && typeof v === 'object' && !Array.isArray(v)) {
    for (const r of schema.required ?? []) if (!(r in v)) out.push(`${at}: lacks ${r}`);
    for (const [k, s] of Object.entries(schema.properties ?? {})) if (k in v) out.push(...fits(v[k], s, `${at}/${k}`));
  }
  if (Array.isArray(v) && schema.items) v.forEach((x, i) => out.push(...fits(x, schema.items, `${at}/${i}`)));
  return out;
}

const first = async (path, pick) => pick(await (await fetch(base + path)).json());
const ids = {
  '/v1/events/{id}': await first('/v1/events?limit=1', (x) => x.items[0].id),
  '/v1/events/{id}/alternatives': await first('/v1/events?limit=1', (x) => x.items[0].id),
  '/v1/documents/{id}': await first('/v1/documents?limit=1', (x) => x.items[0].id),
  '/v1/actors/{id}': await first('/v1/actors?limit=1', (x) => x.items[0].id),
  '/v1/stories/{id}': await first('/v1/stories?limit=1', (x) => x.items[0]?.id),
  '/v1/places/{id}': await first('/v1/events?precision=exact&limit=1', (x) => x.items[0].place.id),
  '/ogc/collections/events/items/{id}': await first('/v1/events?limit=1', (x) => x.items[0].id),
};

async function replay(path, op, query, want) {
  const r = await fetch(base + path + (query.toString() ? `?${query}` : ''));
  const said = deref(op.responses[r.status]);
  check(said, `${path}?${query}: status ${r.status} is not documented`);
  if (want) check(r.status === want, `${path}?${query}: ${r.status} instead of ${want}`);
  const type = (r.headers.get('content-type') ?? '').split(';')[0];
  check(said?.content?.[type], `${path}?${query}: content type ${type} is not documented`);
  if (type.endsWith('json') && type !== 'application/x-ndjson') {
    const body = await r.json();
    const wrong = fits(body, said?.content?.[type]?.schema);
    check(!wrong.length, `${path}?${query}: ${wrong.slice(0, 3).join('; ')}`);
    return body;
  }
  await r.arrayBuffer();
  return null;
}

for (const [template, item] of Object.entries(api.paths)) {
  if (!item.get || template.startsWith('/v1/import')) continue;
  const op = item.get;
  if (template in ids && !ids[template]) continue; // a store without stories
  const path = template.includes('{') ? template.replace('{id}', encodeURIComponent(ids[template])) : template;
  const parameters = (op.parameters ?? []).map(deref);
  const needed = new URLSearchParams();
  for (const p of parameters) if (p.in === 'query' && p.required) needed.append(p.name, p.example);
  await replay(path, op, needed, 200);
  const all = new URLSearchParams();
  for (const p of parameters) if (p.in === 'query' && p.example !== undefined) for (const v of [p.example].flat()) all.append(p.name, v);
  await replay(path, op, all, 200);
  for (const p of parameters) {
    if (p.in === 'path') await replay(template.replace('{id}', 'no-such-thing'), op, needed, 404);
    if (p.in !== 'query') continue;
    const s = p.schema;
    const values = s.items?.enum ?? s.enum ?? [];
    for (const v of values) { const q = new URLSearchParams(needed); q.set(p.name, v); await replay(path, op, q, template === '/v1/aggregate' && p.name === 'format' ? undefined : 200); }
    const bad = new URLSearchParams(needed);
    const free = s.type === 'string' && !s.format && !['bbox', 'datetime'].includes(p.name);
    if (free || (s.type === 'array' && !s.items.enum)) continue;
    bad.set(p.name, 'what?');
    const problem = await replay(path, op, bad, 400);
    check(problem?.field === p.name, `${path}?${bad}: the error names ${problem?.field}, not ${p.name}`);
  }
  if (path.startsWith('/v1') && parameters.length) await replay(path, op, new URLSearchParams([...needed, ['no_such_parameter', '1']]), template.includes('{') && template !== '/v1/events/{id}' ? undefined : 400);
}

// The same answer is not sent twice.
const r = await fetch(`${base}/v1/events?limit=1`);
const again = await fetch(`${base}/v1/events?limit=1`, { headers: { 'If-None-Match': r.headers.get('etag') } });
check(again.status === 304, `If-None-Match is answered ${again.status}`);
// Pages fit together and give what the stream gives.
const paged = [];
for (let cursor = ''; ;) {
  const page = await (await fetch(`${base}/v1/events?limit=7&status=any${cursor ? `&cursor=${cursor}` : ''}`)).json();
  paged.push(...page.items.map((e) => e.id));
  if (!page.next) break;
  cursor = page.next;
}
const streamed = (await (await fetch(`${base}/v1/events?status=any&format=ndjson`)).text()).trim().split('\n').map((l) => JSON.parse(l).id);
check(JSON.stringify(paged) === JSON.stringify(streamed) && paged.length > 10, `paged ${paged.length}, streamed ${streamed.length}`);
const geo = await (await fetch(`${base}/v1/events?format=geojson`)).json();
check(geo.features.every((f) => f.geometry === null || Math.abs(f.geometry.coordinates[0]) <= 180), 'GeoJSON has odd coordinates');
check((await (await fetch(`${base}/metrics`)).text()).includes('annalist_requests_total{route="events"'), 'metrics count requests');
// Streams hold the same events as the list, in every format.
const total = (await (await fetch(`${base}/v1/events?status=any&limit=1`)).json()).total;
const stream = async (format) => Buffer.from(await (await fetch(`${base}/v1/events?status=any&format=${format}`)).arrayBuffer());
const parquet = await stream('parquet');
check(parquet.subarray(0, 4).toString() === 'PAR1' && parquet.subarray(-4).toString() === 'PAR1' && parquet.includes('date_from'), 'Parquet has its marks and columns');
check((await stream('ndjson')).toString().trim().split('\n').every((l) => JSON.parse(l).id), 'every line of NDJSON is an event');
check((await stream('ndjson')).toString().trim().split('\n').length === total, 'NDJSON has them all');
check(JSON.parse((await stream('geojson')).toString()).features.length === total, 'GeoJSON has them all');

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
