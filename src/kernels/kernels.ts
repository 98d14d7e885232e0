/**
 * Who multiplies: what a provider of kernels offers to compiled programs. Matrices are row-major and lie in
 * the memory of one program; addresses are bytes in it.
 */

/** The element types kernels work on. */
export type KernelDtype = "float32" | "float64";

/** A matrix in a program's memory. */
export interface MatrixPlace {
  /** Where the first element lies, in bytes from the memory's start. */
  readonly address: number;
  /** Elements between the starts of neighbouring rows, as stored. */
  readonly stride: number;
  /** Whether the product reads the stored matrix transposed. */
  readonly isTransposed: boolean;
}

/** C ← A B, or C ← C + A B; op(A) is `[rows, inner]`, op(B) `[inner, columns]`, C `[rows, columns]`. */
export interface ProductCall {
  readonly dtype: KernelDtype;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly a: MatrixPlace;
  readonly b: MatrixPlace;
  /** Never transposed. */
  readonly c: Omit<MatrixPlace, "isTransposed">;
  /** Whether C is added to instead of overwritten. */
  readonly accumulate: boolean;
  /** Address of room for the kernel's own use, `productRoom` bytes; what lies there is overwritten. */
  readonly room: number;
}

/** The geometry of a convolution, as the primitive `convolution` has it, with the shapes of its operands. */
export interface ConvolutionCall {
  readonly dtype: KernelDtype;
  /** Input `[n, groups·c, h, w]`, kernel `[groups·o, c, kh, kw]`, result `[n, groups·o, oh, ow]`. */
  readonly input: { readonly address: number; readonly shape: readonly number[] };
  readonly kernel: { readonly address: number; readonly shape: readonly number[] };
  readonly result: { readonly address: number; readonly shape: readonly number[] };
  readonly stride: readonly [number, number];
  /**
   * Zeros before the first row and column; negative ones crop. What lies behind the last follows from the
   * result's shape.
   */
  readonly low: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly inputDilation: readonly [number, number];
  readonly groups: number;
  /** Address of room for the kernel's own use, `convolutionRoom` bytes; what lies there is overwritten. */
  readonly room: number;
}

/** A call prepared once and made often: arguments are checked and taken apart when it is prepared. */
export type PreparedCall = () => void;

/** Kernels on the memory of one program. */
export interface Kernels {
  /** The matrix product. */
  readonly product: (call: ProductCall) => PreparedCall;
  /** Bytes of room that a product needs. */
  readonly productRoom: (call: Omit<ProductCall, "room">) => number;
  /** Two-dimensional cross-correlation. */
  readonly convolution: (call: ConvolutionCall) => PreparedCall;
  /** Bytes of room that a convolution needs. */
  readonly convolutionRoom: (call: Omit<ConvolutionCall, "room">) => number;
}

/** Where kernels come from. */
export interface KernelProvider {
  readonly name: "native" | "wasm" | "wasm-threads";
  /** For people: "OpenBLAS 0.3.21, 2 threads". */
  readonly description: string;
  /** Kernels on a memory; prepared calls stay valid while it lives, also after it has grown. */
  readonly open: (memory: WebAssembly.Memory) => Kernels;
}
