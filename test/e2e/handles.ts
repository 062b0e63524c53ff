/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { isDeepStrictEqual } from 'node:util';

import type { Locator, Page } from 'playwright-core';

import { eventually } from '../support/eventually';

/** Waits until what is read is as expected, and says what it is instead if it never is. */
export async function becomes<T>(read: () => Promise<T>, expected: T, patienceMs?: number) {
	let last: unknown;
	const isThere = async () => {
		last = await read().catch((error: Error) => error.message);
		return isDeepStrictEqual(last, expected);
	};
	await eventually('the page', isThere, patienceMs).catch(() => {});
	expect(last).toEqual(expected);
}

export const texts = async (locator: Locator) =>
	(await locator.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

/** Helpers for the parts of n8n's editor that tests use. The page is requested when it is needed. */
export function handlesOf(page: () => Page) {
	/** The labels that are to be seen in a form, those of lists with what is chosen. */
	async function shown(form: Locator): Promise<string[]> {
		return await form.locator('label:visible').evaluateAll((labels) =>
			labels.map((label) => {
				const field = label.closest('[data-test-id=input-label], form');
				const list = field?.querySelector('input[role=combobox]');
				const text = label.querySelector('span')?.textContent?.trim() ?? '';
				return list?.placeholder === 'Select' ? `${text}: ${list.value}` : text;
			}),
		);
	}

	/** Opens a list and chooses an entry, and tells which there were. */
	async function choose(list: Locator, name: string): Promise<string[]> {
		await list.locator('input').click();
		const entries = '[data-test-id=parameter-input-item]';
		const accounts = '[data-test-id^=node-credentials-select-item]';
		return await pick(page().locator(`:is(${entries}, ${accounts}):visible`), name);
	}

	/** What adds to a collection: a list, or where there is only one entry, a button. */
	const adder = (form: Locator, label: string) =>
		form
			.getByPlaceholder(label)
			.or(form.getByRole('button', { name: label, exact: true }))
			.first();

	/** Adds an entry to a collection, and tells which there were. */
	async function addTo(form: Locator, label: string, name: string): Promise<string[]> {
		const isButton = await adder(form, label).evaluate(({ tagName }) => tagName === 'BUTTON');
		await adder(form, label).click();
		if (isButton) return [name];
		return await pick(page().locator('[data-test-id=collection-parameter-option]:visible'), name);
	}

	/** Clicks the entry of an open list. The first line of an entry is its name. */
	async function pick(entries: Locator, name: string): Promise<string[]> {
		const entry = entries.getByText(name, { exact: true }).first();
		await entry.waitFor();
		const names = (await entries.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
		await entry.click();
		// It fades out, and would be taken for the next one.
		await entries.first().waitFor({ state: 'hidden' });
		return names;
	}

	const nodeOnCanvas = (name: string) =>
		page().locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);

	const plusBehind = (name: string) => nodeOnCanvas(name).getByTestId('canvas-handle-plus');

	const outputHandle = (name: string, index: number) =>
		nodeOnCanvas(name).getByTestId('canvas-node-output-handle').nth(index);

	const inputHandle = (name: string) => nodeOnCanvas(name).getByTestId('canvas-node-input-handle');

	return { adder, addTo, choose, inputHandle, nodeOnCanvas, outputHandle, pick, plusBehind, shown };
}
