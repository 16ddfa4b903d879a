export { type ListSeed, type MessageSeed, seedNumber } from './seed-number.ts'
