import { expect, test } from 'vitest'
import { isOperator, type Me, scopesOf } from './me'

const me = (permissions: Me['permissions']) => ({ permissions }) as Me

test('where the person has one of the permissions, in one kind of scope', () => {
  const somebody = me([
    { scope_kind: 'organisation', scope_id: 'a', permissions: ['agreements:read', 'agreements:sign'] },
    { scope_kind: 'organisation', scope_id: 'b', permissions: ['agreements:read'] },
    { scope_kind: 'network', scope_id: 'n', permissions: ['networks:read', 'organisations:confirm'] },
  ])
  expect(scopesOf(somebody, 'organisation', 'agreements:read')).toEqual(['a', 'b'])
  expect(scopesOf(somebody, 'organisation', 'agreements:sign', 'agreements:confirm')).toEqual(['a'])
  expect(scopesOf(somebody, 'organisation', 'organisations:confirm')).toEqual([])
  expect(scopesOf(undefined, 'organisation', 'agreements:read')).toEqual([])
})

test('an operator is whoever operates the platform', () => {
  expect(isOperator(me([{ scope_kind: 'platform', scope_id: null, permissions: ['platform:operate'] }]))).toBe(true)
  expect(isOperator(me([{ scope_kind: 'network', scope_id: 'n', permissions: ['networks:lead'] }]))).toBe(false)
  expect(isOperator(undefined)).toBe(false)
})
