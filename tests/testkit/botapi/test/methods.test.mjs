import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer, TOKEN } from './helpers.mjs';

const { api, base, control, form } = await startServer();
const inline = (button) => ({ inline_keyboard: [[{ text: 'ok', ...button }]] });
const refused = (error_code, description, parameters) => ({ ok: false, error_code, description, ...(parameters && { parameters }) });

const REFUSED = [
  ['no chat', 'sendMessage', { text: 'a' }, 400, 'Bad Request: chat_id is empty'],
  ['a chat that is no number', 'sendMessage', { chat_id: 'me', text: 'a' }, 400, 'Bad Request: chat not found'],
  ['no text', 'sendMessage', { chat_id: 5 }, 400, 'Bad Request: message text is empty'],
  ['white space only', 'sendMessage', { chat_id: 5, text: ' \n' }, 400, 'Bad Request: message text is empty'],
  ['4097 characters', 'sendMessage', { chat_id: 5, text: 'ж'.repeat(4097) }, 400, 'Bad Request: message is too long'],
  ['4098 UTF-16 units', 'sendMessage', { chat_id: 5, text: '😀'.repeat(2049) }, 400, 'Bad Request: message is too long'],
  ['a parse mode that does not exist', 'sendMessage', { chat_id: 5, text: 'a', parse_mode: 'BBCode' }, 400, 'Bad Request: unsupported parse_mode'],
  ['broken HTML', 'sendMessage', { chat_id: 5, text: '<b>', parse_mode: 'HTML' }, 400, 'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'],
  ['65 bytes of callback data', 'sendMessage', { chat_id: 5, text: 'a', reply_markup: inline({ callback_data: 'ж'.repeat(32) + 'a' }) }, 400, 'Bad Request: BUTTON_DATA_INVALID'],
  ['a button that does nothing', 'sendMessage', { chat_id: 5, text: 'a', reply_markup: inline({}) }, 400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"],
  ['a web app in a group', 'sendMessage', { chat_id: -5, text: 'a', reply_markup: inline({ web_app: { url: 'https://x' } }) }, 400, 'Bad Request: BUTTON_TYPE_INVALID'],
  ['a markup that is no object', 'sendMessage', { chat_id: 5, text: 'a', reply_markup: '[' }, 400, "Bad Request: can't parse reply keyboard markup JSON object"],
  ['a message that is not there', 'editMessageText', { chat_id: 5, message_id: 99, text: 'a' }, 400, 'Bad Request: message to edit not found'],
  ['no document', 'sendDocument', { chat_id: 5 }, 400, 'Bad Request: there is no document in the request'],
  ['an unknown file', 'sendPhoto', { chat_id: 5, photo: 'AgAD' }, 400, 'Bad Request: wrong file identifier/HTTP URL specified'],
  ['an old query', 'answerCallbackQuery', { callback_query_id: '1' }, 400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'],
  ['an unknown action', 'sendChatAction', { chat_id: 5, action: 'sleep' }, 400, 'Bad Request: wrong parameter action in request'],
  ['a command in capitals', 'setMyCommands', { commands: [{ command: 'Start', description: 'x' }] }, 400, 'Bad Request: BOT_COMMAND_INVALID'],
  ['an unknown method', 'sendTelepathy', {}, 404, 'Not Found: method not found'],
];
for (const [what, method, parameters, code, description] of REFUSED) {
  test(`${method} refuses ${what}`, async () => assert.deepEqual(await api(method, parameters), refused(code, description)));
}

test('a wrong token is 401, a malformed one 404', async () => {
  const ask = async (token) => (await fetch(`${base}/bot${token}/getMe`)).json();
  assert.deepEqual(await ask(TOKEN.replace('AA', 'BB')), refused(401, 'Unauthorized'));
  assert.deepEqual(await ask('secret'), refused(404, 'Not Found'));
});

test('limits count what the reader sees', async () => {
  const text = `<b>${'ж'.repeat(4096)}</b>`;
  assert.equal((await api('sendMessage', { chat_id: 5, text, parse_mode: 'HTML' })).ok, true);
  assert.equal((await api('sendMessage', { chat_id: 5, text, })).ok, false);
  assert.equal((await api('sendMessage', { chat_id: 5, text: 'a', reply_markup: inline({ callback_data: 'ж'.repeat(32) }) })).ok, true);
});

test('a message comes back as the reader sees it', async () => {
  const { result } = await api('sendMessage', { chat_id: '-1001', text: '<b>a</b>', parse_mode: 'html' });
  assert.deepEqual([result.text, result.entities, result.chat], ['a', [{ type: 'bold', offset: 0, length: 1 }], { id: -1001, type: 'group' }]);
  assert.ok(Math.abs(result.date - Date.now() / 1000) < 5);
});

test('JSON, form, query and multipart mean the same', async () => {
  const url = `${base}/bot${TOKEN}/sendMessage`;
  const markup = JSON.stringify(inline({ callback_data: 'x' }));
  const multipart = new FormData();
  for (const [key, value] of [['chat_id', '5'], ['text', 'привет'], ['reply_markup', markup]]) multipart.set(key, value);
  await api('sendMessage', { chat_id: 5, text: 'привет', reply_markup: JSON.parse(markup) });
  await fetch(url, { method: 'POST', body: new URLSearchParams({ chat_id: 5, text: 'привет', reply_markup: markup }) });
  await fetch(`${url}?${new URLSearchParams({ chat_id: 5, text: 'привет', reply_markup: markup })}`);
  await form('sendMessage', multipart);
  const sent = await control('messages?chat_id=5');
  assert.deepEqual(sent.map(({ text, reply_markup }) => [text, JSON.stringify(reply_markup)]), Array(4).fill(['привет', markup]));
  assert.equal((await control('stats')).duplicates, 3);
});

test('editing changes the text once', async () => {
  const { result } = await api('sendMessage', { chat_id: 5, text: 'one' });
  const edit = { chat_id: 5, message_id: result.message_id, text: 'two' };
  assert.equal((await api('editMessageText', edit)).result.text, 'two');
  assert.match((await api('editMessageText', edit)).description, /^Bad Request: message is not modified: /);
  assert.deepEqual((await control('messages')).map(({ text, edits }) => [text, edits]), [['two', 1]]);
});

test('a document is kept and can be sent again by its id', async () => {
  const upload = new FormData();
  upload.set('chat_id', '5');
  upload.set('caption', '<i>счёт</i>');
  upload.set('parse_mode', 'HTML');
  upload.set('document', new Blob([Buffer.from([0, 13, 10, 45, 45, 255])], { type: 'application/pdf' }), 'счёт.pdf');
  const { result } = await form('sendDocument', upload);
  assert.deepEqual([result.document.file_name, result.document.mime_type, result.document.file_size, result.caption], ['счёт.pdf', 'application/pdf', 6, 'счёт']);
  assert.equal((await api('sendDocument', { chat_id: 6, document: result.document.file_id })).ok, true);
  const bytes = await (await fetch(`${base}/_control/files/${result.document.file_id}`)).arrayBuffer();
  assert.deepEqual([...new Uint8Array(bytes)], [0, 13, 10, 45, 45, 255]);
});

const png = (width, height) => {
  const bytes = Buffer.alloc(64);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};
const PHOTOS = [
  ['800x600', png(800, 600), undefined],
  ['9000x2000', png(9000, 2000), 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
  ['2100x100', png(2100, 100), 'Bad Request: PHOTO_INVALID_DIMENSIONS'],
  ['text', Buffer.from('hello'), 'Bad Request: IMAGE_PROCESS_FAILED'],
];
for (const [what, bytes, description] of PHOTOS) {
  test(`a photo of ${what} is ${description ?? 'accepted'}`, async () => {
    const upload = new FormData();
    upload.set('chat_id', '5');
    upload.set('photo', new Blob([bytes]), 'chart.png');
    const answer = await form('sendPhoto', upload);
    assert.deepEqual([answer.ok, answer.description], [!description, description]);
  });
}

test('a caption of 1025 characters is refused', async () => {
  const upload = new FormData();
  upload.set('chat_id', '5');
  upload.set('caption', 'ж'.repeat(1025));
  upload.set('document', new Blob(['x']), 'x.txt');
  assert.deepEqual(await form('sendDocument', upload), refused(400, 'Bad Request: message caption is too long'));
});
