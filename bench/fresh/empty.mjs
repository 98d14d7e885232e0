/** Nothing: what a process of Node costs by itself. */
