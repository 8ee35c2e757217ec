// Updates on their way to the bot: kept until confirmed, handed out by long polling or pushed to a webhook.
import { badRequest, conflict } from './errors.mjs';
import { structure, flag } from './body.mjs';

const NOT_BY_DEFAULT = ['chat_member', 'message_reaction', 'message_reaction_count'];
const MAX_TIMEOUT = 50;
const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 60_000;

export class Updates {
  constructor() {
    this.pending = [];
    this.next = 1;
    this.allowed = [];
    this.poll = undefined;
    this.webhook = undefined;
  }

  push(update) {
    const kind = Object.keys(update)[0];
    const wanted = this.allowed.length > 0 ? this.allowed.includes(kind) : !NOT_BY_DEFAULT.includes(kind);
    const id = this.next++;
    if (!wanted) return id;
    this.pending.push({ update_id: id, ...update });
    this.poll?.answer();
    this.deliver();
    return id;
  }

  setAllowed(value) {
    const list = structure(value, 'allowed updates');
    if (Array.isArray(list)) this.allowed = list;
  }

  // The updates, or a promise of them, which fails with 409 when a second poller comes. `onLeave` calls back when this
  // poller has gone and returns a function that ends that.
  get({ offset = 0, limit = 100, timeout = 0, allowed_updates }, onLeave) {
    if (this.webhook) throw conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
    this.poll?.fail(conflict('terminated by other getUpdates request; make sure that only one bot instance is running'));
    if (allowed_updates !== undefined) this.setAllowed(allowed_updates);
    this.confirm(Number(offset) || 0);
    const count = Number(limit) >= 1 && Number(limit) <= 100 ? Number(limit) : 100;
    const first = () => this.pending.slice(0, count);
    const seconds = Math.min(Math.max(Number(timeout) || 0, 0), MAX_TIMEOUT);
    if (this.pending.length > 0 || seconds === 0) return first();
    return new Promise((resolve, reject) => {
      const end = (settle, value) => {
        clearTimeout(timer);
        stopListening();
        if (this.poll === poll) this.poll = undefined;
        settle(value);
      };
      const poll = { answer: () => end(resolve, first()), fail: (error) => end(reject, error) };
      const timer = setTimeout(poll.answer, seconds * 1000);
      const stopListening = onLeave(poll.answer);
      this.poll = poll;
    });
  }

  // An offset confirms all updates below it; a negative one keeps only that many of the last.
  confirm(offset) {
    if (offset < 0) this.pending = this.pending.slice(offset);
    if (offset > 0) this.pending = this.pending.filter((update) => update.update_id >= offset);
  }

  setWebhook({ url = '', secret_token, max_connections = 40, allowed_updates, drop_pending_updates }) {
    if (flag(drop_pending_updates)) this.pending = [];
    if (allowed_updates !== undefined) this.setAllowed(allowed_updates);
    if (secret_token !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret_token)) {
      throw badRequest('secret token contains unallowed characters');
    }
    if (url !== '' && !/^https?:\/\/[^/\s]+/.test(url)) throw badRequest('bad webhook: invalid webhook URL specified');
    this.stop();
    if (url === '') return true;
    this.poll?.fail(conflict('terminated by setWebhook request'));
    this.webhook = { url, secret: secret_token, max_connections: Number(max_connections), delay: RETRY_FIRST_MS };
    this.deliver();
    return true;
  }

  webhookInfo() {
    const { url = '', max_connections, last_error_date, last_error_message } = this.webhook ?? {};
    return { url, has_custom_certificate: false, pending_update_count: this.pending.length, max_connections, last_error_date,
      last_error_message, ip_address: url ? '127.0.0.1' : undefined, allowed_updates: this.allowed.length ? this.allowed : undefined };
  }

  // One after the other, in order; what is not answered by 2xx is repeated after a growing pause or Retry-After.
  async deliver() {
    const hook = this.webhook;
    if (!hook || hook.busy || this.pending.length === 0) return;
    hook.busy = true;
    const pause = await this.post(hook, this.pending[0]);
    hook.busy = false;
    if (this.webhook !== hook) return;
    if (pause === 0) {
      this.pending.shift();
      hook.delay = RETRY_FIRST_MS;
      this.deliver();
    } else {
      hook.delay = Math.min(hook.delay * 2, RETRY_MAX_MS);
      hook.timer = setTimeout(() => this.deliver(), pause);
    }
  }

  // 0 when accepted, else the milliseconds to wait.
  async post(hook, update) {
    try {
      const headers = { 'Content-Type': 'application/json' };
      if (hook.secret) headers['X-Telegram-Bot-Api-Secret-Token'] = hook.secret;
      const answer = await fetch(hook.url, { method: 'POST', headers, body: JSON.stringify(update), signal: AbortSignal.timeout(30_000) });
      await answer.arrayBuffer();
      if (answer.ok) return 0;
      hook.last_error_message = `Wrong response from the webhook: ${answer.status} ${answer.statusText}`;
      hook.last_error_date = Math.floor(Date.now() / 1000);
      return Number(answer.headers.get('retry-after')) * 1000 || hook.delay;
    } catch (error) {
      hook.last_error_message = String(error.cause?.message ?? error.message);
      hook.last_error_date = Math.floor(Date.now() / 1000);
      return hook.delay;
    }
  }

  stop() {
    clearTimeout(this.webhook?.timer);
    this.webhook = undefined;
  }
}
