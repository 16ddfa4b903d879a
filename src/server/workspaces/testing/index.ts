export { password, seedMember } from './seed-people.ts'
