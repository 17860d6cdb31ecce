import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Actions } from './Actions'
import { formsOf, OnDemand, part } from './OnDemand'
import { show } from './testing'

const module = { Hello: () => <p>Hello</p> }
type Module = typeof module
/** A module on its way, and how it arrives. */
const coming = () => {
  let asked = 0
  let arrive: (module: Module) => void = () => undefined
  const load = () => {
    asked += 1
    return new Promise<Module>((done) => {
      arrive = done
    })
  }
  return { load, asked: () => asked, arrive: () => arrive(module) }
}

test('lines stand in the place of what is fetched until it is there; then it is there at once', async () => {
  const { load, arrive, asked } = coming()
  const hello = part(load)
  await show(<OnDemand of={hello}>{({ Hello }) => <Hello />}</OnDemand>)
  expect(screen.getByRole('status').textContent).toBe('Loading')
  arrive()
  expect(await screen.findByText('Hello')).toBeTruthy()
  await show(<OnDemand of={hello}>{({ Hello }) => <Hello />}</OnDemand>)
  expect(screen.getAllByText('Hello')).toHaveLength(2)
  expect(asked()).toBe(1)
})

test('what does not come through is told, and can be asked for again', async () => {
  let tries = 0
  const load = async () => {
    tries += 1
    if (tries === 1) throw new TypeError('Failed to fetch dynamically imported module')
    return module
  }
  const user = await show(<OnDemand of={part(load)}>{({ Hello }) => <Hello />}</OnDemand>)
  await user.click(await screen.findByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Hello')).toBeTruthy()
})

test('the form of an action is fetched when somebody points at its button, before it is opened', async () => {
  const { load, arrive, asked } = coming()
  const run = { greet: { label: 'Greet', ...formsOf(load)((of) => <of.Hello />) } }
  const user = await show(<Actions of={[{ action: 'greet', allowed: true }]} run={run} />)
  expect(asked()).toBe(0)
  await user.hover(screen.getByRole('button', { name: 'Greet' }))
  expect(asked()).toBe(1)
  arrive()
  await user.click(screen.getByRole('button', { name: 'Greet' }))
  expect(await screen.findByText('Hello')).toBeTruthy()
})
