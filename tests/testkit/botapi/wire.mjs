// HTTP/1.1 on plain sockets: two to three times the rate of node's own server, which would be the bottleneck of a bench.
// One request of a connection is answered before the next one is looked at.
import net from 'node:net';
import tls from 'node:tls';

const HEAD_END = '\r\n\r\n';
const MAX_HEAD = 64 * 1024;
const EMPTY = Buffer.alloc(0);
const REASONS = { 200: 'OK', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict',
  413: 'Request Entity Too Large', 429: 'Too Many Requests', 500: 'Internal Server Error', 502: 'Bad Gateway' };

// handle({ method, url, type, body, socket }, answer) must call answer({ code, text, type? }) once, or destroy the socket.
export function createServer(handle, secure) {
  const accept = (socket) => new Connection(socket, handle);
  return secure ? tls.createServer(secure, accept) : net.createServer({ noDelay: true }, accept);
}

class Connection {
  constructor(socket, handle) {
    Object.assign(this, { socket, handle, rest: EMPTY, request: undefined, busy: false });
    socket.on('data', (chunk) => {
      this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
      this.read();
    });
    socket.on('error', () => socket.destroy());
  }

  read() {
    while (!this.busy && (this.request || this.readHead())) {
      this.rest = this.rest.subarray(this.request.body.take(this.rest));
      if (!this.request.body.done) return;
      this.dispatch();
    }
  }

  readHead() {
    const end = this.rest.indexOf(HEAD_END);
    if (end < 0) {
      if (this.rest.length > MAX_HEAD) this.socket.destroy();
      return false;
    }
    const head = this.rest.latin1Slice(0, end);
    this.rest = this.rest.subarray(end + HEAD_END.length);
    const [method, url] = head.slice(0, head.indexOf('\r\n')).split(' ');
    const header = (pattern) => pattern.exec(head)?.[1];
    if (header(/\r\nexpect: *(100-continue)/i)) this.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    const body = header(/\r\ntransfer-encoding: *(chunked)/i) ? new ChunkedBody()
      : new FixedBody(Number(header(/\r\ncontent-length: *(\d+)/i) ?? 0));
    this.request = { method, url, type: header(/\r\ncontent-type: *([^\r]*)/i) ?? '', body, last: header(/\r\nconnection: *(close)/i) };
    return true;
  }

  dispatch() {
    const { method, url, type, body, last } = this.request;
    this.request = undefined;
    this.busy = true;
    this.handle({ method, url, type, body: body.bytes(), socket: this.socket }, ({ code, text, type: kind = 'application/json' }) => {
      this.busy = false;
      if (this.socket.destroyed) return;
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      const head = `HTTP/1.1 ${code} ${REASONS[code] ?? 'Error'}\r\nContent-Type: ${kind}\r\nContent-Length: ${bytes.length}\r\n`
        + `Connection: ${last ? 'close' : 'keep-alive'}\r\n\r\n`;
      this.socket.write(Buffer.concat([Buffer.from(head, 'latin1'), bytes]));
      if (last) this.socket.end();
      else if (this.rest.length > 0) setImmediate(() => this.read());
    });
  }
}

class FixedBody {
  constructor(length) {
    this.left = length;
    this.parts = [];
  }

  get done() { return this.left === 0; }

  // Takes what belongs to it from the front of `buffer`; returns how much that was.
  take(buffer) {
    const taken = Math.min(this.left, buffer.length);
    if (taken > 0) this.parts.push(buffer.subarray(0, taken));
    this.left -= taken;
    return taken;
  }

  bytes() { return this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts); }
}

class ChunkedBody {
  constructor() {
    this.parts = [];
    this.chunk = undefined;
    this.done = false;
  }

  take(buffer) {
    let at = 0;
    while (!this.done) {
      if (!this.chunk) {
        const end = buffer.indexOf('\r\n', at);
        if (end < 0) return at;
        const size = parseInt(buffer.latin1Slice(at, end), 16) || 0;
        this.chunk = new FixedBody(size + 2); // the CRLF after the data too
        this.isLast = size === 0;
        at = end + 2;
      }
      at += this.chunk.take(buffer.subarray(at));
      if (!this.chunk.done) return at;
      this.parts.push(this.chunk.bytes().subarray(0, -2));
      this.chunk = undefined;
      this.done = this.isLast;
    }
    return at;
  }

  bytes() { return Buffer.concat(this.parts); }
}
