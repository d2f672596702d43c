// The desk in Chromium, as an analyst uses it: find the contested withdrawal by search, read both sides, move the date and see
// a town change hands, correct an actor by keyboard, reload the address, export and compare with the API. Then axe-core
// on every view, no request to elsewhere, no error on the console. node e2e.mjs http://127.0.0.1:PORT
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const base = process.argv[2];
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) ++passed; else { ++failed; console.log(`FAILED ${what}`); } };
const api = async (path) => (await fetch(base + path)).json();

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, bypassCSP: false });
const page = await context.newPage();
page.setDefaultTimeout(60000); // a machine may be busy
page.on('request', (r) => check(r.url().startsWith(base) || r.url().startsWith('blob:') || r.url().startsWith('data:'), `a request went to ${r.url()}`));
page.on('console', (m) => { if (m.type() === 'error') check(false, `console: ${m.text()}`); });
page.on('pageerror', (e) => check(false, `page: ${e.message}`));
const open = async (path) => { await page.goto(base + path); await page.waitForSelector('html[data-ready=yes]', { state: 'attached' }); };
const text = (selector) => page.locator(selector).first().innerText();
/** Asks again until it holds. (Playwright's waitForFunction evaluates a string in the page, which the policy forbids.) */
const until = async (what, ask, timeout = 20000) => {
  for (const end = Date.now() + timeout; Date.now() < end; await new Promise((r) => setTimeout(r, 60))) if (await ask().catch(() => false)) return;
  throw new Error(`waited in vain for: ${what}`);
};
const param = (name) => new URL(page.url()).searchParams.get(name);

// Search finds the contested event; it is opened by keyboard.
await open('/');
const all = (await api('/v1/events?status=actual&status=ongoing&limit=1')).total;
check((await text('.sum h1')).startsWith(`${all} `), `the list counts ${await text('.sum h1')}, the API ${all}`);
await page.keyboard.press('/');
await page.keyboard.type('ammunition');
await until('the search in the address', async () => param('q') === 'ammunition');
await until('one event found', async () => (await text('.sum h1')) === '1 event' && (await page.locator('.card').count()) === 1);
await page.keyboard.press('Escape');
await page.keyboard.press('j');
await page.keyboard.press('Enter');
await page.waitForSelector('.side.no li.claim');
check(/pulled out/.test(await text('.side.yes blockquote')), 'the side that asserts is in its own words');
check(/withdrawn from Morek/.test(await text('.side.no blockquote')), 'the side that denies is in its own words');
check(/Samir Haddad/.test(await text('.side.yes')) && /Free Syrian Army/.test(await text('.side.no')), 'both sides are named');
check(/contested/.test(await text('.standing summary')), 'how the claims weigh is said');
await until('who else the rebels could be', async () => (await text('.alternatives')).includes('Free Syrian Army'));
await page.waitForSelector('.report mark.event.on');
check((await text('.report mark.event.on')).includes('pulled out'), 'the words that made the event are lit in the report');
await page.locator('.side.no button').first().click();
await page.waitForSelector('.report mark.claim.on');
check(/withdrawn/.test((await page.locator('.report mark.claim.on').allInnerTexts()).join(' ')), 'the denial is lit when asked for');
const address = page.url();
const shown = await text('main.event h1');
await page.reload();
await page.waitForSelector('main.event h1');
check((await text('main.event h1')) === shown && page.url() === address, 'reloading gives the same view');
await page.goBack();
await page.goBack().catch(() => {});

// A filter, a window of time, and the map's frame stand in the address and mean the same to the API.
await open('/?status=any&from=2015-01-01&to=2015-12-31');
await page.locator('[data-facet="type=capture"]').check();
await until('the filter in the address', async () => page.url().includes('type=capture'));
const same = await api(`/v1/events?${new URL(page.url()).searchParams.toString().replace(/(^|&)map=[^&]*/, '')}`);
await page.waitForTimeout(300);
check((await text('.sum h1')).startsWith(`${same.total} event`), `page ${await text('.sum h1')}, API ${same.total}`);
await page.locator('.timebox').focus();
await page.keyboard.press('ArrowLeft');
check(param('from') < '2015-01-01', 'an arrow key moves the window');
await page.keyboard.press('Escape');
await until('the window to be cleared', async () => !param('from'));

// Export: the same as the API says.
await open('/?contested=true');
await page.locator('.menu summary').click();
const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV table' }).click()]);
const csv = fs.readFileSync(await download.path(), 'utf8').trim().split('\r\n');
const listed = await api('/v1/events?contested=true&status=actual&status=ongoing&limit=1000');
check(csv.length === listed.total + 1 && csv[0].startsWith('id,type,') && listed.items.every((e) => csv.some((l) => l.startsWith(`${e.id},`))), `the CSV has ${csv.length - 1} rows, the API ${listed.total}`);

// Control: the town changes hands when the date moves.
const intervals = (await api('/v1/control')).intervals;
const town = intervals.find((i) => i.date_from === '2015-03-14');
check(!!town, 'a report says that a town changed hands on 14 March 2015');
await open(`/?view=control&at=2015-03-13&at_place=${encodeURIComponent(town.place)}`);
await page.waitForSelector('.history h2');
const before = await text('.holders');
await page.getByRole('button', { name: 'change after' }).click();
await until('the next change', async () => param('at') === '2015-03-14');
const after = await text('.holders');
check(before !== after && /14 March 2015/.test(after), 'moving the date changes who holds what');
check(/captured/.test(await text('.history')), 'the history of the place says how');

// Correct an actor by keyboard; undo; and the correction is in the API.
const target = (await api('/v1/events?type=ceasefire&limit=1')).items[0];
await open(`/?view=event&id=${target.id}`);
await page.waitForSelector('.verdicts button');
await page.keyboard.press('e');
await page.waitForSelector('form.edit');
await page.locator('form.edit input[name=actors]').focus();
await page.keyboard.press('ControlOrMeta+a');
await page.keyboard.type('Free Syrian Army');
await page.keyboard.press('Enter');
await until('the correction', async () => (await text('main.event h1')).includes('Free Syrian Army'));
let now = await api(`/v1/events/${target.id}`);
check(now.review === 'edited' && now.actors.some((a) => a.id === 'free-syrian-army' && a.role === 'actor'), 'the correction is kept with the known actor');
check(now.revisions.length === 1 && /actors/.test(now.revisions[0].after), 'the verdict is a row with before and after');
await page.locator('main.event h1').focus();
await page.keyboard.press('u');
await until('the undoing', async () => !(await text('main.event h1')).includes('Free Syrian Army'));
now = await api(`/v1/events/${target.id}`);
check(now.review === '' && JSON.stringify(now.actors) === JSON.stringify(target.actors), 'undo gives back what was there');

// The queue: three verdicts by single keys, one of them taken back.
await open('/?view=review');
await page.waitForSelector('.reviewbox .keys button');
const queue = async () => Number((await page.locator('.reviewbox > p.soft').first().innerText({ timeout: 300 })).split(' of ')[1]);
const n = await queue();
await page.keyboard.press('a');
await until('the next in the queue', async () => (await queue()) === n - 1);
await page.keyboard.press('x');
await until('the next in the queue', async () => (await queue()) === n - 2);
await page.keyboard.press('u');
await until('the next in the queue', async () => (await queue()) === n - 1);
const gold = (await (await fetch(`${base}/v1/reviews?format=gold`)).text()).trim().split('\n').map((l) => JSON.parse(l));
check(gold.length === 1 && gold[0].verdict === 'accepted' && gold[0].sentence.length > 5, 'gold data hold the one verdict that stands');

// Import by choosing a file: progress, then its events are there.
const total = (await api('/v1/stats')).events;
await open('/?view=import');
await page.locator('#files').setInputFiles({ name: 'quiet-town.txt', mimeType: 'text/plain', buffer: Buffer.from('Soldiers attack quiet town\n\nDAMASCUS, 3 May 2016 - Government soldiers attacked the town of Duma on Monday and killed four people, a medic said.\n') });
await until('the import', async () => /new report/.test(await text('.jobs li')), 60000);
check((await api('/v1/stats')).events > total, 'the imported report has events');

// Two reports of one capture: a reviewer takes one out of the merged event, undoes that, and joins another event.
await page.locator('#files').setInputFiles([
  { name: 'rebels.txt', mimeType: 'text/plain', buffer: Buffer.from('Rebels capture Morek\n\nAMMAN, 2 November 2014 (North Wire) - Free Syrian Army fighters captured the town of Morek in Hama province on Saturday, residents said. Government troops left before dawn.\n') },
  { name: 'falls.txt', mimeType: 'text/plain', buffer: Buffer.from('Morek falls\n\nHAMA, 2 November 2014 - The Free Syrian Army seized Morek on Saturday after a week of shelling, a local council said. Shops had run out of bread.\n') }]);
const told = async () => (await api('/v1/events?type=capture&from=2014-11-01&to=2014-11-01&limit=10')).items;
await until('two imports', async () => (await told()).some((e) => e.reports === 2), 60000);
const merged = (await told()).find((e) => e.reports === 2);
await open(`/?view=event&id=${merged.id}`);
await page.getByRole('button', { name: 'not the same event' }).last().click();
await page.locator('form.pair input[name=note]').fill('another town of that name');
await page.keyboard.press('Enter');
await until('the split', async () => (await told()).every((e) => e.reports === 1));
await until('the split on the page', async () => /apart/.test(await text('.history')) && !/not the same event/.test(await text('.why')));
check(/another town of that name/.test(await text('.history')) && (await page.locator('.history a').count()) === 1, 'who keeps what apart, and why');
await page.locator('.history').getByRole('button', { name: 'undo' }).click();
await until('one event again', async () => (await told()).some((e) => e.id === merged.id && e.reports === 2));
await until('one event on the page', async () => (await page.getByRole('button', { name: 'not the same event' }).count()) === 2);
await page.getByRole('button', { name: 'the same as another event' }).click();
await page.locator('form.pair input[name=other]').fill(`${base}/?view=event&id=${target.id}`);
await page.keyboard.press('Enter');
await until('the join', async () => (await api(`/v1/events/${target.id}`)).mentions.length === 3);
await until('the join on the page', async () => (await page.locator('.why li').count()) === 3);
await page.locator('.history').getByRole('button', { name: 'undo' }).click();
await until('the join undone', async () => (await api(`/v1/events/${target.id}`)).id === target.id && (await api(`/v1/events/${merged.id}`)).mentions.length === 2);

// An actor's relations name both sides.
const relations = (await api('/v1/actors/free-syrian-army')).relations;
check(relations.every((r) => typeof r.b_id === 'string' && typeof r.a_id === 'string'), 'ids of relations are text');

// Every view: axe-core at two sizes and in both schemes; a script in the page's own world needs no exception in the policy.
const views = ['/', '/?q=town', `/?view=event&id=${listed.items[0].id}`, `/?view=control&at_place=${encodeURIComponent(town.place)}`, '/?view=actor', '/?view=actor&id=islamic-state', '/?view=stories', '/?view=trend', '/?view=review', '/?view=import', '/?view=method'];
for (const [width, height, colorScheme] of [[1440, 900, 'light'], [820, 1180, 'dark']]) {
  const other = await browser.newPage({ viewport: { width, height }, colorScheme, bypassCSP: true });
  for (const view of views) {
    await other.goto(base + view);
    await other.waitForSelector('html[data-ready=yes]', { state: 'attached' });
    await other.waitForTimeout(250);
    await other.evaluate(axe);
    const result = await other.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const v of result.violations) check(!['serious', 'critical'].includes(v.impact), `axe ${width} ${view}: ${v.id} (${v.impact}): ${v.nodes[0].html.slice(0, 140)} ${v.nodes[0].any[0]?.message ?? ''}`);
    ++passed;
  }
  await other.close();
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
