// Attacks from outside: what must be refused is refused with a clear error, and the service goes on. Starts servers of its own
// beside the given one, with keys and read-only. node security.mjs http://127.0.0.1:PORT BUILD_DIR WORK_DIR
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import http from 'node:http';
import { chromium } from 'playwright-core';

const [base, build, work] = process.argv.slice(2);
const port = Number(new URL(base).port);
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) ++passed; else { ++failed; console.log(`FAILED ${what}`); } };

/** A request byte by byte, as no honest client sends it. */
function raw(bytes, { to = port, wait = 3000, pace = 0 } = {}) {
  return new Promise((done) => {
    let got = '';
    const s = net.connect(to, '127.0.0.1', async () => {
      if (!pace) { s.write(bytes); return; }
      for (const c of bytes) { if (s.destroyed) return; s.write(c); await new Promise((r) => setTimeout(r, pace)); }
    });
    s.on('data', (d) => { got += d; });
    s.on('error', () => done(got));
    s.on('close', () => done(got));
    setTimeout(() => { s.destroy(); done(got); }, wait);
  });
}
const status = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
const get = (target, headers = '') => raw(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}Connection: close\r\n\r\n`);
function send(path, { method = 'POST', headers = {}, body = '{}', to = port } = {}) {
  return new Promise((done, bad) => {
    const r = http.request({ host: '127.0.0.1', port: to, path, method, headers: { 'Content-Type': 'application/json', ...headers } }, (a) => {
      let text = '';
      a.on('data', (d) => { text += d; });
      a.on('end', () => done({ status: a.statusCode, text, headers: a.headers }));
    });
    r.on('error', bad);
    r.end(body);
  });
}
const alive = async (what) => check((await fetch(`${base}/healthz`)).status === 200, `the service goes on after ${what}`);

// Paths that climb.
for (const p of ['/../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/%2e%2e/%2e%2e/etc/passwd', '/desk.js/../../../etc/passwd', '/....//etc/passwd', '/%00', '/v1/documents/..%2f..%2fetc%2fpasswd', '/\\..\\etc', '//etc/passwd', '/v1/events/%ff']) {
  const a = await get(p);
  check([400, 404].includes(status(a)) && !/root:/.test(a), `${p}: ${status(a)}`);
}
check(status(await get('http://elsewhere.example/')) >= 400, 'an address of another host');
await alive('paths');

// Requests that are none, too large, or smuggle.
check(status(await raw('HELO\r\n\r\n')) === 400, 'not HTTP');
check(status(await raw('GET / HTTP/9.9\r\n\r\n')) === 400, 'an unknown version');
check(status(await get(`/v1/events?q=${'a'.repeat(9000)}`)) === 414, 'an address of 9 kB');
check([431, 400].includes(status(await get('/', `X: ${'y'.repeat(40000)}\r\n`))), 'headers of 40 kB');
check(status(await get('/v1/events?q=%zz')) === 400, 'a broken escape');
check(status(await raw(`POST /v1/reviews HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)) >= 400, 'two lengths');
check(status(await raw(`POST /v1/reviews HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n`)) === 413, 'a body of a gigabyte');
check(status(await raw(`POST /v1/reviews HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${`20000\r\n${'x'.repeat(0x20000)}\r\n`.repeat(2)}0\r\n\r\n`)) === 413, 'an endless chunked body');
check(status(await raw('DELETE /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', { wait: 600 })) === 405, 'DELETE');
await alive('broken requests');

// Slow ones: a hundred heads that never end do not keep others out, and are cut off.
const slow = Array.from({ length: 100 }, () => raw('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ', { wait: 17000 }));
const began = Date.now();
for (let i = 0; i < 20; ++i) await alive('slow requests under way');
check(Date.now() - began < 3000, 'others are served while slow requests are under way');
const drip = raw('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nX-Long: abcdefghijklmnopqrstuvwxyz\r\n\r\n', { pace: 400, wait: 40000 });

// Search terms that are SQL or FTS5 syntax find or find not; they never break.
for (const q of ["'; DROP TABLE events; --", '" OR 1=1 --', 'NEAR(a b, 3', 'title:x', '*', '"', '""', '-', '- -', 'a OR', 'OR OR', 'AND NOT', '^x', '{a b}: c', '(((((', 'a*b*c*', '\u0000x'.slice(1), '\u202e', 'x'.repeat(900), 'a '.repeat(400), '%', '_', "\\'", '💥'])
  for (const path of ['/v1/events', '/v1/search', '/v1/columns/rows', '/v1/actors', '/v1/facets']) {
    const r = await fetch(`${base}${path}?${new URLSearchParams({ q })}`);
    check(r.status === 200 || (r.status === 400 && (await r.json()).field === 'q'), `${path} q=${q.slice(0, 30)}: ${r.status}`);
  }
for (const bad of ["type=' OR 1=1", 'country=SY%27', 'place=%27%3b--', 'actor=%22', 'story=)', 'admin1=;']) check((await fetch(`${base}/v1/events?${bad}`)).status === 200, bad);
for (const id of ["' OR '1'='1", '~-1', '~99999999999', '~0', '"', 'x'.repeat(3000)]) check([404, 400, 414].includes((await fetch(`${base}/v1/events/${encodeURIComponent(id)}`)).status), `id ${id.slice(0, 20)}`);
check((await (await fetch(`${base}/v1/events?limit=1`)).json()).total > 0, 'the tables are still there');

// Changes from other pages, and a name pointed here.
const body = JSON.stringify({ target: 'e0', decision: 'accepted' });
check((await send('/v1/reviews', { headers: { Origin: 'https://elsewhere.example' }, body })).status === 403, 'a post from another origin');
check((await send('/v1/reviews', { headers: { Origin: 'null' }, body })).status === 403, 'a post from a sandboxed page');
check((await send('/v1/reviews', { headers: { 'Sec-Fetch-Site': 'cross-site' }, body })).status === 403, 'a cross-site post');
check((await send('/v1/reviews', { headers: { Origin: `http://127.0.0.1:${port + 1}` }, body })).status === 403, 'a post from another port');
check((await send('/v1/reviews', { headers: { 'Content-Type': 'text/plain' }, body })).status === 415, 'a post that a form can send');
check((await send('/v1/reviews', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body })).status === 415, 'a form');
check((await send('/v1/events', { body })).status === 405, 'a post to what takes none');
check(status(await raw('GET /v1/events HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n')) === 421, 'a name pointed to this machine');
const named = await send('/v1/reviews', { body: '{"target":"e0","decision":"accepted"' });
check(named.status === 400 && JSON.parse(named.text).field === 'body', 'half a JSON');
for (const b of ['[]', '1', '""', '{"target":1,"decision":"accepted"}', '{"target":"e0","decision":"accepted","x":"y"}', '{"target":"e0","decision":"edited","fields":{"uid":1}}', '{}', '['.repeat(5000)]) check((await send('/v1/reviews', { body: b })).status === 400, `body ${b.slice(0, 40)}`);
const some = (await (await fetch(`${base}/v1/events?limit=1`)).json()).items[0].id;
check((await send('/v1/reviews', { body: JSON.stringify({ target: some, decision: 'edited', fields: { 'type = (SELECT 1) --': 'x' } }) })).status === 422, 'a column that is SQL');
check((await send('/v1/reviews', { body: JSON.stringify({ target: some, decision: 'edited', fields: { recorded_to: '1' } }) })).status === 422, 'a column that is not for people');

// An upload may not name files of this machine, nor be a bomb.
const importing = async (name, bytes) => {
  const begun = await fetch(`${base}/v1/import?name=${encodeURIComponent(name)}`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: bytes });
  if (begun.status !== 202) return { status: begun.status };
  let job = await begun.json();
  for (let i = 0; i < 300 && (job.state === 'coding' || job.state === 'waiting'); ++i) { await new Promise((r) => setTimeout(r, 100)); job = await (await fetch(`${base}/v1/import/${job.id}`)).json(); }
  return { status: 202, ...job };
};
const theft = await importing('records.jsonl', `{"id":"x","path":"/etc/passwd"}\n`);
check(theft.added === 0 && theft.failed === 1, `a record that names a file: ${JSON.stringify(theft)}`);
check((await importing('../../x.txt', 'text')).status === 400, 'a name that is a path');
check((await importing('empty.txt', '')).status === 400, 'an empty file');

// Script in headlines, quotes, names: shown, never run.
const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const page = `<html><head><title>Rebels ${evil.replace(/</g, '&lt;')} seize town</title><meta property="og:site_name" content="Gazette &quot;&gt;&lt;script&gt;window.hacked=1&lt;/script&gt;"><meta property="article:published_time" content="2016-05-03"></head><body><article><h1>Rebels &lt;script&gt;window.hacked=1&lt;/script&gt; seize town of Morek</h1><p>DAMASCUS, May 3 2016 - Rebels &lt;img src=x onerror=window.hacked=1&gt; captured the town of Morek from the army on Tuesday, a monitor said. The army denied that it had lost the town.</p><p>"We hold &lt;svg onload=window.hacked=1&gt; the town," the commander &lt;b&gt;Ali&lt;/b&gt; said on Tuesday.</p><p>The fighting killed four soldiers, medics said, and many families fled from the town to the north.</p></article></body></html>`;
const planted = await importing('evil.html', page);
check(planted.added === 1 && planted.events > 0, `the page with scripts is coded: ${JSON.stringify(planted)}`);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const tab = await browser.newPage();
const events = (await (await fetch(`${base}/v1/events?from=2016-05-03&to=2016-05-03&status=any`)).json()).items;
for (const view of ['/?from=2016-05-03&to=2016-05-03&status=any', `/?q=${encodeURIComponent(evil)}`, ...events.slice(0, 3).map((e) => `/?view=event&id=${e.id}`), `/?view=event&id=${encodeURIComponent('"><script>window.hacked=1</script>')}`, '/?view=review&from=2016-05-03&to=2016-05-03', `/?type=${encodeURIComponent(evil)}`]) {
  await tab.goto(base + view);
  await tab.waitForSelector('html[data-ready=yes]');
  await tab.waitForTimeout(400);
  check(!(await tab.evaluate(() => 'hacked' in window)), `a script ran at ${view.slice(0, 60)}`);
  check((await tab.locator('#desk script, #desk img, #desk iframe, #desk object').count()) === 0, `markup was made of text at ${view.slice(0, 60)}`);
}
// And were one to get in, the policy would stop it.
await tab.goto(base);
await tab.waitForSelector('html[data-ready=yes]');
check(await tab.evaluate(() => { try { document.body.innerHTML = '<b>x</b>'; return false; } catch { return true; } }), 'Trusted Types forbid markup from strings');
const inline = await tab.evaluate(() => { const s = document.createElement('img'); s.src = 'https://elsewhere.example/x.png'; document.body.append(s); return new Promise((r) => { s.onerror = () => r('blocked'); setTimeout(() => r('late'), 2000); }); });
check(inline === 'blocked', 'nothing is loaded from elsewhere');
await browser.close();
const head = await fetch(base);
for (const [name, want] of [['content-security-policy', "default-src 'none'"], ['x-content-type-options', 'nosniff'], ['referrer-policy', 'no-referrer'], ['x-frame-options', 'DENY']]) check((head.headers.get(name) ?? '').includes(want), `header ${name}`);

// CSV is no spreadsheet program.
const csv = await (await fetch(`${base}/v1/events?format=csv&status=any`)).text();
check(!/(^|,)"?[=@]/m.test(csv), 'no cell of the CSV begins a formula');

// With keys: without one, with a wrong one, with one that may not, too often.
const keys = `${work}/keys.txt`;
const key = (name, scopes) => execFileSync(`${build}/annalist`, ['key', 'add', keys, '--name', name, '--scopes', scopes], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();
const reader = key('reader', 'read'), editor = key('editor', 'read,review');
check(!fs.readFileSync(keys, 'utf8').includes(reader), 'the key file does not hold the key');
async function start(...flags) {
  const p = spawn(`${build}/annalist`, ['serve', `${work}/desk.db`, '--port', '0', '--data', build, ...flags]);
  let log = '';
  p.stderr.on('data', (d) => { log += d; });
  const address = await new Promise((r) => p.stdout.once('data', (d) => r(String(d).trim())));
  return { p, port: Number(new URL(address).port), log: () => log };
}
const locked = await start('--write', '--keys', keys, '--rate', '30');
const ask = (path, k, more = {}) => send(path, { to: locked.port, method: 'GET', body: '', headers: k ? { Authorization: `Bearer ${k}` } : {}, ...more });
check((await ask('/v1/events')).status === 401, 'no key');
check((await ask('/')).status === 200, 'the page itself needs no key: it asks for one');
check((await ask('/metrics')).status === 401, 'metrics need a key, too');
check((await ask('/v1/events', 'ann_wrong')).status === 401, 'a wrong key');
check((await ask('/v1/events', reader)).status === 200, 'the right key');
check((await ask('/v1/events', reader.slice(0, -1))).status === 401, 'most of a key');
const review = (k) => send('/v1/reviews', { to: locked.port, headers: { Authorization: `Bearer ${k}` }, body: JSON.stringify({ target: some, decision: 'accepted', reviewer: 'somebody else' }) });
check((await review(reader)).status === 403, 'a key without the scope');
const made = await review(editor);
check(made.status === 201 && JSON.parse(made.text).reviewer === 'editor', 'the key names the reviewer');
const guesses = [];
for (let i = 0; i < 30; ++i) guesses.push((await ask('/v1/events', `ann_${i}`)).status);
check(guesses.includes(429), 'guessing is slowed down');
const many = await Promise.all(Array.from({ length: 300 }, () => ask('/v1/stats', reader)));
const refused = many.filter((r) => r.status === 429);
check(refused.length > 100 && refused[0].headers['retry-after'], `too many requests: ${refused.length} of 300 refused`);
check(/ 401 /.test(locked.log()) && /reader GET/.test(locked.log()) && !locked.log().includes(reader), 'the log names who was refused and holds no key');
locked.p.kill();
const closed = await start();
check((await send('/v1/reviews', { to: closed.port, body })).status === 403, 'read-only is the default');
closed.p.kill();
const open = spawn(`${build}/annalist`, ['serve', `${work}/desk.db`, '--listen', '0.0.0.0', '--port', '0']);
check(await new Promise((r) => open.on('exit', (code) => r(code === 2))), 'without keys it does not listen beyond this machine');

check(await drip === '' || status(await drip) >= 0, 'a dripping request ended');
const cut = await Promise.all(slow);
check(cut.every((a) => a === '' || status(a) === 408), 'slow requests were cut off');
await alive('everything');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
