/** Where BLAS libraries lie, by platform, the best first. */

const names: Readonly<Record<string, readonly string[]>> = {
  linux: [
    // Fedora's libopenblas.so.0 has no threads, its libopenblasp.so.0 has.
    "libopenblasp.so.0",
    "libopenblas.so.0",
    "libopenblas.so",
    "libmkl_rt.so.2",
    "libmkl_rt.so",
    "libblis.so.4",
    "libcblas.so.3",
    "libblas.so.3",
  ],
  darwin: [
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ],
  win32: ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll", "mkl_rt.dll"],
};

/** The names tried on a platform, as `process.platform` calls it. */
export function libraryNames(platform: string): readonly string[] {
  return names[platform] ?? ["libopenblas.so.0", "libopenblas.so", "libblas.so"];
}

/** LAPACK's own library, where BLAS and LAPACK lie apart. */
export function lapackNames(platform: string): readonly string[] {
  return platform === "win32" ? ["liblapack.dll"] : ["liblapack.so.3", "liblapack.so"];
}
