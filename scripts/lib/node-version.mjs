import { giveUp } from './progress.mjs'

const floor = [20, 19]

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > floor[0] || (major === floor[0] && minor >= floor[1])) return
  giveUp(
    `Parley needs Node.js ${floor.join('.')} or newer; this is ${process.versions.node}. Get one at https://nodejs.org.`,
  )
}
