// The program itself: its options, and HTTPS.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../botapi.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'repitbot-botapi.'));
after(() => rmSync(folder, { recursive: true }));

async function start(...options) {
  const child = spawn(process.execPath, [PROGRAM, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => child.kill());
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  return Number(/^listening (\d+)\n$/.exec(line)[1]);
}

test('it serves a bot of another token', async () => {
  const port = await start('--token', '7:other');
  const { result } = await (await fetch(`http://127.0.0.1:${port}/bot7:other/getMe`)).json();
  assert.equal(result.id, 7);
});

test('it speaks HTTPS with a certificate', async () => {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key,
    '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' });
  const port = await start('--token', '7:other', '--cert', cert, '--key', key);
  const [response] = await once(https.get({ host: '127.0.0.1', servername: 'localhost', port, path: '/bot7:other/getMe', ca: readFileSync(cert), agent: false }), 'response');
  assert.equal(response.statusCode, 200);
  response.resume();
});
