import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHtml } from '../entities.mjs';

const GOOD = [
  ['plain text', 'a > b & c', { text: 'a > b & c', entities: [] }],
  ['offsets in UTF-16 units', '😀<b>жук</b>', { text: '😀жук', entities: [{ type: 'bold', offset: 2, length: 3 }] }],
  ['nested tags', '<b>a<i>b</i></b>', { text: 'ab', entities: [{ type: 'bold', offset: 0, length: 2 }, { type: 'italic', offset: 1, length: 1 }] }],
  ['character entities', '&lt;&amp;&quot;&#1078;&#x436;&nbsp;', { text: '<&"жж&nbsp;', entities: [] }],
  ['a link', '<a href="http://x/?a=1&amp;b=2">y</a>', { text: 'y', entities: [{ type: 'text_link', offset: 0, length: 1, url: 'http://x/?a=1&b=2' }] }],
  ['a spoiler', '<span class="tg-spoiler">z</span>', { text: 'z', entities: [{ type: 'spoiler', offset: 0, length: 1 }] }],
  ['code with a language', '<pre><code class="language-cpp">int x;</code></pre>', { text: 'int x;', entities: [{ type: 'pre', offset: 0, length: 6, language: 'cpp' }] }],
  ['an expandable quotation', '<blockquote expandable>q</blockquote>', { text: 'q', entities: [{ type: 'expandable_blockquote', offset: 0, length: 1 }] }],
  ['a moment', '<tg-time unix="1789484400" format="wDt">вт</tg-time>', { text: 'вт', entities: [{ type: 'date_time', offset: 0, length: 2, unix_time: 1789484400, date_time_format: 'wDt' }] }],
  ['white space at the ends', ' \n<b> a </b> ', { text: 'a', entities: [{ type: 'bold', offset: 0, length: 1 }] }],
  ['empty tags', '<b></b>x', { text: 'x', entities: [] }],
];
for (const [name, source, expected] of GOOD) {
  test(`reads ${name}`, () => assert.deepEqual(parseHtml(source), expected));
}

const BAD = [
  ['a<br>', 'Unsupported start tag "br" at byte offset 1'],
  ['<p>a</p>', 'Unsupported start tag "p" at byte offset 0'],
  ['жук <b', 'Unclosed start tag at byte offset 7'],
  ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
  ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
  ['a</b>', 'Unexpected end tag at byte offset 1'],
  ['<b>a</b', 'Unclosed end tag at byte offset 4'],
  ['1 < 2', 'Unsupported start tag "" at byte offset 2'],
  ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ['<a href="x>a</a>', 'Unclosed start tag "a" at byte offset 0'],
  ['<code><b>a</b></code>', 'Tag "b" can\'t be inside "code" at byte offset 6'],
  ['<blockquote><blockquote>a</blockquote></blockquote>', 'Tag "blockquote" can\'t be inside itself at byte offset 12'],
  ['<tg-time unix="1" format="xyz">a</tg-time>', 'Tag "tg-time" must have valid attributes "unix" and "format" at byte offset 0'],
];
for (const [source, why] of BAD) {
  test(`refuses ${source}`, () => {
    assert.throws(() => parseHtml(source), { code: 400, message: `Bad Request: can't parse entities: ${why}` });
  });
}
