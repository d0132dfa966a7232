// Write annotations as @actions/core does. Usage: node actions.mjs DIRECTORY < commands, where DIRECTORY has node_modules.
import fs from 'node:fs'
import path from 'node:path'
import url from 'node:url'

const dir = path.join(process.argv[2], 'node_modules', '@actions', 'core', 'lib', 'command.js')
const { issueCommand } = await import(url.pathToFileURL(dir))

for (const { Name, Properties: p, Data } of JSON.parse(fs.readFileSync(0, 'utf8')) ?? []) {
  const properties = {}
  for (const name of ['file', 'line', 'endLine', 'col', 'endColumn', 'title']) {
    if (p[name] !== undefined) properties[name] = p[name]
  }
  issueCommand(Name, properties, Data)
}
