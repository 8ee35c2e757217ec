// Parameters of a call: query string, JSON, form and multipart bodies -> { name: value }. A file is { filename, type, bytes }.
import { badRequest } from './errors.mjs';

export function readParameters(query, type, body) {
  const parameters = query ? Object.fromEntries(new URLSearchParams(query)) : {};
  if (body.length === 0) return parameters;
  if (type.startsWith('application/json')) return Object.assign(parseJson(body.toString()), parameters);
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { ...parameters, ...Object.fromEntries(new URLSearchParams(body.toString())) };
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/i.exec(type)?.[1];
  if (boundary) return { ...parameters, ...Object.fromEntries(parts(body, boundary)) };
  return parameters;
}

function parseJson(text) {
  try {
    const value = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch { /* answered below */ }
  throw badRequest("can't parse JSON object");
}

function* parts(body, boundary) {
  const mark = Buffer.from(`--${boundary}`);
  let begin = body.indexOf(mark);
  while (begin >= 0) {
    const end = body.indexOf(mark, begin + mark.length);
    if (end < 0) return;
    const part = body.subarray(begin + mark.length + 2, end - 2); // CRLF after the mark and before the next one
    const split = part.indexOf('\r\n\r\n');
    const headers = part.subarray(0, split).toString();
    const name = argument(headers, 'name');
    const filename = argument(headers, 'filename');
    const bytes = part.subarray(split + 4);
    const type = /^content-type: *(\S+)/im.exec(headers)?.[1] ?? 'application/octet-stream';
    if (name !== undefined) yield [name, filename === undefined ? bytes.toString() : { filename, type, bytes }];
    begin = end;
  }
}

// name="quoted" or name=token of a Content-Disposition
function argument(headers, name) {
  const found = new RegExp(`; *${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\r\\n]*))`, 'i').exec(headers);
  return found?.[1] ?? found?.[2];
}

// In forms and multipart bodies structures come as JSON text.
export function structure(value, what) {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`can't parse ${what} JSON object`);
  }
}

export const flag = (value) => value === true || value === 'true' || value === 'True' || value === '1';
