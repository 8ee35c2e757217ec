#!/usr/bin/env node
// Writes libs/plot/check/schema.json: of plotly.js' own schema what decides whether a value is right, for the traces that
// libs/plot draws. To be run anew when package.json names another plotly.js. Equal parts stand once, in `parts`; a number
// in place of a part is its place there.
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const root = new URL('..', import.meta.url).pathname;
const drawn = ['scatter', 'bar', 'pie', 'heatmap', 'treemap', 'histogram', 'box', 'funnel', 'waterfall', 'scatterpolar',
  'barpolar', 'indicator', 'table'];
const kept = ['valType', 'values', 'min', 'max', 'items', 'freeLength', 'dimensions', 'flags', 'extras', 'arrayOk',
  'coerceNumber', 'noBlank', 'strict', 'regex'];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.setContent('<!doctype html><meta charset="utf-8">');
await page.addScriptTag({ path: `${root}node_modules/plotly.js-dist-min/plotly.min.js` });
const [version, schema] = await page.evaluate(() => [window.Plotly.version, window.Plotly.PlotSchema.get()]);
await browser.close();

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

function reduced(node) {
  if (Array.isArray(node)) return node.map(reduced);
  const out = {};
  if (node.valType) {
    for (const key of kept) if (node[key] !== undefined) out[key] = node[key];
    if (out.items) out.items = reduced(out.items);
    if (node.valType === 'subplotid') out.subplot = node.dflt;
    return out;
  }
  if (node._isSubplotObj) out._isSubplotObj = true;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'items' && isObject(value)) out.items = reduced(Object.values(value)[0]);
    else if (isObject(value) && (value.valType || value.role === 'object')) out[key] = reduced(value);
  }
  return out;
}

const parts = [];
const known = new Map();
function shared(node) {
  if (!isObject(node) && !Array.isArray(node)) return node;
  const out = Array.isArray(node) ? node.map((one) => (isObject(one) || Array.isArray(one) ? shared(one) : one))
    : Object.fromEntries(Object.entries(node).map(([key, value]) =>
      [key, (isObject(value) || key === 'items') ? shared(value) : value]));
  if (Array.isArray(node)) return out;
  const text = JSON.stringify(out);
  if (!known.has(text)) {
    known.set(text, parts.length);
    parts.push(out);
  }
  return known.get(text);
}

const traces = {};
const layout = { ...reduced(schema.layout.layoutAttributes) };
for (const type of drawn) {
  const { attributes, layoutAttributes } = schema.traces[type];
  traces[type] = shared({ ...reduced(attributes), type: { valType: 'enumerated', values: [type] } });
  if (!layoutAttributes) continue;
  const more = reduced(layoutAttributes);
  if (attributes.subplot) Object.assign(layout[attributes.subplot.dflt], more);
  else Object.assign(layout, more);
}
const others = Object.keys(schema.traces).filter((type) => !drawn.includes(type)).sort();
const result = { plotly: version, traces, others, layout: shared(layout), parts };
writeFileSync(`${root}libs/plot/check/schema.json`, `${JSON.stringify(result, null, 0).replace(/,(?=\{)/g, ',\n')}\n`);
