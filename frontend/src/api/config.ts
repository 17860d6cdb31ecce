/** Where the API is: told by `config.json` beside the app, so that the same build can be hosted anywhere. */
let address = ''

export async function loadConfig(): Promise<void> {
  const answer = await fetch('/config.json')
  if (answer.ok) address = ((await answer.json()) as { api?: string }).api?.replace(/\/$/, '') ?? ''
}

export const apiAddress = () => address
