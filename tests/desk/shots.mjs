// Screenshots of every view at two sizes into a folder outside the repository: node shots.mjs http://127.0.0.1:8765 FOLDER
import { chromium } from 'playwright-core';
import fs from 'node:fs';
const [base, out, only, theme] = process.argv.slice(2);
fs.mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const contested = (await (await fetch(`${base}/v1/events?contested=true&limit=1`)).json()).items[0];
const any = (await (await fetch(`${base}/v1/events?limit=1&type=attack&type=capture&type=clash`)).json()).items[0];
const actor = (await (await fetch(`${base}/v1/actors?limit=1`)).json()).items[0];
const control = (await (await fetch(`${base}/v1/control`)).json()).intervals[0];
const story = (await (await fetch(`${base}/v1/stories?limit=1`)).json()).items[0];
const views = {
  events: '/', search: '/?q=defect', event: `/?view=event&id=${(contested ?? any).id}`, plain: `/?view=event&id=${any.id}`,
  control: `/?view=control${control ? `&at_place=${control.place}&at=${control.date_from}` : ''}`, actor: `/?view=actor&id=${encodeURIComponent(actor.id)}`, actors: '/?view=actor', stories: '/?view=stories',
  ...(story ? { story: `/?view=story&id=${story.id}` } : {}), trend: '/?view=trend', review: '/?view=review', import: '/?view=import', method: '/?view=method',
};
for (const [w, h] of [[1440, 900], [820, 1180]]) {
  const page = await browser.newPage({ viewport: { width: w, height: h }, colorScheme: theme === 'dark' ? 'dark' : 'light' });
  page.on('console', (m) => m.type() === 'error' && console.log('console:', m.text()));
  page.on('pageerror', (e) => console.log('page error:', e.message));
  for (const [name, path] of Object.entries(views)) {
    if (only && only !== 'all' && !only.split(',').includes(name)) continue;
    await page.goto(base + path);
    await page.waitForSelector('html[data-ready=yes]', { timeout: 20000 });
    await page.waitForTimeout(1200);
    await page.screenshot({ path: `${out}/${name}-${w}${theme === 'dark' ? '-dark' : ''}.png` });
  }
  await page.close();
}
await browser.close();
