// The documents of the APIs as a linter sees them; examples must fit their schemas.
import assert from 'node:assert/strict';
import { readdirSync, existsSync } from 'node:fs';
import { test } from 'node:test';
import { createConfig, lint } from '@redocly/openapi-core';

const services = new URL('../../services/', import.meta.url).pathname;
const documents = readdirSync(services).map((name) => `${services}${name}/openapi.json`).filter(existsSync);

const config = await createConfig({
  extends: ['recommended'],
  rules: {
    'no-invalid-media-type-examples': 'error',
    'no-invalid-parameter-examples': 'error',
    'no-invalid-schema-examples': 'error',
  },
});

for (const ref of documents) {
  test(`${ref.slice(services.length)} has no errors`, async () => {
    const problems = await lint({ ref, config });
    const errors = problems.filter((problem) => problem.severity === 'error');
    assert.deepEqual(errors.map((e) => `${e.location[0].pointer} ${e.ruleId}: ${e.message}`), []);
  });
}

test('there are documents to look at', () => assert.notEqual(documents.length, 0));
