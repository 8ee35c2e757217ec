import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from './helpers.mjs';

const { api, base, control } = await startServer();
const send = (chat_id = 5, text = 'a') => api('sendMessage', { chat_id, text });

const ERRORS = [
  [{ kind: 'rate_limited', retry_after: 7 }, 429, 'Too Many Requests: retry after 7', { retry_after: 7 }],
  [{ kind: 'blocked' }, 403, 'Forbidden: bot was blocked by the user'],
  [{ kind: 'chat_not_found' }, 400, 'Bad Request: chat not found'],
  [{ kind: 'migrated', migrate_to_chat_id: -1001234567890 }, 400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1001234567890 }],
  [{ kind: 'unauthorized' }, 401, 'Unauthorized'],
  [{ kind: 'server_error', code: 502, description: 'Bad Gateway' }, 502, 'Bad Gateway'],
];
for (const [order, error_code, description, parameters] of ERRORS) {
  test(`${order.kind} once, for the chat it was ordered for`, async () => {
    await control('outcomes', { ...order, chat_id: 5 });
    assert.equal((await send(6)).ok, true);
    assert.deepEqual(await send(5), { ok: false, error_code, description, ...(parameters && { parameters }) });
    assert.equal((await send(5)).ok, true);
  });
}

test('an order lasts as many calls as it says, and ends when all orders are withdrawn', async () => {
  await control('outcomes', [{ kind: 'blocked', times: 2 }, { kind: 'deactivated', times: 0, method: 'sendMessage' }]);
  const codes = [];
  for (let call = 0; call < 4; call++) codes.push((await send()).description);
  assert.deepEqual(codes, [...Array(2).fill('Forbidden: bot was blocked by the user'), ...Array(2).fill('Forbidden: user is deactivated')]);
  await control('outcomes', undefined, 'DELETE');
  assert.equal((await send()).ok, true);
});

test('a connection that breaks before or after the deed', async () => {
  await control('outcomes', [{ kind: 'cut_before' }, { kind: 'cut_after' }]);
  await assert.rejects(send(5, 'lost'));
  await assert.rejects(send(5, 'done'));
  assert.deepEqual((await control('messages')).map((message) => message.text), ['done']);
});

test('an answer that is no answer', async () => {
  await control('outcomes', { kind: 'garbage' });
  await assert.rejects(send(), SyntaxError);
  assert.equal((await control('messages')).length, 1);
});

test('a slow answer comes after the deed', async () => {
  await control('outcomes', { kind: 'slow', ms: 200 });
  const sent = send();
  assert.deepEqual(await control('wait?messages=1&timeout_ms=5000'), { enough: true, messages: 1 });
  const [{ at_us }] = await control('messages');
  await sent;
  assert.ok(Number(process.hrtime.bigint() / 1000n) - at_us >= 190_000);
});

test('waiting ends by itself when nothing comes', async () => {
  assert.deepEqual(await control('wait?messages=1&timeout_ms=1'), { enough: false, messages: 0 });
});

test('with limits on, a flood in one chat is stopped and going on is counted as impatience', async () => {
  await control('settings', { limits: true });
  const answers = await Promise.all(Array.from({ length: 50 }, () => send()));
  assert.ok(answers.filter((answer) => answer.parameters?.retry_after >= 1).length > 30);
  assert.ok((await control('stats')).early_calls > 30);
});

test('only people who have written are known, when the server is set so', async () => {
  await control('settings', { chats: 'started' });
  assert.equal((await send()).description, 'Bad Request: chat not found');
  await control('updates', { from: 5, text: '/start' });
  assert.equal((await send()).ok, true);
});

test('the statistics tell duplicates and rates', async () => {
  await send(5, 'same');
  await send(5, 'same');
  await send(6, 'same');
  const { messages, chats, duplicates, max_per_second, answers } = await control('stats');
  assert.deepEqual({ messages, chats, duplicates, max_per_second, answers },
    { messages: 3, chats: 2, duplicates: 1, max_per_second: 3, answers: { 'sendMessage 200': 3 } });
});

test('an unknown control or outcome is refused', async () => {
  assert.equal((await control('outcomes', { kind: 'earthquake' })).error_code, 400);
  assert.equal((await fetch(`${base}/_control/nothing`)).status, 400);
});
