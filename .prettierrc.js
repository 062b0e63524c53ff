module.exports = {
	semi: true,
	trailingComma: 'all',
	useTabs: true,
	tabWidth: 2,
	arrowParens: 'always',
	singleQuote: true,
	endOfLine: 'lf',
	printWidth: 100,
};
