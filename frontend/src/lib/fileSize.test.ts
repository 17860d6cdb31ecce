import { expect, test } from 'vitest'
import { megabytes } from './fileSize'
import { activate } from './language'

test('sizes are never said larger than they are', async () => {
  await activate('en')
  expect([0, 99_999, 1_560_000, 20_000_000, 499_999_999].map(megabytes)).toEqual(['0', '0', '1.5', '20', '499'])
})
