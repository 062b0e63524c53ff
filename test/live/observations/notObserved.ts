import type { NotObserved } from '../observation';

export const notObserved: NotObserved[] = [];
