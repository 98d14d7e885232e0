/** Errors carry a code from a closed list. */

import { NablaError, ShapeError } from "nabla";

new NablaError("shape", "shapes differ");
new ShapeError("shapes differ");

// @ts-expect-error Argument of type '"shapes"' is not assignable to parameter of type 'ErrorCode'
new NablaError("shapes", "shapes differ");

// @ts-expect-error Cannot assign to 'code' because it is a read-only property
new ShapeError("shapes differ").code = "dtype";
