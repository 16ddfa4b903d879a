const twoDigitCodes = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)

/**
 * `598912345678` → `+598 912 345 678`: country code, then groups of three, for the eye only.
 * Not libphonenumber: its tables would be a fifth of the first view's script.
 */
export function formatPhone(digits: string): string {
  if (!/^[0-9]{7,15}$/.test(digits)) return digits
  const code = digits.slice(0, countryCodeLength(digits))
  return `+${code} ${groups(digits.slice(code.length)).join(' ')}`
}

function countryCodeLength(digits: string): number {
  if (digits.startsWith('1') || digits.startsWith('7')) return 1
  return twoDigitCodes.has(digits.slice(0, 2)) ? 2 : 3
}

// Threes from the left; a rest of four stays whole, because a lone last digit reads badly.
function groups(rest: string): string[] {
  return rest.length <= 4 ? [rest] : [rest.slice(0, 3), ...groups(rest.slice(3))]
}
