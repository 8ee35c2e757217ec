// Uploaded pictures and documents.
import { createHash, randomBytes } from 'node:crypto';
import { ApiError, badRequest } from './errors.mjs';

const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
const MAX_DOCUMENT_BYTES = 50 * 1024 * 1024;
const MAX_SIDES = 10000;
const MAX_RATIO = 20;

export class Files {
  constructor() {
    this.byId = new Map();
  }

  // `value` of a parameter -> the stored file: an upload, "attach://name" of one, or the file_id of an earlier one.
  take(kind, parameters) {
    let value = parameters[kind];
    if (typeof value === 'string' && value.startsWith('attach://')) value = parameters[value.slice('attach://'.length)];
    if (value === undefined || value === '') throw badRequest(`there is no ${kind} in the request`);
    if (typeof value === 'string') {
      const known = this.byId.get(value);
      if (!known) throw badRequest('wrong file identifier/HTTP URL specified');
      if (known.kind !== kind) throw badRequest(`can't use file of type ${known.kind} as ${kind}`);
      return known;
    }
    return this.store(kind, value);
  }

  store(kind, { filename, type, bytes }) {
    if (bytes.length === 0) throw badRequest('file must be non-empty');
    if (bytes.length > (kind === 'photo' ? MAX_PHOTO_BYTES : MAX_DOCUMENT_BYTES)) throw new ApiError(413, 'Request Entity Too Large');
    const file = { kind, filename, type, bytes, id: randomBytes(24).toString('base64url') };
    file.unique = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
    if (kind === 'photo') Object.assign(file, pictureSize(bytes));
    this.byId.set(file.id, file);
    return file;
  }
}

// What a message says about its file.
export function describe(file) {
  const common = { kind: file.kind, file_id: file.id, file_unique_id: file.unique, file_size: file.bytes.length };
  if (file.kind === 'photo') return { ...common, width: file.width, height: file.height };
  return { ...common, file_name: file.filename, mime_type: file.type };
}

function pictureSize(bytes) {
  const size = pngSize(bytes) ?? jpegSize(bytes);
  if (!size) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  if (width + height > MAX_SIDES || Math.max(width, height) > MAX_RATIO * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  return size;
}

function pngSize(bytes) {
  if (bytes.length < 24 || bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function jpegSize(bytes) {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return undefined;
}
