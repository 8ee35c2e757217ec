// Telegram's rate limits, and who has been told to wait. Times are monotonic milliseconds.
const OVERALL = { perSecond: 30, burst: 30 };
const PRIVATE = { perSecond: 1, burst: 3 };
const GROUP = { perSecond: 20 / 60, burst: 20 };

class Bucket {
  constructor({ perSecond, burst }, now) {
    Object.assign(this, { perSecond, burst, level: burst, at: now });
  }

  // Milliseconds until one more fits; 0: it fits now.
  wait(now) {
    this.level = Math.min(this.burst, this.level + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
    return this.level >= 1 ? 0 : ((1 - this.level) / this.perSecond) * 1000;
  }
}

export class Limits {
  constructor() {
    this.overall = undefined;
    this.chats = new Map();
  }

  // Takes one message out of the buckets, or returns the seconds to wait and whom that concerns (a chat id or 'all').
  take(chat, now) {
    this.overall ??= new Bucket(OVERALL, now);
    let bucket = this.chats.get(chat.id);
    if (!bucket) this.chats.set(chat.id, (bucket = new Bucket(chat.type === 'private' ? PRIVATE : GROUP, now)));
    for (const [one, scope] of [[bucket, chat.id], [this.overall, 'all']]) {
      const wait = one.wait(now);
      if (wait > 0) return { seconds: Math.ceil(wait / 1000), scope };
    }
    bucket.level--;
    this.overall.level--;
    return undefined;
  }
}

// After a 429 nothing should come for its scope until retry_after is over: calls that come too early are counted.
export class Pauses {
  constructor() {
    this.until = new Map();
    this.early = 0;
  }

  set(scope, seconds, now) {
    this.until.set(scope, now + seconds * 1000);
  }

  // Seconds that the chat still has to wait; 0: none.
  check(chat, now) {
    const until = Math.max(this.until.get(chat.id) ?? 0, this.until.get('all') ?? 0);
    if (until <= now) return 0;
    this.early++;
    return Math.ceil((until - now) / 1000);
  }
}
