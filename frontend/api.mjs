/** The app's types from the API's description, to the file that the call names. */
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'

const description = JSON.parse(readFileSync('../openapi/puumerkki.json', 'utf8'))
// the client puts one on every POST, so the calls need not
for (const path of Object.values(description.paths))
  for (const { parameters = [] } of Object.values(path))
    for (const one of parameters) if (one.name === 'idempotency-key') one.required = false

writeFileSync(process.argv[2], COMMENT_HEADER + astToString(await openapiTS(description)))
