import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { rootDir } from './paths.mjs'

const linesPerFailure = 12

/** What failed according to a report of vitest in JSON: one text per test, or per file that could not be read. */
export async function readFailures(reportFile) {
  const { testResults } = JSON.parse(await readFile(reportFile, 'utf8'))
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(rootDir, name)
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    if (failed.length > 0) {
      return failed.map((test) =>
        describeFailure(`${file} > ${test.fullName}`, test.failureMessages.join('\n')),
      )
    }
    return message ? [describeFailure(file, message)] : []
  })
}

function describeFailure(title, message) {
  const lines = message.split('\n').filter((line) => line.trim() !== '' && !line.includes('node_modules'))
  return [title, ...lines.slice(0, linesPerFailure).map((line) => `    ${line}`)].join('\n')
}
