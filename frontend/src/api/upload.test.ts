import { expect, test } from 'vitest'
import { UploadKeys } from './upload'

const file = (name: string) => new File(['a'], name, { lastModified: 1 })

test('a file that is sent again for the same purpose keeps its key until the server has taken it', () => {
  const keys = new UploadKeys()
  const first = keys.of(file('a.csv'), { kind: 'needs' })
  expect(keys.of(file('a.csv'), { kind: 'needs' })).toBe(first)
  expect(keys.of(file('b.csv'), { kind: 'needs' })).not.toBe(first)
  expect(keys.of(file('a.csv'), { kind: 'members' })).not.toBe(first)
  keys.done(first)
  expect(keys.of(file('a.csv'), { kind: 'needs' })).not.toBe(first)
})
