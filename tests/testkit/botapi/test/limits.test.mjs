import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Limits, Pauses } from '../limits.mjs';
import { Records, busiest } from '../records.mjs';

const PERSON = { id: 5, type: 'private' };
const GROUP = { id: -5, type: 'group' };

// How many of `count` calls at the moment `now` pass, and what the first refused one is told.
function flood(limits, count, chatOf, now) {
  const answers = Array.from({ length: count }, (_, i) => limits.take(chatOf(i), now));
  return [answers.filter((answer) => answer === undefined).length, answers.find(Boolean)];
}

test('a person gets a burst of three, then one message a second', () => {
  const limits = new Limits();
  assert.deepEqual(flood(limits, 5, () => PERSON, 0), [3, { seconds: 1, scope: 5 }]);
  assert.deepEqual(flood(limits, 5, () => PERSON, 1000), [1, { seconds: 1, scope: 5 }]);
  assert.deepEqual(flood(limits, 5, () => PERSON, 60_000), [3, { seconds: 1, scope: 5 }]);
});

test('a group gets twenty messages a minute', () => {
  const limits = new Limits();
  assert.deepEqual(flood(limits, 30, () => GROUP, 0), [20, { seconds: 3, scope: -5 }]);
  assert.equal(flood(limits, 30, () => GROUP, 60_000)[0], 20);
});

test('all chats together get thirty messages a second', () => {
  const limits = new Limits();
  const everyone = (i) => ({ id: i + 1, type: 'private' });
  assert.deepEqual(flood(limits, 45, everyone, 0), [30, { seconds: 1, scope: 'all' }]);
  assert.equal(flood(limits, 45, everyone, 500)[0], 15);
});

test('a pause of one chat does not concern another, a pause of all does', () => {
  const pauses = new Pauses();
  pauses.set(5, 2, 0);
  assert.deepEqual([pauses.check(PERSON, 1500), pauses.check(GROUP, 1500), pauses.check(PERSON, 2000)], [1, 0, 0]);
  pauses.set('all', 3, 2000);
  assert.deepEqual([pauses.check(GROUP, 2000), pauses.early], [3, 2]);
});

test('the busiest span may begin anywhere, and ends before its length is over', () => {
  assert.equal(busiest(1000, []), 0);
  assert.equal(busiest(1000, [0, 999, 1000, 1500, 1998]), 4);
  assert.equal(busiest(1000, [0, 1000, 2000]), 1);
});

test('groups are counted by the minute, chats by the second', () => {
  const records = new Records();
  for (const id of [5, -5, -5]) records.message({ id }, 'sendMessage', { source: 'x', text: 'x' });
  const { max_per_second, max_per_second_in_a_chat, max_per_minute_in_a_group } = records.stats();
  assert.deepEqual([max_per_second, max_per_second_in_a_chat, max_per_minute_in_a_group], [3, 2, 2]);
});
