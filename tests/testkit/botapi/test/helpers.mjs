// A server for one test file, reset before each test: api('sendMessage', {...}) -> the parsed answer.
import { after, beforeEach } from 'node:test';
import { BotApiServer } from '../server.mjs';

export const TOKEN = '1234567890:AAtest_token_of_the_test_kit_000000';

export async function startServer() {
  const server = new BotApiServer({ token: TOKEN });
  const base = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`;
  after(() => server.close());
  beforeEach(() => server.reset());

  const json = async (url, body, method = body === undefined ? 'GET' : 'POST') => {
    const answer = await fetch(url, { method, headers: { 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
    return answer.json();
  };
  return {
    server,
    base,
    api: (name, parameters = {}) => json(`${base}/bot${TOKEN}/${name}`, parameters),
    control: (name, body, method) => json(`${base}/_control/${name}`, body, method),
    form: async (name, form) => (await fetch(`${base}/bot${TOKEN}/${name}`, { method: 'POST', body: form })).json(),
  };
}
