// The fake Bot API server: one bot, everything in memory.
import { readParameters } from './body.mjs';
import { control } from './control.mjs';
import { ApiError, badRequest, forbidden, notFound, tooManyRequests, unauthorized } from './errors.mjs';
import { Files } from './files.mjs';
import { Limits, Pauses } from './limits.mjs';
import { METHODS } from './methods.mjs';
import { Outcomes } from './outcomes.mjs';
import { Records, nowUs } from './records.mjs';
import { Updates } from './updates.mjs';
import { createServer } from './wire.mjs';

const MAX_BODY = 52 * 1024 * 1024;

// settings: validate (false: texts and markups are taken as they are), limits (true: Telegram's rates are enforced),
// chats ('any' or 'started': only who has written to the bot is a known chat), latency_ms.
const DEFAULTS = { validate: true, limits: false, chats: 'any', latency_ms: 0 };

export class BotApiServer {
  constructor({ token, settings = {}, tls }) {
    this.token = token;
    this.defaults = { ...DEFAULTS, ...settings };
    this.bot = { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Test bot', username: 'repitbot_test_bot' };
    this.reset();
    this.sockets = new Set();
    this.tcp = createServer((request, answer) => this.handle(request, answer), tls);
    this.tcp.on(tls ? 'secureConnection' : 'connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  reset() {
    this.updates?.stop();
    this.updates?.poll?.answer();
    this.settings = { ...this.defaults };
    this.updates = new Updates();
    this.records = new Records();
    this.outcomes = new Outcomes();
    this.files = new Files();
    this.limits = new Limits();
    this.pauses = new Pauses();
    this.callbacks = new Map();
    this.lastCallback = 0;
    this.blocked = new Set();
    this.started = new Set();
    this.commands = [];
  }

  listen(port, host) {
    return new Promise((resolve, reject) => {
      this.tcp.once('error', reject);
      this.tcp.listen(port, host, () => resolve(this.tcp.address().port));
    });
  }

  close() {
    this.updates.stop();
    this.sockets.forEach((socket) => socket.destroy());
    return new Promise((resolve) => this.tcp.close(resolve));
  }

  handle(request, answer) {
    const work = request.url.startsWith('/_control/') ? control(this, request) : this.call(request);
    work.then((made) => {
      if (!made) request.socket.destroy();
      else if (made.late > 0) setTimeout(answer, made.late, made);
      else answer(made);
    }, (error) => answer(error instanceof ApiError ? failure(error) : broken(error)));
  }

  // The answer { code, text, late }, or undefined when the connection is to break.
  async call({ url, type, body, socket }) {
    const [path, query] = url.split('?', 2);
    const found = /^\/bot(\d+:[\w-]+)\/(\w+)$/.exec(path);
    if (!found) throw notFound();
    const method = found[2].toLowerCase();
    let plan, order, answer;
    try {
      if (found[1] !== this.token) throw unauthorized();
      if (body.length > MAX_BODY) throw new ApiError(413, 'Request Entity Too Large');
      if (!Object.hasOwn(METHODS, method)) throw notFound('method not found');
      plan = METHODS[method](this, readParameters(query, type, body));
      order = this.outcomes.take(method, plan.chat);
      if (order?.kind === 'cut_before') return undefined;
      this.admit(plan, order);
      const result = plan.perform((left) => {
        socket.once('close', left);
        return () => socket.off('close', left);
      });
      answer = success(result instanceof Promise ? await result : result);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer = failure(error);
    }
    this.records.call(found[2], plan?.chat, answer.code);
    if (order?.kind === 'cut_after') return undefined;
    if (order?.kind === 'garbage') answer = { code: 200, text: '<html>502 Bad Gateway</html>', type: 'text/html' };
    answer.late = (order?.kind === 'slow' ? order.ms : 0) + this.settings.latency_ms;
    return answer;
  }

  // Ordered failures, people who blocked the bot, rate limits.
  admit({ chat, costs }, order) {
    const now = nowUs() / 1000;
    const wait = chat && costs ? this.pauses.check(chat, now) : 0;
    const error = Outcomes.error(order);
    if (error) {
      if (error.code === 429) this.pauses.set(order.chat_id === undefined ? 'all' : chat.id, error.parameters.retry_after, now);
      throw error;
    }
    if (!chat) return;
    if (this.blocked.has(chat.id)) throw forbidden('bot was blocked by the user');
    if (this.settings.chats === 'started' && !this.started.has(chat.id)) throw badRequest('chat not found');
    if (!this.settings.limits || !costs) return;
    if (wait > 0) throw tooManyRequests(wait);
    const over = this.limits.take(chat, now);
    if (!over) return;
    this.pauses.set(over.scope, over.seconds, now);
    throw tooManyRequests(over.seconds);
  }
}

const success = (result) => ({ code: 200, text: JSON.stringify({ ok: true, result }) });

const failure = ({ code, message, parameters }) =>
  ({ code, text: JSON.stringify({ ok: false, error_code: code, description: message, parameters }) });

function broken(error) {
  console.error(error);
  return { code: 500, text: JSON.stringify({ ok: false, error_code: 500, description: `the fake server is broken: ${error.message}` }) };
}
