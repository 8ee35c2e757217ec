import assert from 'node:assert/strict';
import http from 'node:http';
import { after, test } from 'node:test';
import { startServer } from './helpers.mjs';

const { api, control, server } = await startServer();
const push = (...pushes) => control('updates', pushes);

test('an offset confirms everything below it', async () => {
  const [first, second] = await push({ from: 5, text: '/start abc' }, { from: 5, text: 'b' });
  assert.deepEqual((await api('getUpdates')).result.map((update) => update.update_id), [first, second]);
  assert.deepEqual((await api('getUpdates', { offset: second })).result.map((update) => update.message.text), ['b']);
  assert.deepEqual((await api('getUpdates')).result.length, 1);
  assert.deepEqual((await api('getUpdates', { offset: second + 1 })).result, []);
});

test('a long poll is answered as soon as something happens', async () => {
  const waiting = api('getUpdates', { timeout: 50 });
  while (!server.updates.poll) await new Promise(setImmediate);
  await push({ from: { id: 5, language_code: 'en' }, text: '/start abc' });
  const [{ message }] = (await waiting).result;
  assert.deepEqual([message.text, message.chat.id, message.from.language_code, message.entities],
    ['/start abc', 5, 'en', [{ type: 'bot_command', offset: 0, length: 6 }]]);
});

test('a second poller ends the first one', async () => {
  const first = api('getUpdates', { timeout: 50 });
  while (!server.updates.poll) await new Promise(setImmediate);
  assert.equal((await api('getUpdates')).ok, true);
  assert.deepEqual(await first, { ok: false, error_code: 409,
    description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running' });
});

test('only allowed updates are kept, from the moment they are named', async () => {
  await push({ from: 5, text: 'before' });
  await api('getUpdates', { limit: 1, allowed_updates: ['my_chat_member'] });
  await push({ from: 5, text: 'after' }, { from: 5, blocked: true });
  const kinds = (await api('getUpdates')).result.map((update) => Object.keys(update)[1]);
  assert.deepEqual(kinds, ['message', 'my_chat_member']);
});

test('who blocked the bot is not reached until he writes again', async () => {
  await push({ from: 5, blocked: true });
  assert.equal((await api('sendMessage', { chat_id: 5, text: 'a' })).description, 'Forbidden: bot was blocked by the user');
  await push({ from: 5, text: '/start' });
  assert.equal((await api('sendMessage', { chat_id: 5, text: 'a' })).ok, true);
});

test('a pressed button can be answered', async () => {
  await push({ from: 5, callback_data: 'stop', message_id: 1 });
  const [{ callback_query }] = (await api('getUpdates')).result;
  assert.equal((await api('answerCallbackQuery', { callback_query_id: callback_query.id, text: 'ok', show_alert: true })).ok, true);
  assert.deepEqual((await control('callbacks')).map(({ data, answer }) => [data, answer]), [['stop', { text: 'ok', show_alert: true }]]);
});

test('a webhook gets each update with its secret, again when it failed, and excludes polling', async () => {
  const got = [];
  const bot = http.createServer((request, response) => {
    request.resume().on('end', () => {
      got.push(request.headers['x-telegram-bot-api-secret-token']);
      if (got.length === 1) response.writeHead(503, { 'Retry-After': '0.01' });
      response.end();
      if (got.length === 2) arrived();
    });
  });
  await new Promise((resolve) => bot.listen(0, '127.0.0.1', resolve));
  after(() => bot.close());
  let arrived;
  const twice = new Promise((resolve) => { arrived = resolve; });
  const url = `http://127.0.0.1:${bot.address().port}/telegram`;
  assert.equal((await api('setWebhook', { url, secret_token: 'not allowed!' })).description, 'Bad Request: secret token contains unallowed characters');
  assert.equal((await api('setWebhook', { url, secret_token: 's-1' })).result, true);
  await push({ from: 5, text: 'a' });
  await twice;
  assert.deepEqual(got, ['s-1', 's-1']);
  assert.equal((await api('getUpdates')).error_code, 409);
  const { result } = await api('getWebhookInfo');
  assert.deepEqual([result.url, result.last_error_message], [url, 'Wrong response from the webhook: 503 Service Unavailable']);
  assert.equal((await api('deleteWebhook')).result, true);
  assert.equal((await api('getUpdates')).ok, true);
});
