// The outbox page in a real browser, before the program that tutors start.
import assert from 'node:assert/strict'
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'

const repitbot = join(process.env.RB_BIN ?? resolve('build/release/bin'), 'repitbot')
const folder = mkdtempSync(join(tmpdir(), 'repitbot-outbox-'))
let service, browser, settings, origin, token

const freePort = () => new Promise(give => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => give(port))
  })
})

async function publish(...events) {
  const answer = await fetch(`${origin}/api/v1/events`, {
    method: 'POST', body: JSON.stringify(events),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })
  assert.equal(answer.status, 202, await answer.text())
}

// A page, and what went wrong in it: errors of scripts and calls to other machines.
async function open(options = {}) {
  const context = await browser.newContext({ locale: 'ru-RU', ...options })
  const page = await context.newPage()
  const problems = []
  page.on('pageerror', error => problems.push(String(error)))
  page.on('console', message => { if (message.type() === 'error') problems.push(message.text()) })
  page.on('request', request => {
    if (!/^(about|data|blob):/.test(request.url()) && !request.url().startsWith(origin)) problems.push(request.url())
  })
  await page.goto(`${origin}/outbox`)
  return { page, problems, close: () => context.close() }
}

before(async () => {
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  settings = { PATH: process.env.PATH, NOTIFICATION_PORT: String(port), LOG_LEVEL: 'error',
    DATABASE_URL: `sqlite:///${folder}/school.sqlite3` }
  service = spawn(repitbot, ['serve', '--only', 'notification'], { cwd: folder, env: settings, stdio: 'inherit' })
  for (let tries = 0; ; ++tries) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => null)
    if (answer?.ok) break
    assert.ok(tries < 300, 'the service does not answer')
    await new Promise(next => setTimeout(next, 50))
  }
  token = execFileSync(repitbot, ['token', '--user', '1', '--role', 'admin'], { cwd: folder, env: settings }).toString().trim()
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
})

after(async () => {
  await browser?.close()
  const ended = new Promise(done => service.once('exit', done))
  service.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true })
})

test('an empty outbox says how messages come', async () => {
  const { page, problems, close } = await open()
  assert.match(await page.locator('main').innerText(), /repitbot/)
  assert.deepEqual(problems, [])
  await close()
})

test('a message comes by itself and stands there as its recipient would see it', async () => {
  const { page, problems, close } = await open()
  await publish(
    { id: 'u', type: 'user.registered', data: { user_id: 5, role: 'student', full_name: 'Аня Ким', telegram_id: 555, email: 'anna@example.org' } },
    { id: 'h', type: 'homework.assigned', data: { homework_id: 9, student_id: 5, subject: 'Физика <b>&amp; оптика</b>', due_date: '2030-09-03T10:00:00Z' } })
  const bubble = page.locator('.bubble', { hasText: 'Физика <b>&amp; оптика</b>' })
  await bubble.waitFor()
  const fresh = await open()
  await fresh.page.locator('.bubble').first().waitFor()
  assert.equal(await fresh.page.locator('.bubble', { hasText: 'Физика' }).count(), 1)
  assert.deepEqual([...problems, ...fresh.problems], [])
  await fresh.close()
  await close()
})

test('a mail is shown in a frame that can run no script', async () => {
  await publish({ id: 'u6', type: 'user.registered', data: { user_id: 6, role: 'parent', full_name: 'Ольга Ким', email: 'olga@example.org' } })
  const { page, problems, close } = await open()
  const frame = page.locator('.mail iframe').first()
  await frame.waitFor()
  assert.doesNotMatch(await frame.getAttribute('sandbox'), /allow-scripts/)
  assert.match(await page.frameLocator('.mail iframe').first().locator('body').innerText(), /Ольга/)
  assert.deepEqual(problems, [])
  await close()
})

test('it fits a phone', async () => {
  const { page, close } = await open({ viewport: { width: 360, height: 740 } })
  await page.locator('.letter').first().waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360)
  await close()
})
