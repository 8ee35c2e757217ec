// What people do in Telegram, as updates for the bot. A push is { from, text } | { from, callback_data, message_id } |
// { from, blocked: true|false } | { update }; `chat_id` says in which chat (default: the private one).
import { chatOf } from './methods.mjs';
import { badRequest } from './errors.mjs';

export function updateOf(push, server) {
  if (push.update) return push.update;
  if (!push.from) throw badRequest('a push needs "from" or "update"');
  const from = { is_bot: false, first_name: 'Test', language_code: 'ru', ...(typeof push.from === 'object' ? push.from : { id: push.from }) };
  const chat = { ...chatOf(push.chat_id ?? from.id), first_name: from.first_name };
  const date = Math.floor(Date.now() / 1000);
  if ('blocked' in push) return membership(from, chat, date, push.blocked, server);
  if ('callback_data' in push) return callback(from, chat, date, push, server);
  server.blocked.delete(chat.id);
  server.started.add(chat.id);
  const command = /^\/\w+/.exec(push.text ?? '')?.[0];
  const entities = command ? [{ type: 'bot_command', offset: 0, length: command.length }] : undefined;
  return { message: { message_id: ++server.records.lastId, from, chat, date, text: push.text, entities } };
}

function membership(from, chat, date, blocked, server) {
  if (blocked) server.blocked.add(chat.id);
  else server.blocked.delete(chat.id);
  const member = (status) => ({ user: server.bot, status, ...(status === 'kicked' ? { until_date: 0 } : {}) });
  const [before, after] = blocked ? ['member', 'kicked'] : ['kicked', 'member'];
  return { my_chat_member: { from, chat, date, old_chat_member: member(before), new_chat_member: member(after) } };
}

function callback(from, chat, date, push, server) {
  const id = String(++server.lastCallback);
  server.callbacks.set(id, { id, data: push.callback_data, answer: undefined });
  const message = { message_id: push.message_id, from: server.bot, chat, date };
  return { callback_query: { id, from, message, chat_instance: String(chat.id), data: push.callback_data } };
}
