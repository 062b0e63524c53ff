import { shared } from './setup';

/** After all tests. */
export default async () => await shared.stopRegistry?.();
