// A client written by others finds what it expects of a Bot API server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bot, GrammyError, InlineKeyboard, InputFile } from 'grammy';
import { startServer, TOKEN } from './helpers.mjs';

const { base, control } = await startServer();
const newBot = () => new Bot(TOKEN, { client: { apiRoot: base } });

test('getMe and sendMessage', async () => {
  const bot = newBot();
  await bot.init();
  assert.equal(bot.botInfo.is_bot, true);
  const message = await bot.api.sendMessage(5, '<b>привет</b>', { parse_mode: 'HTML', reply_markup: new InlineKeyboard().text('ok', 'yes') });
  assert.deepEqual(message.entities, [{ type: 'bold', offset: 0, length: 6 }]);
});

test('long polling, commands, buttons and editing', async () => {
  const bot = newBot();
  bot.command('start', (context) => context.reply(`token ${context.match}`));
  bot.callbackQuery('yes', async (context) => {
    await context.answerCallbackQuery({ text: 'done' });
    await context.editMessageText('pressed');
    await bot.stop();
  });
  const running = bot.start({ timeout: 20, allowed_updates: ['message', 'callback_query'] });
  await control('updates', { from: 5, text: '/start abc123' });
  await control('wait?messages=1&timeout_ms=10000');
  const [{ message_id, text }] = await control('messages');
  assert.equal(text, 'token abc123');
  await control('updates', { from: 5, callback_data: 'yes', message_id });
  await running;
  assert.deepEqual((await control('callbacks'))[0].answer, { text: 'done', show_alert: false });
  assert.equal((await control('messages'))[0].text, 'pressed');
});

test('errors carry their code and parameters', async () => {
  await control('outcomes', [{ kind: 'rate_limited', retry_after: 3 }, { kind: 'migrated', migrate_to_chat_id: -1009 }]);
  const error = (parameters) => (thrown) => {
    assert.ok(thrown instanceof GrammyError);
    assert.deepEqual(thrown.parameters, parameters);
    return true;
  };
  await assert.rejects(newBot().api.sendMessage(5, 'a'), error({ retry_after: 3 }));
  await assert.rejects(newBot().api.sendMessage(5, 'a'), error({ migrate_to_chat_id: -1009 }));
});

test('a retry after 429 goes through', async () => {
  await control('outcomes', { kind: 'rate_limited', retry_after: 0, method: 'sendMessage' });
  const bot = newBot();
  bot.api.config.use(async (previous, method, payload, signal) => {
    const answer = await previous(method, payload, signal);
    return answer.ok || answer.parameters?.retry_after === undefined ? answer : previous(method, payload, signal);
  });
  assert.equal((await bot.api.sendMessage(5, 'a')).text, 'a');
});

test('a document by multipart', async () => {
  const { document } = await newBot().api.sendDocument(5, new InputFile(Buffer.from('name;grade\n'), 'grades.csv'), { caption: 'grades' });
  assert.deepEqual([document.file_name, document.file_size], ['grades.csv', 11]);
});

test('webhook settings', async () => {
  const { api } = newBot();
  await api.setWebhook('http://127.0.0.1:9/x', { secret_token: 'abc', allowed_updates: ['message'] });
  assert.deepEqual((await api.getWebhookInfo()).allowed_updates, ['message']);
  await api.deleteWebhook({ drop_pending_updates: true });
  assert.equal((await api.getWebhookInfo()).url, '');
  assert.equal(await api.setMyCommands([{ command: 'start', description: 'Начать' }]), true);
});
