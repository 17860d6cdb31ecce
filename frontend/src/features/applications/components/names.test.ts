import { expect, test } from 'vitest'
import { idsIn } from './names'

test('the ids in differences are found by what they stand for, each once', () => {
  const changes = [
    { pointer: '/co_applicant_ids', old: null, new: ['o1', 'o2'] },
    { pointer: '/authorities/0', old: { id: 'o2', asks: 'Tila' }, new: null },
    { pointer: '/authorities/0/asks', old: 'Tila', new: 'Kaksi tilaa' },
    { pointer: '/authorities', old: [{ id: 'o3', asks: null }], new: [{ id: 'o4', asks: null }] },
    { pointer: '/need_ids', old: ['n1'], new: ['n1', 'n2'] },
    { pointer: '/area_ids', old: null, new: ['a1'] },
    { pointer: '/call_id', old: 'c1', new: 'c2' },
    { pointer: '/purpose', old: 'x', new: 'y' },
  ]
  expect(idsIn(changes)).toEqual({
    organisations: ['o1', 'o2', 'o3', 'o4'],
    needs: ['n1', 'n2'],
    calls: ['c1', 'c2'],
    areas: ['a1'],
  })
})
