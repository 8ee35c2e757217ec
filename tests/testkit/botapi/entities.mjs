// Telegram's HTML: source -> { text, entities }, offsets and lengths in UTF-16 units (which JavaScript strings count in).
// Errors are worded as the server words them, offsets in UTF-8 bytes. Stricter than the server in one point: what the
// documentation forbids (a blockquote in a blockquote, anything inside code or pre) is refused, not silently dropped.
import { badRequest } from './errors.mjs';

const TYPES = {
  b: 'bold', strong: 'bold', i: 'italic', em: 'italic', u: 'underline', ins: 'underline', s: 'strikethrough',
  strike: 'strikethrough', del: 'strikethrough', span: 'spoiler', 'tg-spoiler': 'spoiler', a: 'text_link',
  'tg-emoji': 'custom_emoji', 'tg-time': 'date_time', code: 'code', pre: 'pre', blockquote: 'blockquote',
};
const CHARACTERS = { lt: '<', gt: '>', amp: '&', quot: '"' };
const PLAIN = /[<&]/g; // where plain text ends
const TIME_FORMAT = /^(r|w?[dD]?[tT]?)$/;

export function parseHtml(source) {
  const open = [];
  const entities = [];
  let text = '';
  let at = 0;

  const fail = (why, where, rest = '') =>
    badRequest(`can't parse entities: ${why} at byte offset ${Buffer.byteLength(source.slice(0, where))}${rest}`);
  const skipSpaces = () => { while (/\s/.test(source[at] ?? '')) at++; };
  const token = (pattern) => {
    const start = at;
    while (at < source.length && !pattern.test(source[at])) at++;
    return source.slice(start, at);
  };

  function attributes(tag, begin) {
    const found = {};
    for (;;) {
      skipSpaces();
      if (at >= source.length) throw fail(`Unclosed start tag "${tag}"`, begin);
      if (source[at] === '>') { at++; return found; }
      const name = token(/[\s=>]/).toLowerCase();
      if (!name) throw fail(`Empty attribute name in the tag "${tag}"`, begin);
      skipSpaces();
      found[name] = source[at] === '=' ? attributeValue(tag, begin) : '';
    }
  }

  function attributeValue(tag, begin) {
    at++;
    skipSpaces();
    const quote = source[at];
    if (quote !== '"' && quote !== "'") return token(/[\s>]/);
    const end = source.indexOf(quote, at + 1);
    if (end < 0) throw fail(`Unclosed start tag "${tag}"`, begin);
    const value = source.slice(at + 1, end);
    at = end + 1;
    return value.replace(/&[#\w]+;?/g, (match) => decode(match)?.[0] ?? match);
  }

  function startTag(begin) {
    const tag = token(/[\s>]/).toLowerCase();
    if (at >= source.length) throw fail('Unclosed start tag', begin);
    if (!(tag in TYPES)) throw fail(`Unsupported start tag "${tag}"`, begin);
    const found = attributes(tag, begin);
    const parent = open.at(-1)?.tag;
    if (parent === 'code' || (parent === 'pre' && tag !== 'code')) throw fail(`Tag "${tag}" can't be inside "${parent}"`, begin);
    if (tag === 'blockquote' && open.some((one) => one.tag === tag)) throw fail(`Tag "${tag}" can't be inside itself`, begin);
    if (tag === 'span' && found.class !== 'tg-spoiler') throw fail('Tag "span" must have class "tg-spoiler"', begin);
    if (tag === 'tg-time' && !(/^\d+$/.test(found.unix ?? '') && TIME_FORMAT.test(found.format ?? ''))) {
      throw fail('Tag "tg-time" must have valid attributes "unix" and "format"', begin);
    }
    open.push({ tag, attributes: found, offset: text.length });
  }

  function endTag(begin) {
    const top = open.at(-1);
    if (!top) throw fail('Unexpected end tag', begin);
    const tag = token(/[\s>]/).toLowerCase();
    skipSpaces();
    if (source[at] !== '>') throw fail('Unclosed end tag', begin);
    if (tag && tag !== top.tag) throw fail('Unmatched end tag', begin, `, expected "</${top.tag}>", found "</${tag}>"`);
    at++;
    open.pop();
    const length = text.length - top.offset;
    if (length > 0) addEntity(top, length);
  }

  function addEntity({ tag, attributes: found, offset, language }, length) {
    const entity = { type: TYPES[tag], offset, length };
    if (tag === 'pre' && language) entity.language = language;
    if (tag === 'a') entity.url = found.href ?? text.slice(offset, offset + length);
    if (tag === 'tg-emoji') entity.custom_emoji_id = found['emoji-id'];
    if (tag === 'tg-time') Object.assign(entity, { unix_time: Number(found.unix), date_time_format: found.format ?? '' });
    if (tag === 'blockquote' && 'expandable' in found) entity.type = 'expandable_blockquote';
    const parent = open.at(-1);
    if (tag === 'code' && parent?.tag === 'pre' && found.class?.startsWith('language-')) {
      parent.language = found.class.slice('language-'.length);
      return;
    }
    entities.push(entity);
  }

  while (at < source.length) {
    if (source[at] === '<') {
      const begin = at++;
      if (source[at] === '/') { at++; endTag(begin); } else startTag(begin);
      continue;
    }
    const decoded = source[at] === '&' && decode(source.slice(at, at + 12));
    if (decoded) {
      text += decoded[0];
      at += decoded[1];
    } else {
      PLAIN.lastIndex = at + 1;
      const end = PLAIN.exec(source)?.index ?? source.length;
      text += source.slice(at, end);
      at = end;
    }
  }
  if (open.length > 0) throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${open.at(-1).tag}"`);
  return trimmed(text, entities);
}

// [character, length of its entity] or undefined; an unknown entity is plain text.
function decode(source) {
  const numeric = /^&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/i.exec(source);
  if (numeric) {
    const point = numeric[1] ? parseInt(numeric[1], 16) : Number(numeric[2]);
    return point > 0 && point <= 0x10ffff ? [String.fromCodePoint(point), numeric[0].length] : undefined;
  }
  const named = /^&(lt|gt|amp|quot);?/.exec(source);
  return named ? [CHARACTERS[named[1]], named[0].length] : undefined;
}

// The server takes white space off both ends, and entities with it.
export function trimmed(text, entities) {
  const cut = text.length - text.trimStart().length;
  const kept = text.trim();
  if (entities.length === 0) return { text: kept, entities };
  const moved = entities.map((entity) => {
    const begin = Math.max(entity.offset - cut, 0);
    const end = Math.min(entity.offset + entity.length - cut, kept.length);
    return { ...entity, offset: begin, length: end - begin };
  });
  return { text: kept, entities: moved.filter((entity) => entity.length > 0).sort((a, b) => a.offset - b.offset || b.length - a.length) };
}
