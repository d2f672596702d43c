// How fast the desk is in a browser without a GPU: first view, pan, zoom and brush in frames a second, one filter.
// node perf.mjs http://127.0.0.1:PORT. Prints numbers; passes no judgement (machines differ). docs/desk-load.md.
import { chromium } from 'playwright-core';

const base = process.argv[2];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const began = Date.now();
await page.goto(base);
await page.waitForSelector('html[data-ready=yes]', { timeout: 60000 });
await page.waitForSelector('.card');
console.log(`first view ${await page.evaluate(() => Math.round(performance.getEntriesByName('desk-ready')[0].startTime))} ms; with the list ${Date.now() - began} ms from outside`);
await page.waitForTimeout(1500);

/** Frames a second while the page is moved, by its own clock. */
async function frames(name, act) {
  await page.evaluate(() => { window.ticks = []; const tick = (t) => { window.ticks.push(t); window.ticking = requestAnimationFrame(tick); }; window.ticking = requestAnimationFrame(tick); });
  await act();
  const ticks = await page.evaluate(() => { cancelAnimationFrame(window.ticking); return window.ticks; });
  const gaps = ticks.slice(1).map((t, i) => t - ticks[i]).sort((a, b) => a - b);
  console.log(`${name}: ${(1000 * gaps.length / (ticks.at(-1) - ticks[0])).toFixed(0)} frames/s, median gap ${gaps[gaps.length >> 1].toFixed(0)} ms, 95 % ${gaps[Math.floor(gaps.length * 0.95)].toFixed(0)} ms`);
}
const map = await page.locator('.mapbox').boundingBox();
await frames('pan', async () => {
  await page.mouse.move(map.x + 500, map.y + 300);
  await page.mouse.down();
  for (let i = 0; i < 60; ++i) await page.mouse.move(map.x + 500 - i * 5, map.y + 300 - i * 2);
  await page.mouse.up();
});
await frames('zoom', async () => { for (let i = 0; i < 30; ++i) { await page.mouse.wheel(0, i < 15 ? -60 : 60); await page.waitForTimeout(20); } });
const time = await page.locator('.timebox').boundingBox();
await frames('brush', async () => {
  await page.mouse.move(time.x + 100, time.y + 40);
  await page.mouse.down();
  for (let i = 0; i < 60; ++i) await page.mouse.move(time.x + 100 + i * 5, time.y + 40);
  await page.mouse.up();
});
await page.keyboard.press('Escape');
await page.waitForTimeout(800);
for (const box of await page.locator('.facet .option input').all().then((l) => l.slice(3, 6))) {
  const label = await box.getAttribute('data-facet');
  const took = await page.evaluate((name) => new Promise((done) => {
    const before = document.querySelector('.sum h1').textContent, from = performance.now();
    document.querySelector(`[data-facet="${name}"]`).click();
    const look = () => (document.querySelector('.sum h1').textContent !== before ? requestAnimationFrame(() => done(performance.now() - from)) : performance.now() - from > 5000 ? done(-1) : requestAnimationFrame(look));
    look();
  }), label);
  console.log(`filter ${label}: ${took.toFixed(0)} ms`);
  await page.evaluate((name) => document.querySelector(`[data-facet="${name}"]`).click(), label);
  await page.waitForTimeout(400);
}
await browser.close();
