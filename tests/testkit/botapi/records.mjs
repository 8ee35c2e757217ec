// What the bot has sent. Times are microseconds of the machine's monotonic clock, the same one in every process.
export const nowUs = () => Number(process.hrtime.bigint() / 1000n);

const MAX_LISTED = 100;
const SECOND = 1_000_000;

export class Records {
  constructor() {
    this.messages = [];
    this.byId = new Map();
    this.calls = [];
    this.answers = {};
    this.lastId = 0;
    this.waiting = [];
  }

  call(method, chat, code) {
    this.calls.push({ at_us: nowUs(), method, chat_id: chat?.id, code });
    const key = `${method} ${code}`;
    this.answers[key] = (this.answers[key] ?? 0) + 1;
    this.wake();
  }

  // `content` is { source, text, entities, parse_mode, reply_markup, file }: the text as sent and as the reader sees it.
  message(chat, method, content) {
    const message = { message_id: ++this.lastId, chat_id: chat.id, method, at_us: nowUs(), ...content, edits: 0 };
    this.messages.push(message);
    this.byId.set(`${chat.id}/${message.message_id}`, message);
    this.wake();
    return message;
  }

  find(chat, id) {
    return this.byId.get(`${chat.id}/${id}`);
  }

  of(chat) {
    return chat === undefined ? this.messages : this.messages.filter((message) => String(message.chat_id) === String(chat));
  }

  // Resolves as soon as there are `count` messages (of `chat`), or after `timeoutMs`.
  wait(count, chat, timeoutMs) {
    const enough = () => this.of(chat).length >= count;
    return new Promise((resolve) => {
      if (enough()) return resolve(true);
      const waiter = { enough, resolve: () => { clearTimeout(timer); resolve(true); } };
      const timer = setTimeout(() => { this.waiting.splice(this.waiting.indexOf(waiter), 1); resolve(false); }, timeoutMs);
      this.waiting.push(waiter);
    });
  }

  wake() {
    if (this.waiting.length === 0) return;
    const done = this.waiting.filter((waiter) => waiter.enough());
    this.waiting = this.waiting.filter((waiter) => !done.includes(waiter));
    done.forEach((waiter) => waiter.resolve());
  }

  stats() {
    const byChat = new Map();
    const byContent = new Map();
    for (const message of this.messages) {
      append(byChat, message.chat_id, message.at_us);
      append(byContent, `${message.chat_id} ${message.method} ${message.file?.file_unique_id} ${message.source}`, message.message_id);
    }
    const repeated = [...byContent].filter(([, ids]) => ids.length > 1);
    return {
      messages: this.messages.length,
      chats: byChat.size,
      calls: this.calls.length,
      answers: this.answers,
      duplicates: repeated.reduce((sum, [, ids]) => sum + ids.length - 1, 0),
      duplicate_message_ids: repeated.slice(0, MAX_LISTED).map(([, ids]) => ids),
      max_per_second: busiest(SECOND, this.messages.map((message) => message.at_us)),
      max_per_second_in_a_chat: busiestOf(SECOND, [...byChat.values()]),
      max_per_minute_in_a_group: busiestOf(60 * SECOND, [...byChat].filter(([id]) => id < 0).map(([, times]) => times)),
    };
  }
}

function append(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function busiestOf(span, lists) {
  return lists.reduce((most, times) => Math.max(most, busiest(span, times)), 0);
}

// The most that fell into any span of so many microseconds; the times rise.
export function busiest(span, times) {
  let most = 0;
  for (let first = 0, last = 0; last < times.length; last++) {
    while (times[last] - times[first] >= span) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
