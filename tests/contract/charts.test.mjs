// Every figure of the service as plotly.js itself sees it: valid, drawable. The pictures of both stand beside each
// other in build/…/charts for a person to compare.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const root = new URL('../../', import.meta.url).pathname;
const built = path.dirname(process.env.RB_BIN ?? `${root}build/release/bin`);
const folder = `${built}/charts`;
mkdirSync(folder, { recursive: true });
execFileSync(`${built}/tests/analytics_api_test`, ['--gtest_filter=Charts.are_drawn_in_every_kind:Charts.become_pages_that_work_offline'],
  { env: { ...process.env, RB_CHARTS: folder }, stdio: 'ignore', cwd: root });
const names = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5));

const profile = mkdtempSync(path.join(tmpdir(), 'repitbot-charts-'));
let browser, page;
before(async () => {
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage();
  await page.setContent('<!doctype html><meta charset="utf-8"><div id="chart"></div>');
  await page.addScriptTag({ path: `${root}node_modules/plotly.js-dist-min/plotly.min.js` });
});
after(async () => {
  await browser?.close();
  rmSync(profile, { recursive: true, force: true });
});

for (const name of names) {
  test(`${name} is what plotly.js calls valid, and is drawn by it`, async () => {
    const figure = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
    const { wrong, png } = await page.evaluate(async ({ data, layout }) => {
      const copy = (value) => JSON.parse(JSON.stringify(value));
      const wrong = (Plotly.validate(copy(data), copy(layout)) ?? []).map((one) => one.msg);
      await Plotly.newPlot('chart', data, { ...layout, width: 800, height: 600 }, { staticPlot: true });
      return { wrong, png: await Plotly.toImage('chart', { format: 'png', width: 800, height: 600 }) };
    }, figure);
    writeFileSync(`${folder}/${name}.plotly.png`, Buffer.from(png.split(',')[1], 'base64'));
    assert.deepEqual(wrong, []);
  });
}

test('a page of a chart draws it without a network', async () => {
  const alone = await browser.newPage();
  const failures = [];
  alone.on('pageerror', (error) => failures.push(`${error}`));
  alone.on('request', (request) => { if (!/^(file|data|blob):/.test(request.url())) failures.push(request.url()); });
  await alone.goto(`file://${folder}/subject_performance.html`);
  await alone.waitForSelector('#chart .main-svg .xtick');
  assert.match(await alone.getAttribute('#chart', 'aria-label'), /предмет/);
  assert.deepEqual(failures, []);
  await alone.close();
});

test('there are figures to look at', () => assert.ok(names.length >= 17, `${names.length}`));
