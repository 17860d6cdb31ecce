import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { query } from '../api/client'
import { byCursor, PagedList } from './PagedList'
import { answering, problem, show } from './testing'

function Calls() {
  const list = query.useInfiniteQuery('get', '/api/v1/calls', { params: { query: {} } }, byCursor)
  return (
    <PagedList query={list} empty={<p>No calls</p>}>
      {(items) => (
        <ul>
          {items.map((one) => (
            <li key={one.id}>{one.id}</li>
          ))}
        </ul>
      )}
    </PagedList>
  )
}

const page = (ids: string[], next_cursor: string | null = null) => ({
  body: { items: ids.map((id) => ({ id })), next_cursor },
})
const shown = () => screen.queryAllByRole('listitem').map((one) => one.textContent)
const more = () => screen.findByRole('button', { name: 'Show more' })

test('it grows by the page, says how many there are, and ends', async () => {
  const asked = answering((url) => (url.searchParams.get('cursor') === 'c2' ? page(['c']) : page(['a', 'b'], 'c2')))
  const user = await show(<Calls />)
  expect(screen.getByText('Loading')).toBeTruthy()
  const button = await more()
  expect([shown(), screen.getByRole('status').textContent]).toEqual([['a', 'b'], 'Showing 2'])
  button.focus()
  await user.keyboard('{Enter}')
  expect(await screen.findByText('Showing 3')).toBeTruthy()
  expect(shown()).toEqual(['a', 'b', 'c'])
  expect(screen.queryByRole('button')).toBeNull()
  expect(asked).toEqual(['/api/v1/calls', '/api/v1/calls?cursor=c2'])
})

test('a page that is on its way is not asked for again', async () => {
  const asked = answering((url) => (url.searchParams.has('cursor') ? page(['b']) : page(['a'], 'c2')))
  const user = await show(<Calls />)
  await user.dblClick(await more())
  await screen.findByText('Showing 2')
  expect(asked).toHaveLength(2)
})

test('where there is nothing, that is said', async () => {
  answering(() => page([]))
  await show(<Calls />)
  expect(await screen.findByText('No calls')).toBeTruthy()
  expect(screen.queryByText(/Showing/)).toBeNull()
})

test('what went wrong is told, and can be tried again', async () => {
  let broken = true
  answering(() => (broken ? problem(500, 'internal') : page(['a'])))
  const user = await show(<Calls />)
  const again = await screen.findByRole('button', { name: 'Try again' })
  broken = false
  await user.click(again)
  expect(await screen.findByText('Showing 1')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('where the next page fails, what is shown stays', async () => {
  let broken = true
  answering((url) => {
    if (!url.searchParams.has('cursor')) return page(['a'], 'c2')
    return broken ? problem(500, 'internal') : page(['b'])
  })
  const user = await show(<Calls />)
  await user.click(await more())
  const again = await screen.findByRole('button', { name: 'Try again' })
  expect(shown()).toEqual(['a'])
  broken = false
  await user.click(again)
  expect(await screen.findByText('Showing 2')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})
