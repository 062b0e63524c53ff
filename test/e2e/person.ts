import type { Locator, Page } from 'playwright-core';

import { handlesOf } from './handles';

/**
 * A person who builds a workflow in n8n's editor, and whose clicks and fields are counted.
 * @param page signed in
 * @param onForm is called with the number of steps so far before a form is left
 */
export function personAt(
	page: () => Page,
	onForm: (step: number) => Promise<void> = async () => {},
) {
	const { inputHandle, nodeOnCanvas, outputHandle } = handlesOf(page);
	/** Everything that the person has done: a click, or a field that was filled in. */
	const steps: string[] = [];

	async function click(what: string, target: Locator) {
		steps.push(`click ${what}`);
		await target.click();
	}

	async function fill(what: string, target: Locator, text: string) {
		steps.push(`fill in ${what}`);
		await target.fill(text);
	}

	/** Counts as two clicks. */
	async function doubleClick(what: string, target: Locator) {
		steps.push(`click ${what}`, `click ${what} again`);
		await target.dblclick();
	}

	async function choose(what: string, list: Locator, entry: string) {
		await click(what, list.getByTestId('rlc-input'));
		await click(entry, page().getByTestId('rlc-item').filter({ hasText: entry }));
	}

	/** Draws a line from the output of a node to another node. */
	async function connect(from: string, output: number, to: string) {
		steps.push(`draw a line from ${from} to ${to}`);
		await outputHandle(from, output).dragTo(inputHandle(to));
	}

	const panel = () => page().getByTestId('node-creator');
	const form = () => page().getByTestId('node-parameters');
	const field = (name: string) => form().getByTestId(`parameter-input-${name}`);
	const textIn = (name: string, index = 0) =>
		field(name).nth(index).locator('input, textarea').first();
	/**
	 * An expression. n8n has another field for those, which appears with the equals sign. It takes the text over
	 * a moment later.
	 */
	async function typeExpression(name: string, expression: string) {
		await fill(name, textIn(name), '=');
		await field(name).locator('.cm-content').first().fill(expression);
	}

	const switchOf = (name: string, index = 0) => field(name).nth(index).locator('.el-switch');

	/** Finds a node by what it is to do, and one of its actions if it has some. */
	async function find(words: string, node: string, action?: string) {
		await fill('what to look for', page().getByTestId('node-creator-search-bar'), words);
		await click(node, panel().getByText(node, { exact: true }).first());
		if (action) await click(action, panel().getByText(action, { exact: true }));
	}

	async function add(words: string, node: string, action?: string) {
		await find(words, node, action);
		await form().waitFor();
	}

	async function backToCanvas() {
		await onForm(steps.length);
		await click('back to the canvas', page().getByTestId('ndv-close-button'));
	}

	/** What adds a node behind the first output of another. */
	const plusBehind = (name: string) => nodeOnCanvas(name).getByTestId('canvas-handle-plus').first();

	return {
		add,
		backToCanvas,
		choose,
		click,
		connect,
		doubleClick,
		field,
		fill,
		find,
		form,
		nodeOnCanvas,
		panel,
		plusBehind,
		steps,
		switchOf,
		textIn,
		typeExpression,
	};
}
