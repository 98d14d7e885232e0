export {
  currentKernels,
  fusesMultiplyAdd,
  type KernelChoice,
  kernelCandidates,
  kernelsFor,
  useKernels,
} from "./choice.ts";
export type { KernelOptions, ProviderName } from "./choose.ts";
export type {
  ConvolutionCall,
  KernelDtype,
  KernelProvider,
  Kernels,
  MatrixPlace,
  PreparedCall,
  ProductCall,
} from "./kernels.ts";
export type { WideState } from "./wide.ts";
