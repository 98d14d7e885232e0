/** The instructions that the compiler writes, by their codes. WebAssembly Core 2.0, §5.4. */

/** Instructions of one byte. */
export const opcodes = {
  call: 0x10,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  f64Load: 0x2b,
  f64Store: 0x39,
  i32Const: 0x41,
  f64Const: 0x44,
  i32Eqz: 0x45,
  f64Eq: 0x61,
  f64Ne: 0x62,
  f64Lt: 0x63,
  f64Gt: 0x64,
  f64Le: 0x65,
  f64Ge: 0x66,
  i32And: 0x71,
  i32Or: 0x72,
  i32Xor: 0x73,
  f64Abs: 0x99,
  f64Neg: 0x9a,
  f64Ceil: 0x9b,
  f64Floor: 0x9c,
  f64Trunc: 0x9d,
  f64Nearest: 0x9e,
  f64Sqrt: 0x9f,
  f64Add: 0xa0,
  f64Sub: 0xa1,
  f64Mul: 0xa2,
  f64Div: 0xa3,
  f64Min: 0xa4,
  f64Max: 0xa5,
  f64FromI32: 0xb7,
} as const;

/** The name of an instruction. */
export type Opcode = keyof typeof opcodes;
