/** A piece of a line. `inner` nests: *bold with _italic_ in it*. */
export type Token =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; inner: Token[] }
  | { kind: 'mono'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'variable'; key: string }

/** A line, or a block of several: ```mono``` may run over line ends. */
export type Block =
  | { kind: 'line' | 'quote'; tokens: Token[] }
  | { kind: 'item'; marker: string; tokens: Token[] }
  | { kind: 'mono'; text: string }

const wraps = { '*': 'bold', _: 'italic', '~': 'strike' } as const
type Wrap = keyof typeof wraps

/** Reads WhatsApp's own formatting. Never fails: what is no formatting stays text, and no character is lost but the marks. */
export function parseWhatsAppText(text: string): Block[] {
  const blocks: Block[] = []
  const parts = text.split('```')
  for (const [index, part] of parts.entries()) {
    const isMono = index % 2 === 1
    const isClosed = index < parts.length - 1
    if (isMono && isClosed && part !== '') blocks.push({ kind: 'mono', text: part.replace(/^\n|\n$/g, '') })
    else if (isMono) blocks.push(...parseLines(`\`\`\`${part}${isClosed ? '```' : ''}`))
    else if (part !== '') blocks.push(...parseLines(trimAroundMono(part, index > 0, isClosed)))
  }
  return blocks
}

// The line end between a mono block and its neighbour is already the block's own.
function trimAroundMono(part: string, isAfter: boolean, isBefore: boolean): string {
  const head = isAfter ? part.replace(/^\n/, '') : part
  return isBefore ? head.replace(/\n$/, '') : head
}

function parseLines(text: string): Block[] {
  return text.split('\n').map((line): Block => {
    if (line.startsWith('> ')) return { kind: 'quote', tokens: parseTokens(line.slice(2)) }
    const [start, marker] = /^(?:[*-]|(\d{1,3}\.)) (?=\S)/.exec(line) ?? []
    if (start) return { kind: 'item', marker: marker ?? '•', tokens: parseTokens(line.slice(start.length)) }
    return { kind: 'line', tokens: parseTokens(line) }
  })
}

const link = /(?:https?:\/\/|www\.)[^\s<>"]+/giy
const variable = /\{\{\s*([\w.]{1,64})\s*\}\}/y

function parseTokens(line: string): Token[] {
  const tokens: Token[] = []
  // A mark without partner has none further on either: remembering that keeps long lines of marks quick.
  const hopeless = new Set<string>()
  let plain = ''
  let at = 0
  const push = (token: Token, length: number) => {
    if (plain !== '') tokens.push({ kind: 'text', text: plain })
    plain = ''
    tokens.push(token)
    at += length
  }
  while (at < line.length) {
    const found =
      readWrap(line, at, hopeless) ??
      readCode(line, at, hopeless) ??
      readLink(line, at) ??
      readVariable(line, at)
    if (found) push(found.token, found.length)
    else plain += line[at++]
  }
  if (plain !== '') tokens.push({ kind: 'text', text: plain })
  return tokens
}

interface Found {
  token: Token
  length: number
}

function readWrap(line: string, at: number, hopeless: Set<string>): Found | null {
  const mark = line[at]
  if (!isWrap(mark) || hopeless.has(mark)) return null
  if (isWordCharacter(line[at - 1]) || isBlank(line[at + 1]) || line[at + 1] === mark) return null
  for (let end = line.indexOf(mark, at + 2); end !== -1; end = line.indexOf(mark, end + 1)) {
    if (isBlank(line[end - 1]) || isWordCharacter(line[end + 1])) continue
    return { token: { kind: wraps[mark], inner: parseTokens(line.slice(at + 1, end)) }, length: end + 1 - at }
  }
  hopeless.add(mark)
  return null
}

function readCode(line: string, at: number, hopeless: Set<string>): Found | null {
  if (line[at] !== '`' || hopeless.has('`')) return null
  const end = line.indexOf('`', at + 1)
  if (end === -1) hopeless.add('`')
  if (end <= at + 1) return null
  return { token: { kind: 'mono', text: line.slice(at + 1, end) }, length: end + 1 - at }
}

function readLink(line: string, at: number): Found | null {
  if (isWordCharacter(line[at - 1])) return null
  link.lastIndex = at
  const text = link.exec(line)?.[0].replace(/[.,;:!?'*_~)\]}]+$/, '')
  if (!text || text.length < 8) return null
  const href = /^https?:/i.test(text) ? text : `https://${text}`
  return URL.canParse(href) ? { token: { kind: 'link', text, href }, length: text.length } : null
}

function readVariable(line: string, at: number): Found | null {
  if (line[at] !== '{') return null
  variable.lastIndex = at
  const [text, key] = variable.exec(line) ?? []
  return text && key ? { token: { kind: 'variable', key }, length: text.length } : null
}

function isWrap(mark: string | undefined): mark is Wrap {
  return mark === '*' || mark === '_' || mark === '~'
}

function isBlank(letter: string | undefined): boolean {
  return letter === undefined || /\s/.test(letter)
}

function isWordCharacter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter)
}
