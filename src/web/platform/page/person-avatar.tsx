import classes from './person-avatar.module.css'

const hueCount = 8

/** Initials on one of eight quiet colours, always the same one for the same name. Decoration: the name stands beside it. */
export function PersonAvatar({ name, size = 38 }: { name: string; size?: number }) {
  return (
    <span
      className={classes.avatar}
      data-hue={hueOf(name)}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38) }}
      aria-hidden
    >
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .trim()
    .split(/\s+/)
  if (/^[0-9]/.test(words[0] ?? '')) return words.join('').slice(-2)
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}

function hueOf(name: string): number {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sum % hueCount
}
